import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ReportingUnit } from '../../organization/reporting-unit.entity.js';
import { Enterprise } from '../enterprise.entity.js';
import type { ProjectStage } from './project-stages.js';

/** A project (项目) that the task force looks after: of an enterprise, or of none that is registered. */
@Entity('projects')
@Check('projects_stage_check', `"stage" IN ('signed', 'under_construction', 'completed', 'in_production')`)
@Check('projects_stage_reached_check', `("stage" IS NULL) = ("stage_reached_on" IS NULL)`)
@Index('projects_name_idx', ['name', 'id'])
@Index('projects_name_trgm', { synchronize: false })
@Index('projects_number_trgm', { synchronize: false })
export class Project {
  @PrimaryColumn('uuid')
  id!: string;

  /** Permanent: that of its papers, or drawn, e.g. `XM-2021-000012`. */
  @Column('text', { unique: true })
  number!: string;

  @Column('text')
  name!: string;

  /** Where it lies, whoever owns it. */
  @Index('projects_reporting_unit_idx')
  @Column('uuid')
  reportingUnitId!: string;

  @ManyToOne(() => ReportingUnit)
  @JoinColumn({ name: 'reporting_unit_id' })
  reportingUnit?: ReportingUnit;

  /** Who owns it, where that is an enterprise of the register. */
  @Index('projects_enterprise_idx')
  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise | null;

  @Column('text', { nullable: true })
  note!: string | null;

  /** One that is not takes no new problems; those it has go on. */
  @Column('boolean', { default: true })
  isActive!: boolean;

  /** The last of its entries in `project_stages` that stand; `null` while there is none. */
  @Column('text', { nullable: true })
  stage!: ProjectStage | null;

  @Column('date', { nullable: true })
  stageReachedOn!: string | null;

  @Column('int', { default: 1 })
  version!: number;
}
