import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ReportingUnit } from './reporting-unit.entity.js';

export const DEPARTMENT_LEVELS = ['city', 'county', 'town'] as const;
export type DepartmentLevel = (typeof DEPARTMENT_LEVELS)[number];

/** A unit that can be answerable. */
@Entity('departments')
@Check('departments_level_check', `"level" IN ('city', 'county', 'town')`)
export class Department {
  @PrimaryColumn('uuid')
  id!: string;

  /** Official code where there is one; ledgers give none. */
  @Column('text', { nullable: true, unique: true })
  code!: string | null;

  @Column('text', { unique: true })
  name!: string;

  @Column('text')
  level!: DepartmentLevel;

  /** `null`: the department belongs to the city. */
  @Column('uuid', { nullable: true })
  reportingUnitId!: string | null;

  @ManyToOne(() => ReportingUnit)
  @JoinColumn({ name: 'reporting_unit_id' })
  reportingUnit?: ReportingUnit | null;

  /** The task-force office: a department of its own that leads nothing. At most one. */
  @Index('departments_task_force_key', { unique: true, where: '"is_task_force"' })
  @Column('boolean', { default: false })
  isTaskForce!: boolean;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('int', { default: 1 })
  version!: number;
}
