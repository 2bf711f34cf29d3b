import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { OPEN_WRITES_LAG, settledAt } from '../platform/database/open-writes.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { MOVE_ON, PLAN_DELIVERIES, PLANNED_THROUGH } from './plan-statements.js';

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

/**
 * Makes a row for every event that a webhook is to be told of. Events are read as they become visible, by when they were
 * recorded. That is not the order in which they are committed: so the mark moves only as far as no open transaction
 * can still write behind it, and what is after it is read again and again. The unique index makes the repeats harmless.
 */
@Injectable()
export class PlanDeliveries {
  private readonly logger = new Logger(PlanDeliveries.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @returns how many deliveries were planned; none when another planner is at work. */
  async run(clocksApartMs = CLOCKS_APART_MS): Promise<number> {
    let [position, planned]: [Position | undefined, number] = [undefined, 0];
    do {
      const batch = await this.transactions.run((tx) => this.planBatch(tx, position, clocksApartMs));
      planned += batch.planned;
      position = batch.next;
    } while (position !== undefined);
    if (planned > 0) {
      this.logger.log({ planned }, 'webhook deliveries planned');
      this.wakeUps.ring('send-webhooks');
    }
    return planned;
  }

  private async planBatch(
    tx: Transaction,
    position: Position | undefined,
    clocksApartMs: number,
  ): Promise<{ planned: number; next: Position | undefined }> {
    const nothing = { planned: 0, next: undefined };
    const [lock] = await tx.query<{ isMine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isMine"', [
      PLAN_LOCK,
    ]);
    if (lock?.isMine !== true) return nothing;
    const now = this.clock.now();
    // Before the events are read: what was open then shows in the lag, and what had ended is among them.
    const [open] = await tx.query<{ lag: number }>(OPEN_WRITES_LAG);
    const settled = new Date(settledAt(now, open?.lag).getTime() - clocksApartMs);
    const from = position ?? (await beginning(tx));
    if (from === null) return nothing;
    const [batch] = await tx.query<Batch>(PLAN_DELIVERIES, [from.recordedAt, from.id, EVENTS_AT_ONCE, now]);
    if (batch === undefined) throw new Error('the plan of webhooks answered nothing');
    const { read, planned, recordedAt, id } = batch;
    const isMore = read === EVENTS_AT_ONCE && recordedAt !== undefined && id !== undefined;
    // Of a full batch no more is known than its last event; one recorded at the same moment may come next.
    await tx.query(MOVE_ON, [isMore && recordedAt < settled ? recordedAt : settled]);
    return { planned, next: isMore ? { recordedAt, id } : undefined };
  }
}

async function beginning(tx: Transaction): Promise<Position | null> {
  const [mark] = await tx.query<{ plannedThrough: Date | null }>(PLANNED_THROUGH);
  return mark?.plannedThrough ? { recordedAt: mark.plannedThrough, id: BEFORE_ALL } : null;
}
