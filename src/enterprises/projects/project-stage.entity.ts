import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Project } from './project.entity.js';
import type { ProjectStage, StageSource } from './project-stages.js';

/**
 * That a project reached a stage, with what shows it. Never changed: a correction is an entry of its own, which names the
 * one it takes the place of; without a day it withdraws it. An entry stands while none takes its place.
 */
@Entity('project_stages')
@Check(
  'project_stages_stage_check',
  `"stage" IN ('signed', 'under_construction', 'completed', 'in_production')`,
)
@Check('project_stages_source_check', `"source" IN ('enterprise', 'document', 'site_check', 'grid', 'tax')`)
@Check(
  'project_stages_correction_check',
  `("corrects_id" IS NULL) = ("reason" IS NULL) AND ("reached_on" IS NOT NULL OR "corrects_id" IS NOT NULL)`,
)
@Index('project_stages_project_idx', ['projectId', 'id'])
export class ProjectStageEntry {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  projectId!: string;

  @ManyToOne(() => Project)
  @JoinColumn({ name: 'project_id' })
  project?: Project;

  @Column('text')
  stage!: ProjectStage;

  /** `null`: it was not reached after all. */
  @Column('date', { nullable: true })
  reachedOn!: string | null;

  @Column('text')
  statement!: string;

  @Column('text')
  source!: StageSource;

  /** Why stages before it were passed over. */
  @Column('text', { nullable: true })
  skipReason!: string | null;

  /** The entry whose place it takes. */
  @Index('project_stages_corrects_key', { unique: true })
  @Column('uuid', { nullable: true })
  correctsId!: string | null;

  @ManyToOne(() => ProjectStageEntry)
  @JoinColumn({ name: 'corrects_id' })
  corrects?: ProjectStageEntry | null;

  /** Why it was corrected. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz')
  recordedAt!: Date;

  /** The account; `null` of the example. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;
}
