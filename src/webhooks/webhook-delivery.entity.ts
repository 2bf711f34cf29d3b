import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Webhook } from './webhook.entity.js';

export const WEBHOOK_DELIVERY_STATUSES = ['pending', 'sending', 'delivered', 'failed', 'cancelled'] as const;
export type WebhookDeliveryStatus = (typeof WEBHOOK_DELIVERY_STATUSES)[number];

/** One event for one webhook, and what became of it. */
@Entity('webhook_deliveries')
@Check(
  'webhook_deliveries_status_check',
  `"status" IN ('pending', 'sending', 'delivered', 'failed', 'cancelled')`,
)
@Index('webhook_deliveries_event_key', ['webhookId', 'eventId'], { unique: true })
@Index('webhook_deliveries_log_idx', ['webhookId', 'id'])
@Index('webhook_deliveries_ready_idx', ['webhookId', 'nextAttemptAt'], { where: `"status" = 'pending'` })
@Index('webhook_deliveries_lease_idx', ['leaseUntil'], { where: `"status" = 'sending'` })
@Index('webhook_deliveries_queued_idx', ['queuedAt'])
export class WebhookDelivery {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  webhookId!: string;

  @ManyToOne(() => Webhook)
  @JoinColumn({ name: 'webhook_id' })
  webhook?: Webhook;

  /** `null` for a test, which tells of none. */
  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('text')
  type!: string;

  @Column('text')
  status!: WebhookDeliveryStatus;

  @Column('int', { default: 0 })
  attempts!: number;

  @Column('timestamptz')
  nextAttemptAt!: Date;

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  /** Raised at every claim, and when it is asked for again: only the holder of the newest may record an outcome. */
  @Column('int', { default: 0 })
  fence!: number;

  /** What the portal answered last. */
  @Column('int', { nullable: true })
  statusCode!: number | null;

  /** Why the last attempt failed, or it was cancelled: a code, and what the portal said. */
  @Column('text', { nullable: true })
  error!: string | null;

  /** When it was planned, or last asked for again. */
  @Column('timestamptz')
  queuedAt!: Date;

  @Column('timestamptz', { nullable: true })
  attemptedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;
}
