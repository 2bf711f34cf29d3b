import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import type { FigureMilestone } from './milestones.js';

/**
 * What was believed of one month of an enterprise, of campaigns that began in one month. Never overwritten: another
 * belief is a new revision, so that an old bulletin counts what was known then.
 */
@Entity('production_milestones')
@Check(
  'production_milestones_milestone_check',
  `"milestone" IN ('resumed', 'capacity_restored', 'on_target', 'full_capacity')`,
)
@Check('production_milestones_turn_check', `"turn" IN ('reached', 'lost', 'none')`)
export class ProductionMilestoneTurn {
  @PrimaryColumn('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  /** First day of the first month of the campaigns: months before it did not count. */
  @PrimaryColumn('date')
  sinceMonth!: string;

  @PrimaryColumn('text')
  milestone!: FigureMilestone;

  /** First day of the month whose figures turned it. */
  @PrimaryColumn('date')
  month!: string;

  /** From 1. */
  @PrimaryColumn('int')
  revision!: number;

  /** `none`: it did not turn in this month after all. */
  @Column('text')
  turn!: 'reached' | 'lost' | 'none';

  @Column('timestamptz')
  recordedAt!: Date;
}
