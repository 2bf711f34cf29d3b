import { dividedBy, type Fraction, fraction, minusToZero, plus, times } from './fraction.js';
import type { RawCounts } from './raw-counts.js';

/** Raised whenever the terms, their weights or the penalty change: an issue names the one it was scored by. */
export const SCORE_VERSION = 1;

/** Weights out of 100. On time and closed weigh most: a case counts when it is really solved, and by its day. */
const TERMS: ReadonlyArray<readonly [weight: bigint, rate: (counts: RawCounts) => Fraction | null]> = [
  [40n, (counts) => fraction(counts.closedOnTime, counts.cumulativeResolved + counts.overdue)],
  [25n, (counts) => fraction(counts.cumulativeResolved, counts.cumulativeAssigned - counts.terminatedSoFar)],
  [20n, (counts) => fraction(counts.satisfiedToDate, counts.ratedToDate)],
  [10n, (counts) => fraction(counts.signedInTimeToDate, counts.signForsToDate)],
  // 1 − sentBack ÷ (resolved + sentBack)
  [5n, (counts) => fraction(counts.resolved, counts.resolved + counts.sentBack)],
];
const OVERDUE_PENALTY = 10n;

/** 0 to 100, unrounded; `null` when there is nothing to score. A term without a denominator drops out of the weights. */
export function scoreOf(counts: RawCounts): Fraction | null {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  let weights = 0n;
  for (const [weight, rate] of TERMS) {
    const value = rate(counts);
    if (value === null) continue;
    sum = plus(sum, times(value, weight));
    weights += weight;
  }
  if (weights === 0n) return null;
  const outOf100 = dividedBy(times(sum, 100n), weights);
  const overdue = fraction(counts.overdue, counts.closing);
  return overdue === null ? outOf100 : minusToZero(outOf100, times(overdue, OVERDUE_PENALTY));
}
