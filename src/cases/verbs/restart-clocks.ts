import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { Assignment } from '../assignment.entity.js';
import type { CoHandlerDeadline } from '../case-events.js';
import type { CoHandler } from '../co-handler.entity.js';
import { giveBack } from '../deadlines/give-back.js';
import { isLate } from '../deadlines/overdue.js';
import type { Subject } from '../subject.js';
import { inForce } from './in-force.js';

/** A case or problem whose clocks stand still, and when they run again. */
export interface Stopped {
  subject: Subject;
  resumedAt: Date;
}

/** Its clocks, running again. */
export interface Restarted {
  assignment: Assignment;
  /** Those whose opinion is awaited, moved or not. */
  coHandlers: CoHandler[];
  /** What an event says of the co-handlers whose deadline moved; nothing where none did. */
  coHandlerFacts: { coHandlers?: CoHandlerDeadline[] };
}

/**
 * Starts stopped clocks again, giving back what was left of each: a new deadline version where the moment moves.
 * Answers in the order asked.
 */
export async function restartClocks(
  tx: Transaction,
  stopped: readonly Stopped[],
  calendar: WorkingCalendar,
  office: OfficeTime,
): Promise<Restarted[]> {
  const assignments: Assignment[] = [];
  const coHandlers: CoHandler[] = [];
  const restarted = stopped.map(({ subject, resumedAt }): Restarted => {
    const { stoppedAt, isLateWhenStopped } = subject.row;
    const assignment = inForce(subject);
    if (stoppedAt === null) return { assignment, coHandlers: subject.coHandlers, coHandlerFacts: {} };
    const given = (dueAt: Date, wasLate: boolean) =>
      giveBack({ dueAt, stoppedAt, resumedAt, wasLate }, calendar, office);
    const moved = subject.coHandlers.flatMap((coHandler) => {
      // It stood still with the handling clock, and was late or not by its own deadline.
      const due = given(coHandler.dueAt, isLate(coHandler.dueAt, stoppedAt));
      return due === null ? [] : [movedTo(coHandler, due.at)];
    });
    coHandlers.push(...moved);
    const due = given(assignment.dueAt, isLateWhenStopped);
    const running =
      due === null ? assignment : { ...movedTo(assignment, due.at), isProvisional: due.isProvisional };
    if (due !== null) assignments.push(running);
    return {
      assignment: running,
      coHandlers: subject.coHandlers.map((before) => moved.find(({ id }) => id === before.id) ?? before),
      coHandlerFacts: moved.length === 0 ? {} : { coHandlers: moved.map(factsOf) },
    };
  });
  await writeDeadlines(tx, 'co_handlers', coHandlers);
  await writeDeadlines(tx, 'assignments', assignments);
  return restarted;
}

type Dated = Pick<Assignment, 'id' | 'dueAt' | 'deadlineVersion'>;

const movedTo = <Of extends Dated>(dated: Of, dueAt: Date): Of => ({
  ...dated,
  dueAt,
  deadlineVersion: dated.deadlineVersion + 1,
});

const factsOf = ({ id, dueAt, deadlineVersion }: CoHandler): CoHandlerDeadline => ({
  coHandlerId: id,
  dueAt: dueAt.toISOString(),
  deadlineVersion,
});

async function writeDeadlines(
  tx: Transaction,
  table: 'assignments' | 'co_handlers',
  rows: ReadonlyArray<Dated & { isProvisional?: boolean }>,
): Promise<void> {
  if (rows.length === 0) return;
  const provisional = table === 'assignments' ? ', is_provisional = m.is_provisional' : '';
  await tx.query(
    `UPDATE ${table} t SET due_at = m.due_at, deadline_version = m.deadline_version${provisional}
       FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::boolean[])
         AS m (id, due_at, deadline_version, is_provisional)
      WHERE t.id = ANY ($1::uuid[]) AND t.id = m.id`,
    [
      rows.map(({ id }) => id),
      rows.map(({ dueAt }) => dueAt),
      rows.map(({ deadlineVersion }) => deadlineVersion),
      rows.map(({ isProvisional }) => isProvisional ?? null),
    ],
  );
}
