import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { type CampaignAim, paceOf } from './pace.js';

const calendar = WorkingCalendar.of(announcedDays());

// 2021: 18 and 26 September and 9 October are worked; 19 to 21 September and 1 to 7 October are not.
const AUTUMN: CampaignAim = { target: 245, startsOn: '2021-09-13', finalOn: '2021-10-31' };

describe('paceOf', () => {
  it.each([
    ['the day before its start', '2021-09-12', 0, 0],
    ['long before', '2020-01-01', 0, 0],
    ['its first day', '2021-09-13', 1, 7.9],
    // 13 to 18 September.
    ['after a make-up Saturday', '2021-09-18', 6, 47.4],
    ['in the Mid-Autumn Festival', '2021-09-20', 6, 47.4],
    // And 22, 23, 24, 26 to 30 September.
    ['before the October holiday', '2021-09-30', 14, 110.6],
    ['at its end', '2021-10-07', 14, 110.6],
    // And 8, 9, 11 to 15, 18 to 22, 25 to 29 October.
    ['the last working day', '2021-10-29', 31, 245],
    ['the day before the final date, a Saturday', '2021-10-30', 31, 245],
    ['the final date', '2021-10-31', 31, 245],
    ['past it', '2022-05-04', 31, 245],
  ])('on %s', (_, on, elapsedWorkingDays, expected) => {
    expect(paceOf(AUTUMN, 0, on, calendar)).toEqual({
      elapsedWorkingDays,
      totalWorkingDays: 31,
      expected,
      isBehind: expected > 0,
    });
  });

  it.each([
    ['2021-09-13', 7, true],
    ['2021-09-13', 8, false],
    ['2021-10-31', 244, true],
    ['2021-10-31', 245, false],
    ['2022-05-04', 300, false],
  ])('on %s with %d reached: behind is %s', (on, reached, isBehind) => {
    expect(paceOf(AUTUMN, reached, on, calendar)).toMatchObject({ isBehind });
  });

  it('expects 2.45, shown as 2.5, of a target of 7 after 7 of 20 working days', () => {
    // 20 working days, and 7 of them through 10 March.
    const aim = { target: 7, startsOn: '2026-03-01', finalOn: '2026-03-27' };
    const pace = (reached: number) => paceOf(aim, reached, '2026-03-10', calendar);
    expect(pace(2)).toEqual({
      elapsedWorkingDays: 7,
      totalWorkingDays: 20,
      expected: 2.5,
      isBehind: true,
    });
    expect(pace(3).isBehind).toBe(false);
  });

  it('without a working day expects nothing before its last day, and then the whole target', () => {
    const holiday = { target: 10, startsOn: '2021-10-02', finalOn: '2021-10-05' };
    const nothing = { elapsedWorkingDays: 0, totalWorkingDays: 0 };
    expect(paceOf(holiday, 0, '2021-10-04', calendar)).toEqual({ ...nothing, expected: 0, isBehind: false });
    expect(paceOf(holiday, 9, '2021-10-05', calendar)).toEqual({ ...nothing, expected: 10, isBehind: true });
    expect(paceOf(holiday, 10, '2021-10-09', calendar)).toEqual({
      ...nothing,
      expected: 10,
      isBehind: false,
    });
  });

  it('of one day expects the whole target on it', () => {
    const aim = { target: 3, startsOn: '2021-11-01', finalOn: '2021-11-01' };
    expect(paceOf(aim, 2, '2021-10-31', calendar)).toMatchObject({ expected: 0, isBehind: false });
    expect(paceOf(aim, 2, '2021-11-01', calendar)).toMatchObject({ expected: 3, isBehind: true });
  });

  it('never falls, never passes the target, and what is on its line is not behind', () => {
    const days = fc.integer({ min: 0, max: 400 });
    const start = fc.integer({ min: 0, max: 5_000 }).map((day) => plusDays('2008-01-01', day));
    fc.assert(
      fc.property(
        start,
        days,
        days,
        fc.integer({ min: 1, max: 1_000 }),
        (startsOn, length, after, target) => {
          const aim = { target, startsOn, finalOn: plusDays(startsOn, length) };
          const on = plusDays(startsOn, after - 100);
          const today = paceOf(aim, 0, on, calendar);
          const tomorrow = paceOf(aim, 0, plusDays(on, 1), calendar);
          expect(tomorrow.expected).toBeGreaterThanOrEqual(today.expected);
          expect(today.expected).toBeLessThanOrEqual(target);
          expect(paceOf(aim, Math.ceil(today.expected), on, calendar).isBehind).toBe(
            Math.ceil(today.expected) * today.totalWorkingDays < target * today.elapsedWorkingDays &&
              on < aim.finalOn,
          );
        },
      ),
    );
  });
});
