import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Project } from './project.entity.js';

/** The attributes that tables group by, dated both ways, so that an old weekly table never changes. */
@Entity('project_revisions')
@Index('project_revisions_project_idx', ['projectId', 'effectiveAt'])
export class ProjectRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  projectId!: string;

  @ManyToOne(() => Project)
  @JoinColumn({ name: 'project_id' })
  project?: Project;

  @Column('timestamptz')
  effectiveAt!: Date;

  @Index('project_revisions_recorded_idx')
  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  name!: string;

  @Column('uuid')
  reportingUnitId!: string;
}
