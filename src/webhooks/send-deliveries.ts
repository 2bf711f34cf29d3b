import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { persistently } from '../platform/database/persistently.js';
import { type ClaimedDelivery, type Settled, WebhookDeliveries } from './deliveries.repository.js';
import { pauseAfter } from './retry-schedule.js';
import { type AttemptOutcome, SendMessage, UNREADABLE } from './send-message.js';
import { UnreadableSecrets } from './unreadable-secrets.js';
import { webhookAttempts } from './webhook-metrics.js';

/**
 * Attempts on their way to one webhook in one process. With the most active webhooks that there may be this stays within
 * the connections that there are to the outside, and names are asked for without holding a thread (outgoing-names.ts):
 * portals that hang, or whose name servers do, hold up themselves, and nobody else.
 */
const AT_ONCE = 2;

/** Sends what is ready, to each webhook by itself. */
@Injectable()
export class SendDeliveries implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(SendDeliveries.name);
  /** What is under way, by webhook. */
  private readonly lanes = new Map<string, Set<Promise<void>>>();
  private isStopping = false;

  constructor(
    private readonly deliveries: WebhookDeliveries,
    private readonly messages: SendMessage,
    private readonly clock: Clock,
    private readonly unreadable: UnreadableSecrets,
  ) {}

  /** Claims nothing more; what is on its way is finished. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.idle();
  }

  /** Begins to send whatever is ready, and waits for none of it: a portal may hang while others have more to come. */
  async run(): Promise<void> {
    await this.unreadable.check();
    const expired = await this.deliveries.expireLeases();
    if (expired > 0)
      this.logger.warn({ expired }, 'webhook deliveries of a worker that ended are sent again');
    for (const webhookId of await this.deliveries.waiting()) this.fill(webhookId);
  }

  /** Until nothing is under way. */
  async idle(): Promise<void> {
    while (this.lanes.size > 0) await Promise.all([...this.lanes.values()].flatMap((lane) => [...lane]));
  }

  private fill(webhookId: string): void {
    const lane = this.lanes.get(webhookId) ?? new Set();
    this.lanes.set(webhookId, lane);
    while (lane.size < AT_ONCE) {
      const work = this.drain(webhookId).finally(() => {
        lane.delete(work);
        if (lane.size === 0) this.lanes.delete(webhookId);
      });
      lane.add(work);
    }
  }

  private async drain(webhookId: string): Promise<void> {
    try {
      while (!this.isStopping) {
        const delivery = await this.deliveries.claim(webhookId);
        if (delivery === undefined) return;
        const outcome = await this.messages.send(delivery);
        if (outcome === UNREADABLE) return await this.postpone(delivery);
        await this.settle(delivery, outcome);
      }
    } catch (error) {
      // What was claimed is found by its lease.
      this.logger.error({ err: error, webhookId }, 'webhook deliveries could not be sent');
    }
  }

  /** The others of this webhook would fare no better now: they are left where they are. */
  private async postpone(delivery: ClaimedDelivery): Promise<void> {
    this.unreadable.tell(delivery.webhookId);
    await this.deliveries.postpone(delivery, UNREADABLE);
  }

  private async settle(delivery: ClaimedDelivery, outcome: AttemptOutcome): Promise<void> {
    const settled = this.judge(delivery, outcome);
    webhookAttempts.inc({ outcome: settled.status });
    const { id: deliveryId, webhookId, attempts } = delivery;
    const told = { webhookId, deliveryId, attempts, statusCode: settled.statusCode };
    if (settled.status === 'failed') this.logger.warn(told, 'a webhook delivery was given up');
    if (outcome.isGone) this.logger.warn(told, 'a portal has gone: its webhook is inactive now');
    await persistently(
      () =>
        outcome.isGone
          ? this.deliveries.endBecauseGone(delivery, settled)
          : this.deliveries.record(delivery, settled),
      (error) => this.logger.error({ err: error, ...told }, 'an attempt could not be recorded'),
    );
  }

  private judge({ attempts }: ClaimedDelivery, outcome: AttemptOutcome): Settled {
    const { statusCode, error } = outcome;
    const ended = { statusCode, error, nextAttemptAt: null };
    if (outcome.isDelivered) return { ...ended, status: 'delivered' };
    const pause = outcome.isGone ? null : pauseAfter(attempts, Math.random(), outcome.retryAfterMs);
    if (pause === null) return { ...ended, status: 'failed' };
    return { ...ended, status: 'pending', nextAttemptAt: new Date(this.clock.now().getTime() + pause) };
  }
}
