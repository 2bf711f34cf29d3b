import { Check, Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import type { ProductionStatus } from '../rules/statuses.js';

/** The newest judgement of the last period of an enterprise, derived from its states: what lists filter by. */
@Entity('production_statuses')
@Check(
  'production_statuses_status_check',
  `"status" IN ('normal', 'reduced_output', 'semi_stalled', 'stalled', 'suspected', 'unknown')`,
)
@Index('production_statuses_status_idx', ['status'])
export class PresentStatus {
  @PrimaryColumn('uuid')
  enterpriseId!: string;

  @OneToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Column('text')
  status!: ProductionStatus;

  /** The last period, first day of its month. */
  @Column('date')
  month!: string;

  /** The first of the periods running that have this status. */
  @Column('date')
  sinceMonth!: string;
}
