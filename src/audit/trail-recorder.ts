import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { SecurityTrail, TrailEvent } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { OuterTransaction } from '../platform/database/outer-transaction.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { requestOrigin } from '../platform/http/request-origin.js';
import { auditEventHash } from './audit-event-hash.js';

interface End {
  lastSequence: number;
  lastHash: Buffer | null;
}

const FIND_END = `
  SELECT last_sequence::float8 AS "lastSequence", last_hash AS "lastHash" FROM trail_end WHERE id = 1 FOR UPDATE`;

const APPEND = `
  WITH added AS (
    INSERT INTO audit_events (id, sequence, recorded_at, type, actor_kind, actor_id, address, request_id,
                              subject_kind, subject_id, payload, algorithm, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))
  UPDATE trail_end SET last_sequence = $2, last_hash = $13 WHERE id = 1`;

/** Appends to the one chain of audit events. Its end is a row, and that row is the queue of those who append. */
@Injectable()
export class TrailRecorder implements SecurityTrail {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async record(tx: Transaction, event: TrailEvent): Promise<void> {
    const [end] = await tx.query<End>(FIND_END);
    if (end === undefined) throw new Error('the trail has no end: the migration that makes it did not run');
    const origin = requestOrigin();
    const row = {
      id: uuidv7(),
      sequence: end.lastSequence + 1,
      // Once the chain is ours: the order of the events is that of their moments, as far as one clock can tell.
      recordedAt: this.clock.now(),
      type: event.type,
      actorKind: event.actor.kind,
      actorId: event.actor.id,
      address: origin?.address ?? null,
      requestId: origin?.requestId ?? null,
      subjectKind: event.subject?.kind ?? null,
      subjectId: event.subject?.id ?? null,
      payload: { ...event.payload },
      algorithm: this.config.eventHash,
    };
    const hash = auditEventHash(end.lastHash, row);
    await tx.query(APPEND, [...Object.values(row), hash]);
  }

  async recordAlone(event: TrailEvent): Promise<void> {
    // Also where the request has a transaction: a refusal takes that back, and this must stay.
    await OuterTransaction.apart(() => this.transactions.run((tx) => this.record(tx, event)));
  }
}
