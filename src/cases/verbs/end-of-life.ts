import type { EventDraft } from '../event-chain.js';
import { isLive, STATUSES } from '../lifecycle/states.js';
import type { Change, Effect, OpenSubject } from '../subject-desk.js';
import { lockProblemsOf } from '../subject-lock.js';
import { endAssignment } from './end-assignment.js';

const LIVE = STATUSES.filter(isLive);

/** Ends the life of a case or problem without closure: no clock of it runs any more. */
export async function endOf(
  open: OpenSubject,
  end: 'rejected' | 'terminated',
  event: EventDraft,
): Promise<Effect> {
  await endAssignment(open, end);
  return {
    event,
    patch: {
      dueAt: null,
      stoppedAt: null,
      isLateWhenStopped: false,
      assignBy: null,
      assignClockRunId: null,
      holdGround: null,
      reviewOn: null,
      ...(open.subject.kind === 'problem' ? { isHeldWithCase: false } : {}),
    },
    assignment: null,
    coHandlers: [],
    closureRequest: null,
  };
}

/** Live problems of a case that ends, ending with it; nothing for a problem. */
export async function terminateProblems(
  open: OpenSubject,
  payload: { ground: string; reason: string | null },
): Promise<Change[]> {
  if (open.subject.kind === 'problem') return [];
  const changes: Change[] = [];
  for (const subject of await lockProblemsOf(open.tx, open.subject.row, LIVE)) {
    const effect = await endOf({ ...open, subject }, 'terminated', { type: 'terminated', payload });
    changes.push({ subject, to: 'terminated', effect });
  }
  return changes;
}
