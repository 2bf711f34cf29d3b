import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { TEST_EVENT } from './event-types.js';
import { MOST_REPLAYED, REPLAY_EVENTS } from './replay-statement.js';
import { WebhookDelivery, type WebhookDeliveryStatus } from './webhook-delivery.entity.js';
import { Webhook } from './webhook.entity.js';

/** What is sent because somebody asks for it: a test, one delivery again, or all of a while. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
    private readonly trail: SecurityTrail,
  ) {}

  /** @returns the id of the delivery @throws Refusal 404, 409 WEBHOOK_INACTIVE */
  async test(webhookId: string): Promise<string> {
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      await requireActive(tx, webhookId);
      const now = this.clock.now();
      await tx.manager.insert(WebhookDelivery, {
        id,
        webhookId,
        type: TEST_EVENT,
        status: 'pending',
        nextAttemptAt: now,
        queuedAt: now,
      });
      tx.afterCommit(() => this.wakeUps.ring('send-webhooks'));
    });
    return id;
  }

  /** One that waits is sent now; one that ended, however, is sent again. @throws Refusal 404, 409 */
  async retry(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [found] = await tx.query<{ webhookId: string }>(
        `SELECT webhook_id AS "webhookId" FROM webhook_deliveries WHERE id = $1`,
        [id],
      );
      if (found === undefined) throw notFound('webhookDelivery', id);
      // The webhook first, as who makes it inactive has it before its deliveries.
      await requireActive(tx, found.webhookId);
      const [now] = await tx.query<{ status: WebhookDeliveryStatus }>(
        'SELECT status FROM webhook_deliveries WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (now?.status === 'sending') throw new Refusal(409, 'WEBHOOK_DELIVERY_UNDER_WAY');
      // Whoever was slow with it before may not say any more what became of it.
      await tx.query(
        `UPDATE webhook_deliveries
            SET status = 'pending', attempts = 0, next_attempt_at = $2, queued_at = $2, fence = fence + 1
          WHERE id = $1`,
        [id, this.clock.now()],
      );
      tx.afterCommit(() => this.wakeUps.ring('send-webhooks'));
    });
  }

  /**
   * Sends what was recorded in `[from, to)` and the webhook is subscribed to, also what it was never told of.
   * @returns how many events @throws Refusal 404, 409 WEBHOOK_INACTIVE, 422 REPLAY_PERIOD_INVALID, REPLAY_TOO_LARGE
   */
  async replay(accountId: string, webhookId: string, from: Date, to: Date): Promise<number> {
    if (from >= to) throw new Refusal(422, 'REPLAY_PERIOD_INVALID');
    return this.transactions.run(async (tx) => {
      await requireActive(tx, webhookId);
      const rows = await tx.query(REPLAY_EVENTS, [webhookId, from, to, this.clock.now(), MOST_REPLAYED + 1]);
      if (rows.length > MOST_REPLAYED) throw new Refusal(422, 'REPLAY_TOO_LARGE', { most: MOST_REPLAYED });
      tx.afterCommit(() => this.wakeUps.ring('send-webhooks'));
      await this.trail.record(tx, {
        type: 'webhook_replayed',
        actor: byAccount(accountId),
        subject: { kind: 'webhook', id: webhookId },
        payload: { from: from.toISOString(), to: to.toISOString(), events: rows.length },
      });
      return rows.length;
    });
  }
}

/** Locked against being made inactive at the same time. */
async function requireActive(tx: Transaction, id: string): Promise<void> {
  const webhook = await tx.manager.findOne(Webhook, { where: { id }, lock: { mode: 'pessimistic_read' } });
  if (webhook === null) throw notFound('webhook', id);
  if (!webhook.isActive) throw new Refusal(409, 'WEBHOOK_INACTIVE');
}
