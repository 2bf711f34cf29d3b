import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department, type DepartmentLevel } from './department.entity.js';

/** What a department was called and where it stood, dated both ways, so that an old weekly table never changes. */
@Entity('department_revisions')
@Index('department_revisions_department_idx', ['departmentId', 'effectiveAt'])
export class DepartmentRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('timestamptz')
  effectiveAt!: Date;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text', { nullable: true })
  code!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  level!: DepartmentLevel;
}
