import { Check, Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Enterprise } from '../enterprises/enterprise.entity.js';
import { Project } from '../enterprises/projects/project.entity.js';
import { Case } from './case.entity.js';
import { complexityCheck, LifecycleSubject, statusCheck } from './lifecycle-subject.js';
import type { Cause, ProblemCategory } from './lifecycle/states.js';

/** One concrete problem or demand (问题/诉求); it belongs to a case, to an enterprise, or to a project. */
@Entity('problems')
@Check('problems_status_check', statusCheck)
@Check('problems_complexity_check', complexityCheck)
@Check(
  'problems_category_check',
  `"category" IN ('land', 'funds', 'resources', 'environment', 'labour', 'energy', 'logistics', 'market', 'permits', 'arrears', 'technology', 'other')`,
)
@Check('problems_cause_check', `"cause" IN ('government', 'market', 'enterprise')`)
@Check(
  'problems_home_check',
  `num_nonnulls("enterprise_id", "project_id") = 1 AND ("case_id" IS NULL OR "project_id" IS NULL)`,
)
@Check('problems_outcome_check', `"outcome" IN ('solved', 'explained', 'unstated')`)
@Index('problems_case_idx', ['caseId'])
@Index('problems_enterprise_idx', ['enterpriseId'])
@Index('problems_project_idx', ['projectId'], { where: `"project_id" IS NOT NULL` })
@Index('problems_unit_due_idx', { synchronize: false })
@Index('problems_department_due_idx', { synchronize: false })
@Index('problems_due_idx', { synchronize: false })
@Index('problems_on_hold_idx', ['reviewOn'], { where: `"status" = 'on_hold'` })
@Index('problems_number_trgm', { synchronize: false })
@Index('problems_pool_idx', ['reportedAt', 'id'], { where: `"status" = 'reported'` })
export class Problem extends LifecycleSubject {
  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case | null;

  /** Also of one that belongs to a case of it; `null` for a project's. */
  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise | null;

  /** Instead of an enterprise, even where one owns the project. */
  @Column('uuid', { nullable: true })
  projectId!: string | null;

  @ManyToOne(() => Project)
  @JoinColumn({ name: 'project_id' })
  project?: Project | null;

  @Column('text')
  title!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('text')
  category!: ProblemCategory;

  @Column('text', { nullable: true })
  cause!: Cause | null;

  /** Put on hold because its case was; it is resumed with it. */
  @Column('boolean', { default: false })
  isHeldWithCase!: boolean;

  /** End of the claim window of its responsibility list; `null`: it may be claimed as long as it is reported. */
  @Column('timestamptz', { nullable: true })
  claimUntil!: Date | null;
}
