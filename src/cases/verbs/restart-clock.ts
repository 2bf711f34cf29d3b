import type { OfficeTime } from '../../calendar/office-time.js';
import type { Assignment } from '../assignment.entity.js';
import { giveBack } from '../deadlines/give-back.js';
import type { OpenSubject } from '../subject-desk.js';
import { inForce } from './in-force.js';

/** Starts a stopped handling clock again, giving back what was left: a new deadline version where the moment moves. */
export async function restartClock(
  { tx, subject, now, calendar }: Pick<OpenSubject, 'tx' | 'subject' | 'now' | 'calendar'>,
  office: OfficeTime,
): Promise<Assignment> {
  const assignment = inForce(subject);
  const { stoppedAt, isLateWhenStopped: wasLate } = subject.row;
  if (stoppedAt === null) return assignment;
  const due = giveBack({ dueAt: assignment.dueAt, stoppedAt, resumedAt: now, wasLate }, calendar, office);
  if (due === null) return assignment;
  const deadlineVersion = assignment.deadlineVersion + 1;
  await tx.query(
    'UPDATE assignments SET due_at = $2, deadline_version = $3, is_provisional = $4 WHERE id = $1',
    [assignment.id, due.at, deadlineVersion, due.isProvisional],
  );
  return { ...assignment, dueAt: due.at, deadlineVersion, isProvisional: due.isProvisional };
}
