import { describe, expect, it } from '@jest/globals';
import { MOST_ATTEMPTS, pauseAfter, retryAfterMs } from './retry-schedule.js';

const HOUR = 3_600_000;

describe('pauses between attempts', () => {
  it('grow from five seconds to a day, and end', () => {
    const pauses = Array.from({ length: MOST_ATTEMPTS }, (_, made) => pauseAfter(made + 1, 0, null));
    expect(pauses).toEqual([
      5_000,
      300_000,
      1_800_000,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      null,
    ]);
  });

  it('are spread, never shortened', () => {
    expect(pauseAfter(1, 1, null)).toBe(6_000);
    expect(pauseAfter(2, 0.5, null)).toBe(330_000);
  });

  it('become as long as the portal asks, within a day', () => {
    expect(pauseAfter(1, 0, 120_000)).toBe(120_000);
    expect(pauseAfter(2, 0, 1_000)).toBe(300_000);
    expect(pauseAfter(1, 0, 100 * HOUR)).toBe(24 * HOUR);
    expect(pauseAfter(MOST_ATTEMPTS, 0, 1_000)).toBeNull();
  });
});

describe('Retry-After', () => {
  const now = new Date('2021-11-03T01:00:00Z');
  it.each([
    ['120', 120_000],
    ['Wed, 03 Nov 2021 01:02:00 GMT', 120_000],
    ['Wed, 03 Nov 2021 00:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1e3', null],
    ['Someday, GMT', null],
    [null, null],
  ])('%p', (header, expected) => expect(retryAfterMs(header, now)).toBe(expected));
});
