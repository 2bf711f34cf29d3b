import { isLive } from './states.js';
import type { Asker, Refused, Snapshot } from './snapshot.js';

/** A condition of a line of the table: a refusal, or nothing. */
export type Guard = (subject: Snapshot, asker: Asker, now: Date) => Refused | undefined;

/** How often an assignment may come back before the next one is final. */
export const MOST_RETURNS = 2;

export const noOtherLiveCase: Guard = (subject) =>
  subject.hasOtherLiveCase ? { status: 409, code: 'LIVE_CASE_EXISTS' } : undefined;

/** A problem of a case lives no longer than its case, and none is added while the case is being verified. */
export const caseTakesProblems: Guard = (subject) => {
  if (subject.caseStatus === null) return undefined;
  if (!isLive(subject.caseStatus)) return { status: 409, code: 'CASE_NOT_LIVE' };
  if (subject.caseStatus === 'verifying') return { status: 409, code: 'CASE_BEING_VERIFIED' };
  return undefined;
};

/** After the window it is for the task force to find someone. */
export const withinClaimWindow: Guard = (subject, _asker, now) =>
  subject.claimUntil !== null && now > subject.claimUntil
    ? { status: 409, code: 'CLAIM_WINDOW_OVER' }
    : undefined;

export const beforeSignForTime: Guard = (subject, _asker, now) =>
  subject.assignment !== null && now > subject.assignment.acknowledgeBy
    ? { status: 409, code: 'SIGN_FOR_TIME_PASSED' }
    : undefined;

export const notFinal: Guard = (subject) =>
  subject.assignment?.isFinal === true || subject.returnCount >= MOST_RETURNS
    ? { status: 409, code: 'ASSIGNMENT_FINAL' }
    : undefined;

export const allProblemsClosed: Guard = (subject) =>
  subject.openProblems > 0 ? { status: 409, code: 'PROBLEMS_OPEN' } : undefined;

/** Separation of duties: nobody strikes off what he or his own department asked to have struck off. */
export const notTheRequester: Guard = (subject, asker) => {
  const request = subject.closureRequest;
  if (request === null) return undefined;
  const isSamePerson = request.requestedBy === asker.accountId;
  const isSameDepartment =
    request.requestedByDepartmentId !== null && request.requestedByDepartmentId === asker.departmentId;
  return isSamePerson || isSameDepartment ? { status: 403, code: 'REQUESTER_CANNOT_DECIDE' } : undefined;
};
