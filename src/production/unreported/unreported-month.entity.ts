import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';

export const UNREPORTED_REASONS = ['unwilling', 'unable', 'unaware'] as const;
export type UnreportedReason = (typeof UNREPORTED_REASONS)[number];

/** Why nothing was reported of a month. The newest counts; the month stays unknown, whatever is said here. */
@Entity('production_unreported_months')
@Check('production_unreported_months_reason_check', `"reason" IN ('unwilling', 'unable', 'unaware')`)
@Check('production_unreported_months_by_check', `"reported_by_kind" IN ('account', 'api_key')`)
@Index('production_unreported_months_key', ['enterpriseId', 'month', 'revision'], { unique: true })
export class UnreportedMonth {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  /** First day of the month. */
  @Column('date')
  month!: string;

  /** From 1 for each month. */
  @Column('int')
  revision!: number;

  @Column('text')
  reason!: UnreportedReason;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  reportedByKind!: 'account' | 'api_key';

  @Column('uuid', { nullable: true })
  reportedBy!: string | null;
}
