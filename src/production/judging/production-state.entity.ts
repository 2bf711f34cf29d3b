import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import type { Facts } from '../rules/facts.js';
import type { ProductionStatus, RuleName } from '../rules/statuses.js';

/** What was judged of one period of an enterprise. Never overwritten: another judgement is a new revision. */
@Entity('production_states')
@Check(
  'production_states_status_check',
  `"status" IN ('normal', 'reduced_output', 'semi_stalled', 'stalled', 'suspected', 'unknown')`,
)
export class ProductionState {
  @PrimaryColumn('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  /** First day of the month; of January and February together, of February. */
  @PrimaryColumn('date')
  month!: string;

  /** From 1. */
  @PrimaryColumn('int')
  revision!: number;

  @Column('text')
  status!: ProductionStatus;

  @Column('text')
  rule!: RuleName;

  @Column('jsonb')
  facts!: Facts;

  /** By which parameters. */
  @Column('int')
  policyVersion!: number;

  @Column('timestamptz')
  recordedAt!: Date;
}
