import type { Complexity } from '../lifecycle/states.js';

export const CLOCKS = ['assign', 'sign', 'handle', 'co_handle', 'verify'] as const;
export type ClockKind = (typeof CLOCKS)[number];

/** A clock that runs now. A run is one start of it and has its own deadline versions. */
export interface RunningClock {
  kind: ClockKind;
  /** assign: the report or return event; sign and handle: the assignment; co_handle: the co-handler; verify: the closure request. */
  runId: string;
  assignmentId: string | null;
  deadlineAt: Date;
  deadlineVersion: number;
  /** Of its assignment, by which the ladder is chosen; `null` where there is none, or it was given a date instead. */
  complexity: Complexity | null;
}
