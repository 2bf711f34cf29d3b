import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from '../../organization/department.entity.js';
import { Official } from '../../organization/official.entity.js';
import { CasePlan } from './case-plan.entity.js';

/** What one version of a plan wants done, by whom and by when. */
@Entity('plan_measures')
export class PlanMeasure {
  @PrimaryColumn('uuid')
  planId!: string;

  @ManyToOne(() => CasePlan)
  @JoinColumn({ name: 'plan_id' })
  plan?: CasePlan;

  /** Its place in the plan, from 1. */
  @PrimaryColumn('int')
  ordinal!: number;

  @Column('text')
  what!: string;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Index('plan_measures_official_idx', { where: '"done_on" IS NULL' })
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official | null;

  @Column('date')
  dueOn!: string;

  @Column('date', { nullable: true })
  doneOn!: string | null;
}
