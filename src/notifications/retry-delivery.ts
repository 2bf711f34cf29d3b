import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import type { DeliveryStatus } from './delivery.entity.js';
import { sendingTime } from './sending-time.js';

/** Sends the message of a failed delivery once more; what else of it failed goes along. */
@Injectable()
export class RetryDelivery {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 409 DELIVERY_NOT_FAILED, 409 REMINDER_STOPPED */
  async run(id: string): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      // The message first: of two deliveries of one digest each would else hold its own and wait for the other's.
      await tx.query(
        'SELECT id FROM messages WHERE id = (SELECT message_id FROM deliveries WHERE id = $1) FOR UPDATE',
        [id],
      );
      const [found] = await tx.query<{ status: DeliveryStatus; messageId: string; isRunning: boolean }>(
        `SELECT d.status, d.message_id AS "messageId", r.is_running AS "isRunning"
           FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
          WHERE d.id = $1 FOR UPDATE OF d`,
        [id],
      );
      if (found === undefined) throw notFound('delivery', id);
      if (found.status !== 'failed') throw new Refusal(409, 'DELIVERY_NOT_FAILED', { status: found.status });
      if (!found.isRunning) throw new Refusal(409, 'REMINDER_STOPPED');
      await tx.query(
        `WITH again AS (
           UPDATE messages SET status = 'pending', attempts = 0, next_attempt_at = $2
            WHERE id = $1 AND status = 'failed' RETURNING id
         )
         UPDATE deliveries d SET status = 'pending', reason = NULL FROM again, reminders r
          WHERE d.message_id = again.id AND r.id = d.reminder_id AND d.status = 'failed' AND r.is_running`,
        [found.messageId, sendingTime(this.clock.now(), calendar, this.office)],
      );
      tx.afterCommit(() => this.wakeUps.ring('deliver'));
    });
  }
}
