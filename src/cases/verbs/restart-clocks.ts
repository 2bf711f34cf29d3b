import type { OfficeTime } from '../../calendar/office-time.js';
import type { Assignment } from '../assignment.entity.js';
import type { CoHandlerDeadline } from '../case-events.js';
import type { CoHandler } from '../co-handler.entity.js';
import { giveBack } from '../deadlines/give-back.js';
import { isLate } from '../deadlines/overdue.js';
import type { OpenSubject } from '../subject-desk.js';
import { inForce } from './in-force.js';

type StoppedSubject = Pick<OpenSubject, 'tx' | 'subject' | 'now' | 'calendar'>;

/** The clocks of an assignment, running again. */
export interface Restarted {
  assignment: Assignment;
  /** Those whose opinion is awaited, moved or not. */
  coHandlers: CoHandler[];
  /** What an event says of the co-handlers whose deadline moved; nothing where none did. */
  coHandlerFacts: { coHandlers?: CoHandlerDeadline[] };
}

/** Starts stopped clocks again, giving back what was left of each: a new deadline version where the moment moves. */
export async function restartClocks(open: StoppedSubject, office: OfficeTime): Promise<Restarted> {
  const { stoppedAt } = open.subject.row;
  if (stoppedAt === null)
    return { assignment: inForce(open.subject), coHandlers: open.subject.coHandlers, coHandlerFacts: {} };
  const assignment = await restartHandling(open, stoppedAt, office);
  return { assignment, ...(await restartCoHandlers(open, stoppedAt, office)) };
}

async function restartHandling(
  { tx, subject, now, calendar }: StoppedSubject,
  stoppedAt: Date,
  office: OfficeTime,
): Promise<Assignment> {
  const assignment = inForce(subject);
  const wasLate = subject.row.isLateWhenStopped;
  const due = giveBack({ dueAt: assignment.dueAt, stoppedAt, resumedAt: now, wasLate }, calendar, office);
  if (due === null) return assignment;
  const deadlineVersion = assignment.deadlineVersion + 1;
  await tx.query(
    'UPDATE assignments SET due_at = $2, deadline_version = $3, is_provisional = $4 WHERE id = $1',
    [assignment.id, due.at, deadlineVersion, due.isProvisional],
  );
  return { ...assignment, dueAt: due.at, deadlineVersion, isProvisional: due.isProvisional };
}

/** Their clocks stood still with the handling clock, and each was late or not by its own deadline. */
async function restartCoHandlers(
  { tx, subject, now, calendar }: StoppedSubject,
  stoppedAt: Date,
  office: OfficeTime,
): Promise<Omit<Restarted, 'assignment'>> {
  const moved: CoHandler[] = [];
  const coHandlers = subject.coHandlers.map((coHandler) => {
    const { dueAt, deadlineVersion } = coHandler;
    const stop = { dueAt, stoppedAt, resumedAt: now, wasLate: isLate(dueAt, stoppedAt) };
    const due = giveBack(stop, calendar, office);
    if (due === null) return coHandler;
    const given = { ...coHandler, dueAt: due.at, deadlineVersion: deadlineVersion + 1 };
    moved.push(given);
    return given;
  });
  if (moved.length === 0) return { coHandlers, coHandlerFacts: {} };
  await tx.query(
    `UPDATE co_handlers h SET due_at = m.due_at, deadline_version = m.deadline_version
       FROM unnest($1::uuid[], $2::timestamptz[], $3::int[]) AS m (id, due_at, deadline_version) WHERE h.id = m.id`,
    [
      moved.map(({ id }) => id),
      moved.map(({ dueAt }) => dueAt),
      moved.map(({ deadlineVersion }) => deadlineVersion),
    ],
  );
  const facts = moved.map(({ id, dueAt, deadlineVersion }) => ({
    coHandlerId: id,
    dueAt: dueAt.toISOString(),
    deadlineVersion,
  }));
  return { coHandlers, coHandlerFacts: { coHandlers: facts } };
}
