import type { Counts } from './plain-table.js';
import { Ratio } from './plain-ratio.js';

/** The columns of the domain page that are worked out from counts. */
export interface WorkedOut {
  closureRate: number | null;
  onTimeRate: number | null;
  meanHandlingWorkingDays: number | null;
  acknowledgedInTimeRate: number | null;
  satisfactionRate: number | null;
  score: number | null;
}

const RATE_DECIMALS = 4;

export function workedOut(counts: Counts): WorkedOut {
  const rate = (over: number, under: number): number | null =>
    Ratio.of(over, under)?.rounded(RATE_DECIMALS) ?? null;
  return {
    closureRate: rate(counts.cumulativeResolved, counts.cumulativeAssigned - counts.terminatedSoFar),
    onTimeRate: rate(counts.closedOnTime, counts.cumulativeResolved + counts.overdue),
    meanHandlingWorkingDays: Ratio.of(counts.handlingDays, counts.resolved)?.rounded(1) ?? null,
    acknowledgedInTimeRate: rate(counts.signedInTime, counts.signFors),
    satisfactionRate: rate(counts.satisfied, counts.rated),
    score: scoreOf(counts),
  };
}

function scoreOf(counts: Counts): number | null {
  const terms: ReadonlyArray<readonly [number, Ratio | null]> = [
    [40, Ratio.of(counts.closedOnTime, counts.cumulativeResolved + counts.overdue)],
    [25, Ratio.of(counts.cumulativeResolved, counts.cumulativeAssigned - counts.terminatedSoFar)],
    [20, Ratio.of(counts.satisfiedToDate, counts.ratedToDate)],
    [10, Ratio.of(counts.signedInTimeToDate, counts.signForsToDate)],
    // One less what was sent back of what was decided.
    [5, Ratio.of(counts.resolved, counts.resolved + counts.sentBack)],
  ];
  let sum = Ratio.whole(0);
  let weights = 0;
  for (const [weight, term] of terms) {
    if (term === null) continue;
    sum = sum.plus(term.times(weight));
    weights += weight;
  }
  if (weights === 0) return null;
  const share = Ratio.of(counts.overdue, counts.closing) ?? Ratio.whole(0);
  const score = sum.times(100).dividedBy(weights).minus(share.times(10));
  return score.isNegative ? 0 : score.rounded(2);
}

interface Ranked {
  score: number | null;
  overdue: number;
  cumulativeAssigned: number;
}

const FEWEST = 3;

/** By score, then by how few are overdue; equals share a rank, and none is left out after them. */
export function ranksOf(rows: ReadonlyMap<string, Ranked>): Map<string, number> {
  const placeOf = ({ score, overdue }: Ranked): string => `${score} ${overdue}`;
  const ranked = [...rows].filter(
    ([, { score, cumulativeAssigned }]) => score !== null && cumulativeAssigned >= FEWEST,
  );
  const places = ranked
    .map(([, row]) => row)
    .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0) || one.overdue - other.overdue)
    .map(placeOf);
  const inOrder = [...new Set(places)];
  return new Map(ranked.map(([key, row]) => [key, inOrder.indexOf(placeOf(row)) + 1]));
}
