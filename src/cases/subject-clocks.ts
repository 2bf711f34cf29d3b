import type { ClocksChanged } from './case-changes.js';
import type { Case } from './case.entity.js';
import { runningClocks } from './deadlines/running-clocks.js';
import type { Problem } from './problem.entity.js';
import type { Dependents } from './subject-lock.js';

/** A case or problem with what its clocks hang on. */
export type ClockBearer = Dependents & ({ kind: 'case'; row: Case } | { kind: 'problem'; row: Problem });

/** The clocks that run on a case or problem as it is. */
export function subjectClocks(bearer: ClockBearer): ClocksChanged {
  const { kind, row, assignment, coHandlers, closureRequest } = bearer;
  return {
    subjectId: row.id,
    caseId: kind === 'case' ? row.id : row.caseId,
    problemId: kind === 'case' ? null : row.id,
    clocks: runningClocks({
      status: row.status,
      assignClockRunId: row.assignClockRunId,
      assignBy: row.assignBy,
      assignment,
      coHandlers,
      closureRequest,
    }),
  };
}
