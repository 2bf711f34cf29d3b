import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BY_SYSTEM, SecurityTrail } from '../../access/security-trail.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { Reader } from '../../platform/database/reader.js';
import { latestSettled } from '../../platform/database/snapshot.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { type Anchor, ANCHOR_COLUMNS, anchorHash, ChainsFold, type ChainStanding } from './chains-fold.js';

const TASK = 'anchor-chains';
const LOOK_EVERY_MS = 5 * 60_000;
/** The clocks of the machines that write may be so far behind this one's. */
const MARGIN_MS = 10 * 60_000;
/** Chains fetched at a time. */
const BATCH = 5_000;

const FIND_STANDINGS = `
  SELECT chain_id AS "chainId", max(sequence) AS sequence, (array_agg(hash ORDER BY sequence DESC))[1] AS hash,
         count(*)::int AS events, bool_or(sequence = 1) AS "isNew"
    FROM case_events
   WHERE recorded_at >= $1 AND recorded_at < $2 AND chain_id > $3
   GROUP BY chain_id ORDER BY chain_id LIMIT ${BATCH}`;

/** Any number, the same in every process. */
const ANCHOR_LOCK = 7_264_030;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Once a day, how all chains stand at its end. After an outage one anchor covers all the days missed. What is recorded
 * before the day's end must be committed by then, so it waits for transactions that began before.
 */
@Injectable()
export class DailyAnchor implements OnModuleInit {
  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly config: AppConfig,
    private readonly tasks: Tasks,
    private readonly trail: SecurityTrail,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.run());
    this.tasks.every(TASK, LOOK_EVERY_MS);
  }

  /** @returns whether an anchor was made */
  async run(): Promise<boolean> {
    const now = this.clock.now();
    const until = this.office.at(this.office.dateOf(now), '00:00');
    const anchoredOn = this.office.dateOf(new Date(until.getTime() - 1));
    const [last] = await this.reader.query<Anchor>(
      `SELECT ${ANCHOR_COLUMNS} FROM chain_anchors ORDER BY anchored_on DESC LIMIT 1`,
    );
    if (last !== undefined && last.anchoredOn >= anchoredOn) return false;
    const settled = await latestSettled(this.dataSource, now);
    if (settled.getTime() < until.getTime() + MARGIN_MS) return false;
    return this.keep(await this.standAt({ anchoredOn, until, recordedAt: now }, last), last);
  }

  private async standAt(
    day: Pick<Anchor, 'anchoredOn' | 'until' | 'recordedAt'>,
    last: Anchor | undefined,
  ): Promise<Anchor> {
    const algorithm = this.config.eventHash;
    const fold = new ChainsFold(algorithm);
    let { chains, events } = last ?? { chains: 0, events: 0 };
    for await (const batch of this.standings(last?.until ?? new Date(0), day.until)) {
      for (const standing of batch) {
        fold.add(standing);
        chains += Number(standing.isNew);
        events += standing.events;
      }
    }
    const audited = await this.lastAudited(day.until);
    const anchor = { ...day, chains, events, chainsHash: fold.digest(), ...audited, algorithm };
    return { ...anchor, hash: anchorHash(last?.hash ?? null, anchor) };
  }

  private async *standings(
    from: Date,
    until: Date,
  ): AsyncGenerator<Array<ChainStanding & { events: number; isNew: boolean }>> {
    let after = BEFORE_ALL;
    for (;;) {
      const batch = await this.reader.query<ChainStanding & { events: number; isNew: boolean }>(
        FIND_STANDINGS,
        [from, until, after],
      );
      yield batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = last.chainId;
    }
  }

  private async lastAudited(until: Date): Promise<Pick<Anchor, 'auditSequence' | 'auditHash'>> {
    const [found] = await this.reader.query<{ auditSequence: number; auditHash: Buffer }>(
      `SELECT sequence::float8 AS "auditSequence", hash AS "auditHash" FROM audit_events WHERE recorded_at < $1
        ORDER BY sequence DESC LIMIT 1`,
      [until],
    );
    return found ?? { auditSequence: 0, auditHash: null };
  }

  /**
   * Unless another worker was faster: one a day, each made over the one before it. The newest has none after it that
   * would miss it, so the trail is told of each.
   */
  private keep(anchor: Anchor, last: Anchor | undefined): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [ANCHOR_LOCK]);
      const later = await tx.query('SELECT 1 FROM chain_anchors WHERE anchored_on > $1 LIMIT 1', [
        last?.anchoredOn ?? '-infinity',
      ]);
      if (later.length > 0) return false;
      await bulkInsert(tx, 'chain_anchors', [anchor]);
      const { anchoredOn, hash } = anchor;
      const payload = { anchoredOn, hash: hash.toString('hex') };
      await this.trail.record(tx, { type: 'anchored', actor: BY_SYSTEM, payload });
      return true;
    });
  }
}
