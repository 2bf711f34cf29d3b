import { v7 as uuidv7 } from 'uuid';
import type { OfficeTime } from '../calendar/office-time.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { Refusal } from '../platform/errors/refusal.js';
import { checkAnswerable } from './answerable.js';
import type { Assignment } from './assignment.entity.js';
import type { AssignmentFacts } from './case-events.js';
import type { CoHandler } from './co-handler.entity.js';
import { capped, type Deadline, dayZeroOf, deadlineAfter } from './deadlines/deadline.js';
import { LIMITS } from './deadlines/limits.js';
import { dueDate } from './due-dates.js';
import { MOST_RETURNS } from './lifecycle/guards.js';
import type { Complexity } from './lifecycle/states.js';
import type { OpenSubject } from './subject-desk.js';
import { subjectColumns } from './subject.js';
import type { LifecycleSubject } from './lifecycle-subject.js';

export interface CoHandlerInput {
  departmentId: string;
  officialId?: string | undefined;
  /** `YYYY-MM-DD`; without it, three working days after day 0. */
  dueOn?: string | undefined;
}

/** Whom to make answerable. */
export interface AnswerableInput {
  departmentId: string;
  officialId: string;
  coHandlers?: readonly CoHandlerInput[] | undefined;
  note?: string | undefined;
}

/** The terms of an assignment. */
export interface AssignmentTerms {
  due: Deadline;
  limitWorkingDays: number | null;
  complexity: Complexity | null;
  /** No due date of it lies later: the final date of a campaign. */
  cap: Deadline | null;
  /** A claim is signed for by itself. */
  acknowledgedAt?: Date;
}

export interface NewAssignment {
  assignment: Assignment;
  coHandlers: CoHandler[];
  facts: AssignmentFacts;
  /** What it changes on the case or problem. */
  patch: Partial<LifecycleSubject>;
}

/** Writes the assignment by which `input` makes someone answerable for the open case or problem. */
export async function writeAssignment(
  open: OpenSubject,
  input: AnswerableInput,
  terms: AssignmentTerms,
  office: OfficeTime,
): Promise<NewAssignment> {
  const { tx, subject, now, calendar, actor } = open;
  const coHandlerInputs = input.coHandlers ?? [];
  const own = coHandlerInputs.flatMap(({ departmentId }, index) =>
    departmentId === input.departmentId
      ? [{ pointer: `/coHandlers/${index}/departmentId`, code: 'CO_HANDLER_LEADS' }]
      : [],
  );
  if (own.length > 0) throw new Refusal(400, 'ANSWERABLE_INVALID', {}, own);
  await checkAnswerable(tx, actor, [
    input,
    ...coHandlerInputs.map((coHandler, index) => ({
      departmentId: coHandler.departmentId,
      officialId: coHandler.officialId ?? null,
      pointer: `/coHandlers/${index}`,
    })),
  ]);
  const dayZeroOn = dayZeroOf(now, calendar, office);
  const assignment: Assignment = {
    id: uuidv7(),
    ...subjectColumns(subject),
    departmentId: input.departmentId,
    officialId: input.officialId,
    assignedAt: now,
    assignedBy: actor.kind === 'account' ? actor.accountId : null,
    complexity: terms.complexity,
    limitWorkingDays: terms.limitWorkingDays,
    dayZeroOn,
    acknowledgeBy: deadlineAfter(dayZeroOn, LIMITS.sign, calendar, office).at,
    acknowledgedAt: terms.acknowledgedAt ?? null,
    dueAt: terms.due.at,
    deadlineVersion: 1,
    isProvisional: terms.due.isProvisional,
    isFinal: subject.row.returnCount >= MOST_RETURNS,
    endedAt: null,
    endReason: null,
    note: input.note ?? null,
  };
  const coHandlers = coHandlerInputs.map((coHandler, index) => ({
    id: uuidv7(),
    assignmentId: assignment.id,
    departmentId: coHandler.departmentId,
    officialId: coHandler.officialId ?? null,
    dueAt: capped(
      coHandler.dueOn === undefined
        ? deadlineAfter(dayZeroOn, LIMITS.coHandler, calendar, office)
        : dueDate(coHandler.dueOn, `/coHandlers/${index}/dueOn`, now, calendar, office),
      terms.cap,
    ).at,
    deadlineVersion: 1,
    opinion: null,
    opinionAt: null,
  }));
  await bulkInsert(tx, 'assignments', [assignment]);
  await bulkInsert(tx, 'co_handlers', coHandlers);
  return { assignment, coHandlers, facts: factsOf(assignment), patch: patchOf(assignment, now) };
}

/** What an event says of an assignment. */
export const factsOf = (assignment: Assignment): AssignmentFacts => ({
  assignmentId: assignment.id,
  departmentId: assignment.departmentId,
  officialId: assignment.officialId,
  dayZeroOn: assignment.dayZeroOn,
  acknowledgeBy: assignment.acknowledgeBy.toISOString(),
  dueAt: assignment.dueAt.toISOString(),
  deadlineVersion: assignment.deadlineVersion,
  complexity: assignment.complexity,
});

const patchOf = (assignment: Assignment, now: Date): Partial<LifecycleSubject> => ({
  complexity: assignment.complexity,
  assignmentId: assignment.id,
  leadDepartmentId: assignment.departmentId,
  officialId: assignment.officialId,
  dueAt: assignment.dueAt,
  stoppedAt: null,
  isLateWhenStopped: false,
  assignBy: null,
  assignClockRunId: null,
  progressedAt: now,
});
