import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import type { DeliveryStatus } from './delivery.entity.js';
import { sendingTime } from './sending-time.js';

interface Found {
  status: DeliveryStatus;
  messageId: string;
  /** Of a reminder, whether its clock still runs; of a notice, whether what it says still holds. The other is `null`. */
  isRunning: boolean | null;
  isCurrent: boolean | null;
}

const CARRIED = `LEFT JOIN reminders r ON r.id = d.reminder_id LEFT JOIN notices n ON n.id = d.notice_id`;

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

  /** @throws Refusal 404 NOT_FOUND, 409 DELIVERY_NOT_FAILED, REMINDER_STOPPED or NOTICE_OUTDATED */
  async run(id: string): Promise<void> {
    const calendar = await this.calendars.current();
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
      await tx.query(
        `WITH again AS (
           UPDATE messages SET status = 'pending', attempts = 0, next_attempt_at = $2
            WHERE id = $1 AND status = 'failed' RETURNING id
         )
         UPDATE deliveries SET status = 'pending', reason = NULL
          WHERE id IN (SELECT d.id FROM again JOIN deliveries d ON d.message_id = again.id ${CARRIED}
                        WHERE d.status = 'failed' AND coalesce(r.is_running, n.is_current))`,
        [found.messageId, sendingTime(this.clock.now(), calendar, this.office)],
      );
      tx.afterCommit(() => this.wakeUps.ring('deliver'));
    });
  }
}
