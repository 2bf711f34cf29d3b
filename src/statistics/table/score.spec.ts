import { describe, expect, it } from '@jest/globals';
import { roundHalfUp } from './fraction.js';
import { ranksOf } from './ranking.js';
import { noCounts, type RawCounts } from './raw-counts.js';
import { scoreOf } from './score.js';

const score = (counts: Partial<RawCounts>): number | null => {
  const exact = scoreOf({ ...noCounts(), ...counts });
  return exact === null ? null : roundHalfUp(exact, 2);
};

const row = (group: string, points: number | null, overdue = 0, cumulativeAssigned = 3) => ({
  group,
  score: points,
  overdue,
  cumulativeAssigned,
});

describe('the score', () => {
  it('weighs five rates', () => {
    const counts = {
      cumulativeAssigned: 10,
      cumulativeResolved: 4,
      terminatedSoFar: 2,
      closing: 4,
      overdue: 1,
      closedOnTime: 3,

      ratedToDate: 3,
      satisfiedToDate: 2,
      signForsToDate: 8,
      signedInTimeToDate: 7,
      resolved: 3,
      sentBack: 1,
    };
    // 40 × 3/5 + 25 × 4/8 + 20 × 2/3 + 10 × 7/8 + 5 × 3/4 − 10 × 1/4
    expect(score(counts)).toBe(59.83);
  });

  it('leaves out what has no denominator and scales the rest to 100', () => {
    expect(score({ cumulativeAssigned: 4, cumulativeResolved: 2, closing: 2, closedOnTime: 1 })).toBe(
      // (40 × 1/2 + 25 × 2/4) × 100/65
      50,
    );
    expect(score({ cumulativeAssigned: 3, closing: 3 })).toBe(0);
  });

  it('takes the rates to date, but what was sent back of the week', () => {
    const base = { cumulativeAssigned: 1, cumulativeResolved: 1, closedOnTime: 1 };
    expect(score({ ...base, rated: 1, satisfied: 0, signFors: 1, signedInTime: 0 })).toBe(100);
    expect(score({ ...base, sentBack: 1 })).toBe(92.86); // 65 × 100/70
  });

  it('takes ten points for all overdue, not below 0', () => {
    expect(score({ cumulativeAssigned: 3, closing: 3, overdue: 3 })).toBe(0);
    expect(
      score({ cumulativeAssigned: 2, cumulativeResolved: 1, closedOnTime: 1, closing: 1, overdue: 1 }),
    ).toBe(
      // (40 × 1/2 + 25 × 1/2) × 100/65 − 10
      40,
    );
  });

  it('is null where there is nothing to score', () => {
    expect(score({})).toBeNull();
  });
});

describe('ranks', () => {
  it('are dense, by score and then by fewer overdue', () => {
    const ranks = ranksOf([row('d', 50, 2), row('a', 90), row('b', 50, 1), row('c', 50, 1), row('e', 10)]);
    expect(Object.fromEntries(ranks)).toEqual({ a: 1, b: 2, c: 2, d: 3, e: 4 });
  });

  it('are not given without a score, or to fewer than three', () => {
    const ranks = ranksOf([row('none', null), row('few', 99, 0, 2), row('first', 1)]);
    expect(Object.fromEntries(ranks)).toEqual({ first: 1 });
  });
});
