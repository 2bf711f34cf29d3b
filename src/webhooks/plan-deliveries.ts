import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { OPEN_WRITES_LAG, settledAt } from '../platform/database/open-writes.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import {
  COUNT_EVENTS,
  IN_ORDER_OF_THE_INDEX,
  MOVE_ON,
  PLAN_DELIVERIES,
  PLANNED_THROUGH,
} from './plan-statements.js';

/** Any number, the same in every process. */
const PLAN_LOCK = 7_264_020;
const EVENTS_AT_ONCE = 2_000;
/** How far the clocks of two machines may be apart before an event could be passed over. */
const CLOCKS_APART_MS = 60_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Position {
  recordedAt: Date;
  id: string;
}

interface Batch extends Partial<Position> {
  read: number;
  planned: number;
}

/** Events that have been read: all that there were after one position through another, planned for these webhooks. */
interface Stretch {
  /** With their versions. */
  webhooks: string;
  after: Position;
  through: Position;
  count: number;
}

/**
 * Makes a row for every event that a webhook is to be told of. Events are read as they become visible, by when they were
 * recorded. That is not the order in which they are committed: so the mark moves only as far as no open transaction
 * can still write behind it, and what is after it is read again as soon as there is more of it than has been read. The
 * unique index makes the repeats harmless.
 */
@Injectable()
export class PlanDeliveries {
  private readonly logger = new Logger(PlanDeliveries.name);
  /** Of the last run: events are only ever added, so as long as they are as many, they are the same. */
  private known: Stretch | undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @returns how many deliveries were planned; none when another planner is at work. */
  async run(clocksApartMs = CLOCKS_APART_MS): Promise<number> {
    let [stretch, planned, isMore]: [Stretch | undefined, number, boolean] = [undefined, 0, true];
    while (isMore) {
      const batch = await this.transactions.run((tx) => this.planBatch(tx, stretch, clocksApartMs));
      planned += batch.planned;
      ({ stretch, isMore } = batch);
    }
    this.known = stretch;
    if (planned > 0) {
      this.logger.log({ planned }, 'webhook deliveries planned');
      this.wakeUps.ring('send-webhooks');
    }
    return planned;
  }

  private async planBatch(
    tx: Transaction,
    before: Stretch | undefined,
    clocksApartMs: number,
  ): Promise<{ planned: number; stretch: Stretch | undefined; isMore: boolean }> {
    const nothing = { planned: 0, stretch: undefined, isMore: false };
    const [lock] = await tx.query<{ isMine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isMine"', [
      PLAN_LOCK,
    ]);
    if (lock?.isMine !== true) return nothing;
    const now = this.clock.now();
    // Before the events are read: what was open then shows in the lag, and what had ended is among them.
    const [open] = await tx.query<{ lag: number }>(OPEN_WRITES_LAG);
    const settled = new Date(settledAt(now, open?.lag).getTime() - clocksApartMs);
    const stretch = before ?? (await beginning(tx, this.known));
    if (stretch === undefined) return nothing;
    const { through, count } = stretch;
    await tx.query(IN_ORDER_OF_THE_INDEX);
    const [batch] = await tx.query<Batch>(PLAN_DELIVERIES, [
      through.recordedAt,
      through.id,
      EVENTS_AT_ONCE,
      now,
    ]);
    if (batch === undefined) throw new Error('the plan of webhooks answered nothing');
    const { read, planned, recordedAt, id } = batch;
    const last = recordedAt && id ? { recordedAt, id } : through;
    const isMore = read === EVENTS_AT_ONCE;
    // Of a full batch no more is known than its last event; one recorded at the same moment may come next.
    await tx.query(MOVE_ON, [isMore && last.recordedAt < settled ? last.recordedAt : settled]);
    return { planned, stretch: { ...stretch, through: last, count: count + read }, isMore };
  }
}

/** At the mark; or after what is known, where nothing has come to it, and nobody else is to be told of it. */
async function beginning(tx: Transaction, known: Stretch | undefined): Promise<Stretch | undefined> {
  const [mark] = await tx.query<{ plannedThrough: Date | null; webhooks: string }>(PLANNED_THROUGH);
  if (!mark?.plannedThrough) return undefined;
  const { plannedThrough, webhooks } = mark;
  const after = { recordedAt: plannedThrough, id: BEFORE_ALL };
  const fresh = { webhooks, after, through: after, count: 0 };
  if (known?.webhooks !== webhooks || known.through.recordedAt < plannedThrough) return fresh;
  const [counted] = await tx.query<{ all: number; since: number }>(COUNT_EVENTS, [
    known.after.recordedAt,
    known.after.id,
    known.through.recordedAt,
    known.through.id,
    plannedThrough,
  ]);
  return counted?.all === known.count ? { ...known, after, count: counted.since } : fresh;
}
