import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inOneLine, MOST_ATTEMPTS, pauseAfter } from './outcome.js';

describe('pauseAfter', () => {
  it('doubles from five seconds to half an hour', () => {
    expect([1, 2, 3, 9, 10, 12].map((attempt) => pauseAfter(attempt, 1))).toEqual([
      5_000, 10_000, 20_000, 1_280_000, 1_800_000, 1_800_000,
    ]);
    expect(pauseAfter(1, 0)).toBe(2_500);
  });

  it('is spread by chance, and outlasts an hour in all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, chance) => {
          const longest = pauseAfter(attempt, 1);
          const pause = pauseAfter(attempt, chance);
          expect(pause).toBeGreaterThanOrEqual(longest / 2 - 1);
          expect(pause).toBeLessThanOrEqual(longest);
        },
      ),
    );
    const all = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, place) => pauseAfter(place + 1, 0));
    expect(all.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(3_000_000);
  });
});

describe('inOneLine', () => {
  it('takes away line breaks and keeps it short', () => {
    expect(inOneLine(' 550 no\r\nBcc: x \u0000')).toBe('550 no Bcc: x');
    expect(inOneLine('字'.repeat(400))).toHaveLength(300);
  });
});
