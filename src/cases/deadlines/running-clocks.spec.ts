import { describe, expect, it } from '@jest/globals';
import { STATUSES, type Status } from '../lifecycle/states.js';
import type { ClockKind } from './clocks.js';
import { type ClockSource, runningClocks } from './running-clocks.js';

const assignBy = new Date('2026-03-04T10:00:00Z');
const acknowledgeBy = new Date('2026-03-05T10:00:00Z');
const opinionBy = new Date('2026-03-09T10:00:00Z');
const verifyBy = new Date('2026-03-20T10:00:00Z');
const dueAt = new Date('2026-03-25T10:00:00Z');

/** A case on which everything hangs that a clock could run on. */
const full: Omit<ClockSource, 'status'> = {
  assignClockRunId: 'report-event',
  assignBy,
  assignment: { id: 'assignment', acknowledgeBy, dueAt, deadlineVersion: 3, complexity: 'complex' },
  coHandlers: [
    { id: 'co-handler-1', dueAt: opinionBy, deadlineVersion: 1 },
    { id: 'co-handler-2', dueAt: opinionBy, deadlineVersion: 2 },
  ],
  closureRequest: { id: 'closure-request', verifyBy },
};
const bare: Omit<ClockSource, 'status'> = {
  assignClockRunId: null,
  assignBy: null,
  assignment: null,
  coHandlers: [],
  closureRequest: null,
};

const RUNNING: Record<Status, ClockKind[]> = {
  reported: ['assign'],
  assigned: ['sign', 'handle', 'co_handle', 'co_handle'],
  in_progress: ['handle', 'co_handle', 'co_handle'],
  verifying: ['verify'],
  on_hold: [],
  resolved: [],
  rejected: [],
  terminated: [],
};

describe('runningClocks', () => {
  it.each(STATUSES)('runs the clocks of %s and no other', (status) => {
    const kinds = runningClocks({ ...full, status }).map(({ kind }) => kind);
    expect(kinds).toEqual(RUNNING[status]);
  });

  it.each(STATUSES)('runs none in %s where nothing hangs on the case', (status) => {
    expect(runningClocks({ ...bare, status })).toEqual([]);
  });

  it('runs the assign clock on the report or return, without an assignment', () => {
    expect(runningClocks({ ...full, status: 'reported' })).toEqual([
      { kind: 'assign', runId: 'report-event', assignmentId: null, deadlineAt: assignBy, deadlineVersion: 1, complexity: null },
    ]);
    expect(runningClocks({ ...full, assignBy: null, status: 'reported' })).toEqual([]);
  });

  it('runs sign-for and handling on the assignment, each with its own version', () => {
    const ofAssignment = { runId: 'assignment', assignmentId: 'assignment', complexity: 'complex' };
    expect(runningClocks({ ...full, coHandlers: [], status: 'assigned' })).toEqual([
      { kind: 'sign', ...ofAssignment, deadlineAt: acknowledgeBy, deadlineVersion: 1 },
      { kind: 'handle', ...ofAssignment, deadlineAt: dueAt, deadlineVersion: 3, complexity: 'complex' },
    ]);
  });

  it('runs one clock for each co-handler whose opinion is awaited', () => {
    const [, first, second] = runningClocks({ ...full, status: 'in_progress' });
    const common = {
      kind: 'co_handle',
      assignmentId: 'assignment',
      deadlineAt: opinionBy,
      complexity: 'complex',
    };
    expect(first).toEqual({ ...common, runId: 'co-handler-1', deadlineVersion: 1 });
    expect(second).toEqual({ ...common, runId: 'co-handler-2', deadlineVersion: 2 });
  });

  it('runs the verifier’s clock on the closure request', () => {
    const verify = { kind: 'verify', runId: 'closure-request', deadlineAt: verifyBy, deadlineVersion: 1 };
    expect(runningClocks({ ...full, status: 'verifying' })).toEqual([
      { ...verify, assignmentId: 'assignment', complexity: 'complex' },
    ]);
    expect(runningClocks({ ...full, assignment: null, status: 'verifying' })).toEqual([
      { ...verify, assignmentId: null, complexity: null },
    ]);
  });
});
