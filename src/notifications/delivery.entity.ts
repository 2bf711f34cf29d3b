import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Channel } from './channel.js';

export const DELIVERY_STATUSES = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'failed',
  'suppressed',
  'unknown',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const channelCheck = `"channel" IN ('email', 'sms')`;
export const recipientCheck = `num_nonnulls("official_id", "enterprise_id") = 1`;
export const deliveryStatusCheck = `"status" IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'suppressed', 'unknown')`;

/** One reminder or notice to one recipient over one channel: exactly one row, by the unique indexes. */
@Entity('deliveries')
@Check('deliveries_channel_check', channelCheck)
@Check('deliveries_status_check', deliveryStatusCheck)
@Check('deliveries_one_check', `num_nonnulls("reminder_id", "notice_id") = 1`)
@Check('deliveries_recipient_check', recipientCheck)
@Index('deliveries_key', ['reminderId', 'officialId', 'channel'], { unique: true })
@Index('deliveries_notice_key', ['noticeId', 'officialId', 'channel'], {
  unique: true,
  where: '"notice_id" IS NOT NULL',
})
@Index('deliveries_contact_key', ['noticeId', 'enterpriseId', 'channel'], {
  unique: true,
  where: '"enterprise_id" IS NOT NULL',
})
@Index('deliveries_unsorted_idx', ['officialId', 'channel'], {
  where: `"status" = 'pending' AND "message_id" IS NULL`,
})
@Index('deliveries_unsorted_contact_idx', ['enterpriseId', 'channel'], {
  where: `"status" = 'pending' AND "message_id" IS NULL AND "enterprise_id" IS NOT NULL`,
})
@Index('deliveries_message_idx', ['messageId'], { where: '"message_id" IS NOT NULL' })
@Index('deliveries_official_idx', ['officialId', 'id'])
@Index('deliveries_contact_idx', ['enterpriseId', 'id'], { where: '"enterprise_id" IS NOT NULL' })
@Index('deliveries_queued_idx', { synchronize: false })
@Index('deliveries_trouble_idx', ['id'], { where: `"status" IN ('failed', 'unknown')` })
export class Delivery {
  @PrimaryColumn('uuid')
  id!: string;

  /** What it carries: a reminder, or else a notice. */
  @Column('uuid', { nullable: true })
  reminderId!: string | null;

  @Column('uuid', { nullable: true })
  noticeId!: string | null;

  /** Whom it goes to: an official, or else the contact of an enterprise. */
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @Column('text')
  channel!: Channel;

  /** The message that carries it; `null` until the run that recorded it composes its messages. */
  @Column('uuid', { nullable: true })
  messageId!: string | null;

  @Column('text')
  status!: DeliveryStatus;

  /** Why it was suppressed, failed or is held back, a code. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** Held back by the daily cap of its number: it goes into the digest of the first run from then on. */
  @Column('timestamptz', { nullable: true })
  heldUntil!: Date | null;

  @Column('timestamptz')
  queuedAt!: Date;

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;
}
