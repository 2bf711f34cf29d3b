import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';

export const STOP_KINDS = ['planned', 'seasonal'] as const;
export type StopKind = (typeof STOP_KINDS)[number];

/**
 * A stop that was announced: its months are no distress. Nothing of it is overwritten: an earlier end stands beside the
 * first one, a withdrawn stop stays on record.
 */
@Entity('production_stops')
@Check('production_stops_kind_check', `"kind" IN ('planned', 'seasonal')`)
@Check('production_stops_months_check', `"from_month" <= "to_month" AND "from_month" <= "ended_month"`)
@Index('production_stops_enterprise_idx', ['enterpriseId', 'fromMonth'])
export class ProductionStop {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Column('text')
  kind!: StopKind;

  /** First day of its first month. */
  @Column('date')
  fromMonth!: string;

  /** First day of its last month as announced; `null`: nobody said how long. */
  @Column('date', { nullable: true })
  toMonth!: string | null;

  @Column('text')
  reason!: string;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  /** First day of the last month after all, where it ended before what was announced. */
  @Column('date', { nullable: true })
  endedMonth!: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('uuid', { nullable: true })
  endedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  withdrawnAt!: Date | null;

  @Column('uuid', { nullable: true })
  withdrawnBy!: string | null;

  @Column('text', { nullable: true })
  withdrawalReason!: string | null;

  @Column('int', { default: 1 })
  version!: number;
}
