import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Reader } from '../../platform/database/reader.js';
import { LEASE_MS, type Settled } from '../messages.repository.js';
import type { RobotName } from './group-digest.entity.js';

export interface ClaimedDigest {
  id: string;
  fence: number;
  /** Attempts made, this one included. */
  attempts: number;
  content: string;
}

/** `$1` robot · `$2` day · `$3` now · `$4` lease until. Committed as `sending` before anything is sent. */
const CLAIM = `
UPDATE group_digests
   SET status = 'sending', attempts = attempts + 1, fence = fence + 1, lease_until = $4
 WHERE id = (SELECT id FROM group_digests
              WHERE robot = $1 AND on_day = $2 AND status = 'pending' AND next_attempt_at <= $3
                FOR UPDATE SKIP LOCKED)
RETURNING id, fence, attempts, content`;

/** Whoever lost the lease meanwhile writes nothing; a late answer settles an `unknown`. */
const RECORD = `
UPDATE group_digests
   SET status = $3, next_attempt_at = coalesce($4, next_attempt_at), lease_until = NULL,
       gateway_code = $5, gateway_text = $6, sent_at = CASE WHEN $3 = 'sent' THEN $7::timestamptz END
 WHERE id = $1 AND fence = $2 AND status IN ('sending', 'unknown')`;

/** Nobody can know whether a worker that died had posted it. */
const EXPIRE = `
UPDATE group_digests SET status = 'unknown', lease_until = NULL, gateway_code = 'LEASE_EXPIRED', gateway_text = NULL
 WHERE status = 'sending' AND lease_until < $1`;

/** Figures of another day are no news. */
const GIVE_UP = `
UPDATE group_digests SET status = 'failed', gateway_code = coalesce(gateway_code, 'TOO_LATE')
 WHERE status = 'pending' AND on_day < $1`;

/** What groups are told: one row a robot and day. */
@Injectable()
export class GroupDigests {
  constructor(private readonly statements: Reader) {}

  /** The robots that have a row for the day. */
  async planned(on: string): Promise<ReadonlySet<RobotName>> {
    const rows = await this.statements.query<{ robot: RobotName }>(
      'SELECT robot FROM group_digests WHERE on_day = $1',
      [on],
    );
    return new Set(rows.map(({ robot }) => robot));
  }

  /** Of two workers that plan at once one makes the row. */
  async plan(robot: RobotName, on: string, content: string, now: Date): Promise<void> {
    await this.statements.query(
      `INSERT INTO group_digests (id, robot, on_day, content, status, next_attempt_at, queued_at)
       VALUES ($1, $2, $3, $4, 'pending', $5, $5) ON CONFLICT (robot, on_day) DO NOTHING`,
      [uuidv7(), robot, on, content, now],
    );
  }

  async claim(robot: RobotName, on: string, now: Date): Promise<ClaimedDigest | undefined> {
    const until = new Date(now.getTime() + LEASE_MS);
    const [claimed] = await this.statements.query<ClaimedDigest>(CLAIM, [robot, on, now, until]);
    return claimed;
  }

  async record(settled: Omit<Settled, 'gatewayId'>, now: Date): Promise<void> {
    const { id, fence, status, nextAttemptAt, gatewayCode, gatewayText } = settled;
    await this.statements.query(RECORD, [id, fence, status, nextAttemptAt, gatewayCode, gatewayText, now]);
  }

  /** Settles what dead workers had in hand, and what was not posted on its day. */
  async settleOld(now: Date, today: string): Promise<void> {
    await this.statements.query(EXPIRE, [now]);
    await this.statements.query(GIVE_UP, [today]);
  }
}
