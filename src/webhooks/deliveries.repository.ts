import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { camelRow } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import {
  CANCEL_PENDING,
  CLAIM_DELIVERY,
  EXPIRE_LEASES,
  FORGET_DELIVERIES,
  POSTPONE,
  RECORD_OUTCOME,
  WITH_SOMETHING_TO_SEND,
} from './delivery-statements.js';
import type { WebhookDeliveryStatus } from './webhook-delivery.entity.js';
import type { SentEvent } from './webhook-message.js';

/** An attempt ends after ten seconds at the latest; a dead worker's deliveries go on within 15. */
const LEASE_MS = 13_000;
/** For what people must mend first. */
const POSTPONED_MS = 300_000;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;

/** A delivery in hand, committed as `sending`. */
export interface ClaimedDelivery {
  id: string;
  fence: number;
  /** With this one. */
  attempts: number;
  webhookId: string;
  url: string;
  /** Sealed. */
  secret: Buffer;
  previousSecret: Buffer | null;
  previousSecretUntil: Date | null;
  queuedAt: Date;
  /** `null` for a test. */
  event: SentEvent | null;
}

/** What is written of a delivery after an attempt. */
export interface Settled {
  status: Extract<WebhookDeliveryStatus, 'delivered' | 'failed' | 'pending'>;
  /** When it is tried again; of a pending one only. */
  nextAttemptAt: Date | null;
  statusCode: number | null;
  error: string | null;
}

type ClaimedRow = Omit<ClaimedDelivery, 'event' | 'webhookId'> &
  Omit<SentEvent, 'id'> & { reason: string | null; eventId: string | null };

/** Rows of deliveries as those who send change them, each change one statement. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly statements: Reader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @returns ids of webhooks */
  async waiting(): Promise<string[]> {
    const rows = await this.statements.named<{ id: string }>('webhooks-waiting', WITH_SOMETHING_TO_SEND, [
      this.clock.now(),
    ]);
    return rows.map(({ id }) => id);
  }

  /** @returns the next that is to be sent; `undefined` when there is none. */
  async claim(webhookId: string): Promise<ClaimedDelivery | undefined> {
    for (;;) {
      const now = this.clock.now();
      const [row] = await this.statements.named<Record<string, unknown>>('claim-webhook', CLAIM_DELIVERY, [
        webhookId,
        now,
        new Date(now.getTime() + LEASE_MS),
      ]);
      if (row === undefined) return undefined;
      const { reason, eventId, ...claimed } = camelRow<ClaimedRow>(row);
      if (reason !== null) continue;
      return { ...claimed, webhookId, event: eventId === null ? null : { ...claimed, id: eventId } };
    }
  }

  async record({ id, fence }: ClaimedDelivery, settled: Settled): Promise<void> {
    await this.statements.named('record-webhook', RECORD_OUTCOME, [
      id,
      fence,
      settled.status,
      settled.nextAttemptAt,
      settled.statusCode,
      settled.error,
      this.clock.now(),
    ]);
  }

  /** Nothing could be sent, and the portal is not to blame: it is no attempt. */
  async postpone({ id, fence }: ClaimedDelivery, error: string): Promise<void> {
    const until = new Date(this.clock.now().getTime() + POSTPONED_MS);
    await this.statements.named('postpone-webhook', POSTPONE, [id, fence, until, error]);
  }

  /** The portal wants no more of it: nothing is sent there, unless it has been given another address meanwhile. */
  async endBecauseGone(claimed: ClaimedDelivery, settled: Settled): Promise<void> {
    await this.record(claimed, settled);
    await this.transactions.run(async (tx) => {
      const ended = await tx.query(
        `UPDATE webhooks SET is_active = false, inactive_because = 'gone', version = version + 1
          WHERE id = $1 AND url = $2 AND is_active RETURNING id`,
        [claimed.webhookId, claimed.url],
      );
      if (ended.length > 0) await tx.query(CANCEL_PENDING, [claimed.webhookId, 'WEBHOOK_INACTIVE']);
    });
  }

  /** @returns how many deliveries were left open by workers that died. */
  async expireLeases(): Promise<number> {
    const expired = await this.statements.named('expire-webhook-leases', EXPIRE_LEASES, [this.clock.now()]);
    return expired.length;
  }

  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS);
    await this.transactions.run((tx) => tx.query(FORGET_DELIVERIES, [before]));
  }
}
