import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { RecipientRole } from './ladder.js';
import type { ReminderState } from './reminder-states.js';

/** A rung of the ladder for one deadline version of one clock run. The unique index is what makes a repeat harmless. */
@Entity('reminders')
@Check('reminders_clock_check', `"clock" IN ('assign', 'sign', 'handle', 'co_handle', 'verify')`)
@Check('reminders_state_check', `"state" IN ('armed', 'cancelled', 'recorded', 'superseded')`)
@Index('reminders_key', ['clockRunId', 'clock', 'rung', 'deadlineVersion'], { unique: true })
@Index('reminders_armed_idx', ['firesAt'], { where: `"state" = 'armed'` })
@Index('reminders_subject_idx', ['subjectId'])
@Index('reminders_state_idx', ['state', 'id'])
export class Reminder {
  @PrimaryColumn('uuid')
  id!: string;

  /** The case or problem it is about. */
  @Column('uuid')
  subjectId!: string;

  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @Column('uuid', { nullable: true })
  problemId!: string | null;

  @Column('uuid', { nullable: true })
  assignmentId!: string | null;

  @Column('text')
  clock!: ClockKind;

  /** One start of a clock: the report or return, the assignment, the co-handler or the closure request. */
  @Column('uuid')
  clockRunId!: string;

  @Column('text')
  rung!: string;

  /** Place in the ladder: of several due rungs of one clock run the highest is sent. */
  @Column('int')
  offsetWorkingDays!: number;

  @Column('int')
  deadlineVersion!: number;

  /** The deadline that the rung is measured from. */
  @Column('timestamptz')
  deadlineAt!: Date;

  /** 09:00 of the rung's day; moved to the next 09:00 when it is found outside sending time. */
  @Column('timestamptz')
  firesAt!: Date;

  @Column('text')
  state!: ReminderState;

  /** Its clock runs under its version; what was recorded under a clock that has stopped is not sent any more. */
  @Column('boolean', { default: true })
  isRunning!: boolean;

  @Column('int')
  policyVersion!: number;

  /** Data defect: duties that nobody held when it was recorded, for which the task force was reminded. */
  @Column('text', { array: true, default: () => "'{}'" })
  emptyDuties!: RecipientRole[];

  @Column('timestamptz', { nullable: true })
  recordedAt!: Date | null;
}
