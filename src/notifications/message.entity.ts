import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Channel } from './channel.js';
import { channelCheck, type DeliveryStatus, deliveryStatusCheck, recipientCheck } from './delivery.entity.js';

/** What is really sent: it carries one delivery, or several as a digest. Its id is the mail's Message-ID and the SMS's out-id. */
@Entity('messages')
@Check('messages_channel_check', channelCheck)
@Check('messages_status_check', deliveryStatusCheck)
@Check('messages_recipient_check', recipientCheck)
@Index('messages_ready_idx', ['channel', 'nextAttemptAt'], { where: `"status" = 'pending'` })
@Index('messages_queued_idx', ['queuedAt'])
@Check('messages_resolved_check', `("resolved_at" IS NULL) = ("resolved_by" IS NULL)`)
@Index('messages_waiting_idx', ['channel', 'queuedAt'], { where: `"status" IN ('pending', 'sending')` })
@Index('messages_trouble_idx', ['channel', 'status'], { where: `"status" IN ('failed', 'unknown')` })
@Index('messages_lease_idx', ['leaseUntil'], { where: `"status" = 'sending'` })
@Index('messages_gateway_idx', ['gatewayId'], { where: '"gateway_id" IS NOT NULL' })
@Index('messages_receipt_idx', ['nextAttemptAt'], {
  where: `"channel" = 'sms' AND "status" IN ('sent', 'unknown') AND "receipt_asks" < 4`,
})
export class Message {
  @PrimaryColumn('uuid')
  id!: string;

  /** Whom it goes to: an official, or else the contact of an enterprise. */
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @Column('text')
  channel!: Channel;

  @Column('text')
  status!: DeliveryStatus;

  @Column('int', { default: 0 })
  attempts!: number;

  /** Of one that was claimed: when that was. */
  @Column('timestamptz')
  nextAttemptAt!: Date;

  /** Of one that a dead worker left open (`unknown`): when its lease ran out. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  /** Raised at every claim: only the holder of the newest may record an outcome. */
  @Column('int', { default: 0 })
  fence!: number;

  @Column('text', { nullable: true })
  gatewayId!: string | null;

  @Column('text', { nullable: true })
  gatewayCode!: string | null;

  @Column('text', { nullable: true })
  gatewayText!: string | null;

  @Column('timestamptz')
  queuedAt!: Date;

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;

  /** When somebody said what became of one that nobody knew the end of. */
  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;

  /** The account that said it. */
  @Column('uuid', { nullable: true })
  resolvedBy!: string | null;

  @Column('text', { nullable: true })
  resolutionNote!: string | null;

  /** How often the gateway was asked what became of the last attempt. */
  @Column('int', { default: 0 })
  receiptAsks!: number;

  /** When it is asked again; `null`: as the schedule says. */
  @Column('timestamptz', { nullable: true })
  receiptAskAt!: Date | null;
}
