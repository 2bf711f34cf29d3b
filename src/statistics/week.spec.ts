import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../calendar/calendar-date.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Refusal } from '../platform/errors/refusal.js';
import { endOf, lastCompleteWeek, parseWeek, previousWeek, startOf, weekOf } from './week.js';

const office = new OfficeTime('Asia/Shanghai');

describe('a week', () => {
  it.each([
    ['2021-W44', '2021-11-01', '2021-11-07'],
    ['2021-W01', '2021-01-04', '2021-01-10'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
    ['2019-W01', '2018-12-31', '2019-01-06'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
  ])('%s is %s to %s', (name, mondayOn, sundayOn) => {
    expect(parseWeek(name)).toEqual({ name, mondayOn, sundayOn });
  });

  it.each([
    '2021-W53',
    '2021-W00',
    '2021-W54',
    '2021-W99',
    '2021-44',
    '2021-w44',
    '21-W44',
    '0099-W01',
    '9999-W52',
    '',
  ])('%p is none', (name) => {
    expect(() => parseWeek(name)).toThrow(new Refusal(404, 'WEEK_UNKNOWN', { week: name }));
  });

  it('runs from Monday 00:00 to Monday 00:00 in the office', () => {
    const week = parseWeek('2021-W44');
    expect(startOf(week, office).toISOString()).toBe('2021-10-31T16:00:00.000Z');
    expect(endOf(week, office).toISOString()).toBe('2021-11-07T16:00:00.000Z');
  });

  it('comes after another, over the end of a year too', () => {
    expect(previousWeek(parseWeek('2021-W44')).name).toBe('2021-W43');
    expect(previousWeek(parseWeek('2021-W01')).name).toBe('2020-W53');
  });

  it.each([
    ['2021-11-07T15:59:59.999Z', '2021-W43'],
    ['2021-11-07T16:00:00.000Z', '2021-W44'],
    ['2021-01-03T16:00:00.000Z', '2020-W53'],
  ])('the last complete one at %s is %s', (now, name) => {
    expect(lastCompleteWeek(new Date(now), office).name).toBe(name);
  });

  it('every day is in exactly one, which its name gives back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (days) => {
        const on = plusDays('1950-01-01', days);
        const week = weekOf(on);
        expect(week.mondayOn <= on && on <= week.sundayOn).toBe(true);
        expect(parseWeek(week.name)).toEqual(week);
        expect(previousWeek(week).sundayOn).toBe(plusDays(week.mondayOn, -1));
      }),
    );
  });
});
