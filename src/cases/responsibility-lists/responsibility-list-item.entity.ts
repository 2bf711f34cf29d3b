import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import { Project } from '../../enterprises/projects/project.entity.js';
import type { Cause, ProblemCategory } from '../lifecycle/states.js';
import { Problem } from '../problem.entity.js';
import { ResponsibilityList } from './responsibility-list.entity.js';

/** What one enterprise asks for, or one project needs, on a responsibility list; a problem, once the list is issued. */
@Entity('responsibility_list_items')
@Check(
  'responsibility_list_items_category_check',
  `"category" IN ('land', 'funds', 'resources', 'environment', 'labour', 'energy', 'logistics', 'market', 'permits', 'arrears', 'technology', 'other')`,
)
@Check('responsibility_list_items_cause_check', `"cause" IN ('government', 'market', 'enterprise')`)
@Check('responsibility_list_items_home_check', `num_nonnulls("enterprise_id", "project_id") = 1`)
@Index('responsibility_list_items_key', ['listId', 'enterpriseId', 'title'], { unique: true })
@Index('responsibility_list_items_project_key', ['listId', 'projectId', 'title'], { unique: true })
@Index('responsibility_list_items_problem_key', ['problemId'], {
  unique: true,
  where: `"problem_id" IS NOT NULL`,
})
export class ResponsibilityListItem {
  @PrimaryColumn('uuid')
  id!: string;

  /** The edition that brought it. */
  @Column('uuid')
  listId!: string;

  @ManyToOne(() => ResponsibilityList)
  @JoinColumn({ name: 'list_id' })
  list?: ResponsibilityList;

  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise | null;

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

  @Column('text')
  cause!: Cause;

  /** Departments that might take it; none is bound by it. */
  @Column('uuid', { array: true, default: [] })
  suggestedDepartmentIds!: string[];

  @Column('uuid', { nullable: true })
  problemId!: string | null;

  @ManyToOne(() => Problem)
  @JoinColumn({ name: 'problem_id' })
  problem?: Problem | null;
}
