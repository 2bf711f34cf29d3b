import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../access/actor.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import type { DeliveryFilter } from './delivery-filter.dto.js';
import { DELIVERY_ROWS, deliveryConditions } from './delivery-rows.js';
import type { DeliveryStatus } from './delivery.entity.js';
import { sendingTime } from './sending-time.js';

/** Messages that one request sends again: what it locks, and what it rings for. */
export const MOST_RETRIED = 500;

/** What a delivery carries: a reminder whose clock runs, or a notice that still holds. */
const CARRIED = `LEFT JOIN reminders r ON r.id = d.reminder_id LEFT JOIN notices n ON n.id = d.notice_id`;
const STILL_TO_SAY = 'coalesce(r.is_running, n.is_current)';

/** Failed messages `$1`, locked, from `$2` on: with what of them failed and is still to be said. */
const RETRY = `
WITH again AS (
  UPDATE messages
     SET status = 'pending', attempts = 0, next_attempt_at = $2,
         resolved_at = NULL, resolved_by = NULL, resolution_note = NULL
   WHERE id = ANY ($1::uuid[]) AND status = 'failed'
  RETURNING id
)
UPDATE deliveries SET status = 'pending', reason = NULL
 WHERE id IN (SELECT d.id FROM again JOIN deliveries d ON d.message_id = again.id ${CARRIED}
               WHERE d.status = 'failed' AND ${STILL_TO_SAY})
RETURNING message_id AS "messageId"`;

export interface Retried {
  messages: number;
  deliveries: number;
  hasMore: boolean;
}

interface Found {
  status: DeliveryStatus;
  messageId: string;
  /** Of a reminder, whether its clock still runs; of a notice, whether what it says still holds. The other is `null`. */
  isRunning: boolean | null;
  isCurrent: boolean | null;
}

/** Sends failed messages once more; all that failed of one goes along. */
@Injectable()
export class RetryDelivery {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 409 DELIVERY_NOT_FAILED, REMINDER_STOPPED or NOTICE_OUTDATED */
  async run(actor: AccountActor, id: string): Promise<void> {
    const at = await this.moment();
    await this.transactions.run(async (tx) => {
      // The message first: of two deliveries of one digest each would else hold its own and wait for the other's.
      await tx.query(
        'SELECT id FROM messages WHERE id = (SELECT message_id FROM deliveries WHERE id = $1) FOR UPDATE',
        [id],
      );
      const [found] = await tx.query<Found>(
        `SELECT d.status, d.message_id AS "messageId", r.is_running AS "isRunning", n.is_current AS "isCurrent"
           FROM deliveries d ${CARRIED}
          WHERE d.id = $1 FOR UPDATE OF d`,
        [id],
      );
      if (found === undefined) throw notFound('delivery', id);
      if (found.status !== 'failed') throw new Refusal(409, 'DELIVERY_NOT_FAILED', { status: found.status });
      if (found.isRunning === false) throw new Refusal(409, 'REMINDER_STOPPED');
      if (found.isCurrent === false) throw new Refusal(409, 'NOTICE_OUTDATED');
      const retried = await this.retryLocked(tx, [found.messageId], at);
      await this.tell(tx, actor, retried);
    });
  }

  /** All that failed within a filter and is still to be said, the oldest first, so many at once. */
  async runAll(actor: AccountActor, filter: DeliveryFilter): Promise<Retried> {
    const at = await this.moment();
    const where = deliveryConditions({ ...filter, status: ['failed'] }, this.office);
    return this.transactions.run(async (tx) => {
      const found = await tx.query<{ id: string }>(
        `SELECT DISTINCT d.message_id AS id FROM ${DELIVERY_ROWS}
          WHERE ${where.sql} AND m.status = 'failed' AND ${STILL_TO_SAY}
          ORDER BY id LIMIT ${MOST_RETRIED + 1}`,
        where.parameters,
      );
      const ids = found.slice(0, MOST_RETRIED).map(({ id }) => id);
      const retried = await this.retryLocked(tx, ids, at);
      const messages = await this.tell(tx, actor, retried);
      return { messages, deliveries: retried.length, hasMore: found.length > MOST_RETRIED };
    });
  }

  /** @param retried the message of each delivery that goes again. @returns how many messages these are */
  private async tell(tx: Transaction, actor: AccountActor, retried: readonly string[]): Promise<number> {
    const messages = new Set(retried).size;
    if (messages > 0) {
      await this.trail.record(tx, {
        type: 'deliveries_retried',
        actor: byAccount(actor.accountId),
        payload: { messages, deliveries: retried.length },
      });
      tx.afterCommit(() => this.wakeUps.ring('deliver'));
    }
    return messages;
  }

  private async retryLocked(tx: Transaction, ids: readonly string[], at: Date): Promise<string[]> {
    // In one order, so that two who retry the same wait for one another and never for ever.
    await tx.query('SELECT id FROM messages WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [ids]);
    return (await tx.query<{ messageId: string }>(RETRY, [ids, at])).map(({ messageId }) => messageId);
  }

  private async moment(): Promise<Date> {
    return sendingTime(this.clock.now(), await this.calendars.current(), this.office);
  }
}
