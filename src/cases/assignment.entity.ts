import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { Case } from './case.entity.js';
import { complexityCheck } from './lifecycle-subject.js';
import type { Complexity } from './lifecycle/states.js';
import { Problem } from './problem.entity.js';

export const ASSIGNMENT_ENDS = ['returned', 'superseded', 'resolved', 'terminated', 'rejected'] as const;
export type AssignmentEnd = (typeof ASSIGNMENT_ENDS)[number];

/** The act of making one department and one official answerable by a deadline. A new one supersedes; none is overwritten. */
@Entity('assignments')
@Check('assignments_subject_check', `num_nonnulls("case_id", "problem_id") = 1`)
@Check('assignments_complexity_check', complexityCheck)
@Check('assignments_end_check', `("ended_at" IS NULL) = ("end_reason" IS NULL)`)
@Check(
  'assignments_end_reason_check',
  `"end_reason" IN ('returned', 'superseded', 'resolved', 'terminated', 'rejected')`,
)
@Index('assignments_live_case_key', ['caseId'], { unique: true, where: '"ended_at" IS NULL' })
@Index('assignments_live_problem_key', ['problemId'], { unique: true, where: '"ended_at" IS NULL' })
@Index('assignments_case_idx', ['caseId', 'assignedAt'])
@Index('assignments_problem_idx', ['problemId', 'assignedAt'])
@Index('assignments_official_idx', ['officialId'], { where: '"ended_at" IS NULL' })
export class Assignment {
  @PrimaryColumn('uuid')
  id!: string;

  /** Set for an assignment of a case itself. */
  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case | null;

  /** Set for an assignment of a problem. */
  @Column('uuid', { nullable: true })
  problemId!: string | null;

  @ManyToOne(() => Problem)
  @JoinColumn({ name: 'problem_id' })
  problem?: Problem | null;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('uuid')
  officialId!: string;

  @ManyToOne(() => Official)
  @JoinColumn({ name: 'official_id' })
  official?: Official;

  @Column('timestamptz')
  assignedAt!: Date;

  /** Account that assigned; `null` for imports. */
  @Column('uuid', { nullable: true })
  assignedBy!: string | null;

  @Column('text', { nullable: true })
  complexity!: Complexity | null;

  /**
   * Limit in working days, of a given due date those from day 0 on; a reassignment keeps it with the deadline. An
   * extension may add at most as much again. `null` in rows of old with a given date.
   */
  @Column('int', { nullable: true })
  limitWorkingDays!: number | null;

  /** Day 0 of its clocks. */
  @Column('date')
  dayZeroOn!: string;

  @Column('timestamptz')
  acknowledgeBy!: Date;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt!: Date | null;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('int', { default: 1 })
  deadlineVersion!: number;

  /** A deadline past the confirmed calendar, recomputed when the year is loaded. */
  @Column('boolean', { default: false })
  isProvisional!: boolean;

  /** After two returns: it cannot be returned again. */
  @Column('boolean', { default: false })
  isFinal!: boolean;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('text', { nullable: true })
  endReason!: AssignmentEnd | null;

  @Column('text', { nullable: true })
  note!: string | null;
}
