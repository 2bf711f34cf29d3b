import { Refusal } from '../../platform/errors/refusal.js';

/** What is counted, and added up for the total; every rate is made from these and from nothing else. */
const NONE = {
  opening: 0,
  assigned: 0,
  reopened: 0,
  transferredIn: 0,
  transferredOut: 0,
  resolved: 0,
  recovered: 0,
  solved: 0,
  explained: 0,
  unstated: 0,
  /** Of the closures of the period: reopened before its end. */
  undone: 0,
  terminated: 0,
  closing: 0,
  onHold: 0,
  overdue: 0,
  /** Of the overdue one that was due first; milliseconds since 1970. */
  firstOverdueDueAt: Infinity,
  longestOverdueWorkingDays: 0,
  cumulativeAssigned: 0,
  cumulativeResolved: 0,
  /** Closures by the end, each as often as it happened; reopenings likewise. */
  cumulativeClosures: 0,
  cumulativeReopened: 0,
  terminatedSoFar: 0,
  /** Of the resolved ones at the end: closed on time. */
  closedOnTime: 0,
  /** Of the closures of the week, in working days. */
  handlingDays: 0,
  /** Assignments whose sign-for time fell in the week, and those of them signed in time; the same to date. */
  signFors: 0,
  signedInTime: 0,
  signForsToDate: 0,
  signedInTimeToDate: 0,
  sentBack: 0,
  extended: 0,
  /** Closures rated in the week, and those of them with one of the upper three; the same to date. */
  rated: 0,
  satisfied: 0,
  ratedToDate: 0,
  satisfiedToDate: 0,
};

export type RawCounts = { [Count in keyof typeof NONE]: number };

const isCount = (name: string): name is keyof RawCounts => name in NONE;
const SUMMED = Object.keys(NONE)
  .filter(isCount)
  .filter((name) => name !== 'firstOverdueDueAt' && name !== 'longestOverdueWorkingDays');

export const noCounts = (): RawCounts => ({ ...NONE });

export const isNothing = (counts: RawCounts): boolean => SUMMED.every((name) => counts[name] === 0);

export function addUp(all: Iterable<RawCounts>): RawCounts {
  const sum = noCounts();
  for (const counts of all) {
    for (const name of SUMMED) sum[name] += counts[name];
    sum.firstOverdueDueAt = Math.min(sum.firstOverdueDueAt, counts.firstOverdueDueAt);
    sum.longestOverdueWorkingDays = Math.max(sum.longestOverdueWorkingDays, counts.longestOverdueWorkingDays);
  }
  return sum;
}

/**
 * That the total is the city's: in it, what was closed and is not closed at the end has been reopened. Not of a row: what
 * moves takes its standing along, but not what happened to it.
 * @throws Refusal 409 TABLE_NOT_RECONCILED
 */
export function requireTotal(total: RawCounts): void {
  requireReconciled('total', total);
  const isExplained =
    total.cumulativeClosures === total.cumulativeResolved + total.cumulativeReopened &&
    total.undone <= total.reopened;
  if (!isExplained) throw new Refusal(409, 'TABLE_NOT_RECONCILED', { row: 'total' });
}

/** @throws Refusal 409 TABLE_NOT_RECONCILED naming the row, when what came and went does not explain what is there. */
export function requireReconciled(row: string, counts: RawCounts): void {
  const cameAndStayed =
    counts.opening +
    counts.assigned +
    counts.reopened +
    counts.transferredIn -
    counts.resolved -
    counts.terminated -
    counts.transferredOut;
  const isExplained =
    cameAndStayed === counts.closing &&
    counts.cumulativeAssigned === counts.cumulativeResolved + counts.closing + counts.terminatedSoFar &&
    counts.resolved === counts.recovered + counts.solved + counts.explained + counts.unstated &&
    counts.undone >= 0 &&
    counts.undone <= counts.resolved;
  if (!isExplained) throw new Refusal(409, 'TABLE_NOT_RECONCILED', { row });
}
