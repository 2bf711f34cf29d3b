import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Why nothing is sent: somebody said so, or the portal answered 410. */
export const INACTIVE_REASONS = ['by_hand', 'gone'] as const;
export type InactiveReason = (typeof INACTIVE_REASONS)[number];

/** A portal's address, and what it is told of. */
@Entity('webhooks')
@Check('webhooks_inactive_check', `"inactive_because" IN ('by_hand', 'gone')`)
@Check('webhooks_active_check', `"is_active" = ("inactive_because" IS NULL)`)
@Check('webhooks_previous_secret_check', `("previous_secret" IS NULL) = ("previous_secret_until" IS NULL)`)
export class Webhook {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  url!: string;

  @Column('text', { default: '' })
  description!: string;

  /** Of the closed list in event-types.ts. */
  @Column('text', { array: true })
  eventTypes!: string[];

  /** Units whose cases and problems it is told of; `null`: all. */
  @Column('uuid', { array: true, nullable: true })
  reportingUnitIds!: string[] | null;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('text', { nullable: true })
  inactiveBecause!: InactiveReason | null;

  /** Sealed; see secret-seal.ts. */
  @Column('bytea')
  secret!: Buffer;

  /** The one before: it signs as well until its end, so that a portal can change over. */
  @Column('bytea', { nullable: true })
  previousSecret!: Buffer | null;

  @Column('timestamptz', { nullable: true })
  previousSecretUntil!: Date | null;

  /** Every event recorded from when it became active to here has its delivery. */
  @Column('timestamptz')
  plannedThrough!: Date;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('uuid')
  createdBy!: string;

  @Column('int', { default: 1 })
  version!: number;
}
