import type { Case } from './case.entity.js';
import type { DistressType } from './lifecycle/states.js';
import type { LifecycleSubject } from './lifecycle-subject.js';
import type { Problem } from './problem.entity.js';

interface Beginning {
  id: string;
  number: string;
  reportingUnitId: string;
  reportedAt: Date;
  assignBy: Date;
  assignClockRunId: string;
}

/** A case or problem as it is when just reported: nobody answers for it yet, and the assign clock runs. */
function newSubject(beginning: Beginning): LifecycleSubject {
  return {
    ...beginning,
    status: 'reported',
    outcome: null,
    complexity: null,
    assignmentId: null,
    leadDepartmentId: null,
    officialId: null,
    dueAt: null,
    stoppedAt: null,
    isLateWhenStopped: false,
    resolvedAt: null,
    progressedAt: null,
    reopenCount: 0,
    returnCount: 0,
    holdGround: null,
    reviewOn: null,
    lastSequence: 0,
    lastHash: null,
    lastEventAt: beginning.reportedAt,
    version: 1,
  };
}

export const newCase = (
  beginning: Beginning,
  what: { enterpriseId: string; distressType: DistressType; note: string | null },
): Case => ({ ...newSubject(beginning), ...what, problemsTotal: 0, problemsOpen: 0 });

export const newProblem = (
  beginning: Beginning,
  what: Pick<Problem, 'caseId' | 'enterpriseId' | 'title' | 'description' | 'category' | 'cause'> &
    Partial<Pick<Problem, 'projectId' | 'claimUntil'>>,
): Problem => ({
  ...newSubject(beginning),
  projectId: null,
  claimUntil: null,
  ...what,
  isHeldWithCase: false,
});
