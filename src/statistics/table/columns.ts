import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { type Fraction, fraction, roundHalfUp } from './fraction.js';
import type { RawCounts } from './raw-counts.js';
import { scoreOf } from './score.js';

/** The figures of a row, in the order in which they are written. Rates are 0 to 1; `null` is an empty denominator. */
export interface WeeklyColumns {
  opening: number;
  assigned: number;
  reopened: number;
  transferredIn: number;
  transferredOut: number;
  resolved: number;
  /** Cases only. */
  recovered?: number;
  /** Problems only. */
  solved?: number;
  explained: number;
  unstated: number;
  terminated: number;
  closing: number;
  onHold: number;
  overdue: number;
  longestOverdueWorkingDays: number;
  cumulativeAssigned: number;
  cumulativeResolved: number;
  closureRate: number | null;
  onTimeRate: number | null;
  meanHandlingWorkingDays: number | null;
  acknowledgedInTimeRate: number | null;
  sentBack: number;
  extended: number;
  satisfactionRate: number | null;
  score: number | null;
  rank: number | null;
  rankChange: number | null;
  /** Of the closed, which is gross: not reopened by the end. */
  netResolved: number;
  /** Gross: every closure by the end, also of what was reopened; `cumulativeResolved` is net of it. */
  cumulativeClosures: number;
}

const rounded = (value: Fraction | null, decimals: number): number | null =>
  value === null ? null : roundHalfUp(value, decimals);
const rate = (part: number, whole: number): number | null => rounded(fraction(part, whole), 4);

export function columnsOf(counts: RawCounts, subject: SubjectKind): WeeklyColumns {
  return {
    opening: counts.opening,
    assigned: counts.assigned,
    reopened: counts.reopened,
    transferredIn: counts.transferredIn,
    transferredOut: counts.transferredOut,
    resolved: counts.resolved,
    ...(subject === 'case' ? { recovered: counts.recovered } : { solved: counts.solved }),
    explained: counts.explained,
    unstated: counts.unstated,
    terminated: counts.terminated,
    closing: counts.closing,
    onHold: counts.onHold,
    overdue: counts.overdue,
    longestOverdueWorkingDays: counts.longestOverdueWorkingDays,
    cumulativeAssigned: counts.cumulativeAssigned,
    cumulativeResolved: counts.cumulativeResolved,
    closureRate: rate(counts.cumulativeResolved, counts.cumulativeAssigned - counts.terminatedSoFar),
    onTimeRate: rate(counts.closedOnTime, counts.cumulativeResolved + counts.overdue),
    meanHandlingWorkingDays: rounded(fraction(counts.handlingDays, counts.resolved), 1),
    acknowledgedInTimeRate: rate(counts.signedInTime, counts.signFors),
    sentBack: counts.sentBack,
    extended: counts.extended,
    satisfactionRate: rate(counts.satisfied, counts.rated),
    score: rounded(scoreOf(counts), 2),
    rank: null,
    rankChange: null,
    netResolved: counts.resolved - counts.undone,
    cumulativeClosures: counts.cumulativeClosures,
  };
}
