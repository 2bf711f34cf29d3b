import { Column, PrimaryColumn } from 'typeorm';
import type { Complexity, Outcome, Status } from './lifecycle/states.js';

export const statusCheck = `"status" IN ('reported', 'assigned', 'in_progress', 'verifying', 'resolved', 'on_hold', 'rejected', 'terminated')`;
export const complexityCheck = `"complexity" IN ('simple', 'general', 'complex')`;

/** The columns in which a case and a problem are alike: what the one lifecycle reads and writes. */
export abstract class LifecycleSubject {
  @PrimaryColumn('uuid')
  id!: string;

  /** Permanent, e.g. `AK-2021-000123` (case) or `P-2021-000456` (problem). */
  @Column('text', { unique: true })
  number!: string;

  @Column('text')
  status!: Status;

  @Column('text', { nullable: true })
  outcome!: Outcome | null;

  @Column('text', { nullable: true })
  complexity!: Complexity | null;

  /** The unit whose row of the weekly table it stands in: that of the enterprise or project. */
  @Column('uuid')
  reportingUnitId!: string;

  /** Last assignment, also while returned and after closure. */
  @Column('uuid', { nullable: true })
  assignmentId!: string | null;

  /** Department of the last assignment. */
  @Column('uuid', { nullable: true })
  leadDepartmentId!: string | null;

  /** Official of the last assignment. */
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  /** Deadline of the handling clock; `null` when there is none (reported, returned, not live). */
  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null;

  /** When the handling clock stopped (verifying, on hold); `null` while it runs. */
  @Column('timestamptz', { nullable: true })
  stoppedAt!: Date | null;

  /** Whether it was late when it stopped; only then is a stopped clock late. */
  @Column('boolean', { default: false })
  isLateWhenStopped!: boolean;

  /** Deadline of the assign clock while `reported`. */
  @Column('timestamptz', { nullable: true })
  assignBy!: Date | null;

  /** The event (report or return) that started the assign clock. */
  @Column('uuid', { nullable: true })
  assignClockRunId!: string | null;

  @Column('timestamptz')
  reportedAt!: Date;

  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;

  /** Last sign of progress: assignment, sign-for or note; the light turns yellow a week after it. */
  @Column('timestamptz', { nullable: true })
  progressedAt!: Date | null;

  @Column('int', { default: 0 })
  reopenCount!: number;

  @Column('int', { default: 0 })
  returnCount!: number;

  @Column('text', { nullable: true })
  holdGround!: string | null;

  @Column('date', { nullable: true })
  reviewOn!: string | null;

  /** Events in its chain; a problem of a case has none of its own. */
  @Column('int', { default: 0 })
  lastSequence!: number;

  /** Hash of the last event of its chain. */
  @Column('bytea', { nullable: true })
  lastHash!: Buffer | null;

  /** When its last event happened; the next may not have happened before it. */
  @Column('timestamptz')
  lastEventAt!: Date;

  /** Raised by one at every change; updates name the one they saw. */
  @Column('int', { default: 1 })
  version!: number;
}
