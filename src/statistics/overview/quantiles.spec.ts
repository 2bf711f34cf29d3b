import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { histogramOf, medianOf, ninetiethPercentileOf, totalOf } from './quantiles.js';

describe('of some numbers', () => {
  it.each([
    ['nothing', [], null, null],
    ['one', [7], 7, 7],
    ['two', [3, 4], 3.5, 4],
    ['three, unordered', [9, 1, 5], 5, 9],
    ['four', [1, 2, 2, 10], 2, 10],
    ['ten', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5.5, 9],
    ['eleven', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
    ['the same', [4, 4, 4], 4, 4],
    ['negative ones', [-3, -1], -2, -1],
  ])('%s: median and the ninetieth percentile', (_, numbers, median, p90) => {
    const histogram = histogramOf(numbers);
    expect([medianOf(histogram), ninetiethPercentileOf(histogram)]).toEqual([median, p90]);
  });

  it('both are what a plain sort gives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 }), (numbers) => {
        const sorted = numbers.toSorted((one, other) => one - other);
        const at = (place: number): number => sorted[place] ?? NaN;
        const half = sorted.length / 2;
        const median = sorted.length % 2 === 0 ? (at(half - 1) + at(half)) / 2 : at(half - 0.5);
        const histogram = histogramOf(numbers);
        expect(medianOf(histogram)).toBe(median);
        const p90 = ninetiethPercentileOf(histogram) ?? NaN;
        const through = (limit: number) => numbers.filter((number) => number <= limit).length;
        expect(through(p90) * 10).toBeGreaterThanOrEqual(numbers.length * 9);
        expect(through(p90 - 1) * 10).toBeLessThan(numbers.length * 9);
        expect(totalOf(histogram)).toBe(numbers.length);
      }),
    );
  });
});
