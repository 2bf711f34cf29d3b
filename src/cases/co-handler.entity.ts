import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { Assignment } from './assignment.entity.js';

/** 配合单位: a department that co-handles an assignment and gives its opinion by its own deadline. */
@Entity('co_handlers')
@Index('co_handlers_assignment_department_key', ['assignmentId', 'departmentId'], { unique: true })
@Index('co_handlers_official_idx', ['officialId'], { where: '"opinion_at" IS NULL' })
export class CoHandler {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  assignmentId!: string;

  @ManyToOne(() => Assignment)
  @JoinColumn({ name: 'assignment_id' })
  assignment?: Assignment;

  @Index('co_handlers_department_idx')
  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('uuid', { nullable: true })
  officialId!: string | null;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official | null;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('int', { default: 1 })
  deadlineVersion!: number;

  @Column('text', { nullable: true })
  opinion!: string | null;

  @Column('timestamptz', { nullable: true })
  opinionAt!: Date | null;
}
