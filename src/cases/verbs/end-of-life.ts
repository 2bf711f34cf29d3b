import type { EventDraft } from '../event-chain.js';
import { isLive, STATUSES } from '../lifecycle/states.js';
import type { Change, Effect, OpenSubject } from '../subject-desk.js';
import { lockProblemsOf } from '../subject-lock.js';
import type { Subject } from '../subject.js';
import { endAssignment, endAssignments } from './end-assignment.js';

const LIVE = STATUSES.filter(isLive);

/** Ends the life of a case or problem without closure: no clock of it runs any more. */
export async function endOf(
  open: OpenSubject,
  end: 'rejected' | 'terminated',
  event: EventDraft,
): Promise<Effect> {
  await endAssignment(open, end);
  return ended(open.subject, event);
}

/** Live problems of a case that ends, ending with it; nothing for a problem. */
export async function terminateProblems(
  { tx, subject, now }: OpenSubject,
  payload: { ground: string; reason: string | null },
): Promise<Change[]> {
  if (subject.kind === 'problem') return [];
  const problems = await lockProblemsOf(tx, subject.row, LIVE);
  await endAssignments(tx, problems, 'terminated', now);
  return problems.map((problem) => ({
    subject: problem,
    to: 'terminated',
    effect: ended(problem, { type: 'terminated', payload }),
  }));
}

const ended = ({ kind }: Subject, event: EventDraft): Effect => ({
  event,
  patch: {
    dueAt: null,
    stoppedAt: null,
    isLateWhenStopped: false,
    assignBy: null,
    assignClockRunId: null,
    holdGround: null,
    reviewOn: null,
    ...(kind === 'problem' ? { isHeldWithCase: false } : {}),
  },
  assignment: null,
  coHandlers: [],
  closureRequest: null,
});
