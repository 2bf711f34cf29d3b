/** How often each number occurs. */
export type Histogram = ReadonlyMap<number, number>;

export function histogramOf(numbers: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

/** Of an even count the mean of the two in the middle; `null` of nothing. Whole numbers give whole or half ones. */
export function medianOf(histogram: Histogram): number | null {
  const total = totalOf(histogram);
  if (total === 0) return null;
  return (nth(histogram, Math.ceil(total / 2)) + nth(histogram, Math.floor(total / 2) + 1)) / 2;
}

/** The least number that nine in ten do not pass; `null` of nothing. */
export function ninetiethPercentileOf(histogram: Histogram): number | null {
  const total = totalOf(histogram);
  // In whole numbers: 0.9 is not a binary fraction.
  return total === 0 ? null : nth(histogram, Math.ceil((total * 9) / 10));
}

export const totalOf = (histogram: Histogram): number =>
  [...histogram.values()].reduce((sum, count) => sum + count, 0);

/** The n-th in order, from 1. */
function nth(histogram: Histogram, n: number): number {
  let passed = 0;
  for (const [number, count] of [...histogram].toSorted(([one], [other]) => one - other)) {
    passed += count;
    if (passed >= n) return number;
  }
  throw new RangeError(`there are not ${n} numbers`);
}
