import type { Complexity, Status } from '../lifecycle/states.js';
import type { RunningClock } from './clocks.js';

/** What the clocks of a case or problem are read from. */
export interface ClockSource {
  status: Status;
  assignClockRunId: string | null;
  assignBy: Date | null;
  assignment: {
    id: string;
    acknowledgeBy: Date;
    dueAt: Date;
    deadlineVersion: number;
    complexity: Complexity | null;
  } | null;
  /** Those whose opinion is still awaited. */
  coHandlers: ReadonlyArray<{ id: string; dueAt: Date; deadlineVersion: number }>;
  closureRequest: { id: string; verifyBy: Date } | null;
}

/** The clocks that run in a state. Holding and verifying stop the handling clock; nothing pauses silently. */
export function runningClocks(source: ClockSource): RunningClock[] {
  const { status, assignment } = source;
  const assignmentId = assignment?.id ?? null;
  const complexity = assignment?.complexity ?? null;
  const clocks: RunningClock[] = [];
  if (status === 'reported' && source.assignClockRunId !== null && source.assignBy !== null) {
    clocks.push({
      kind: 'assign',
      runId: source.assignClockRunId,
      assignmentId: null,
      deadlineAt: source.assignBy,
      deadlineVersion: 1,
      complexity: null,
    });
  }
  if (status === 'assigned' && assignment !== null) {
    clocks.push({
      kind: 'sign',
      runId: assignment.id,
      assignmentId,
      deadlineAt: assignment.acknowledgeBy,
      deadlineVersion: 1,
      complexity,
    });
  }
  if ((status === 'assigned' || status === 'in_progress') && assignment !== null) {
    const { dueAt: deadlineAt, deadlineVersion } = assignment;
    clocks.push({ kind: 'handle', runId: assignment.id, assignmentId, deadlineAt, deadlineVersion, complexity });
    for (const { id, dueAt, deadlineVersion: version } of source.coHandlers) {
      clocks.push({
        kind: 'co_handle',
        runId: id,
        assignmentId,
        deadlineAt: dueAt,
        deadlineVersion: version,
        complexity,
      });
    }
  }
  if (status === 'verifying' && source.closureRequest !== null) {
    const { id, verifyBy } = source.closureRequest;
    clocks.push({
      kind: 'verify',
      runId: id,
      assignmentId,
      deadlineAt: verifyBy,
      deadlineVersion: 1,
      complexity,
    });
  }
  return clocks;
}
