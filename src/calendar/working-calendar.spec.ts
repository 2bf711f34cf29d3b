import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from './calendar-date.js';
import { announcedDays } from './state-council-calendar.js';
import { WorkingCalendar } from './working-calendar.js';

interface Vector {
  from: string;
  add: number;
  gives?: string;
  givesNot?: string;
  provisional?: boolean;
}
const fixture = new URL('../../test/fixtures/vectors.json', import.meta.url);
const { workingDays }: { workingDays: Vector[] } = JSON.parse(readFileSync(fixture, 'utf8'));

const calendar = WorkingCalendar.of(announcedDays());
const anyDay = fc.integer({ min: 0, max: 9_500 }).map((days) => plusDays('2003-01-01', days));
const anyCount = fc.integer({ min: 1, max: 300 });

describe('WorkingCalendar', () => {
  it.each(workingDays)('$from + $add working days', ({ from, add, gives, givesNot, provisional = false }) => {
    const on = calendar.add(from, add);
    if (gives !== undefined) expect(on).toBe(gives);
    expect(on).not.toBe(givesNot);
    expect(calendar.isConfirmed(on)).toBe(!provisional);
  });

  it.each([
    ['2026-02-14', true, 'a Saturday made up for the Spring Festival'],
    ['2026-01-04', true, 'a Sunday made up for New Year'],
    ['2026-02-16', false, 'a Monday of the Spring Festival'],
    ['2026-10-03', false, 'a Saturday of National Day'],
    ['2026-10-10', true, 'a Saturday made up for National Day'],
    ['2021-09-18', true, 'a Saturday made up for Mid-Autumn'],
    ['2026-03-07', false, 'a plain Saturday'],
    ['2026-03-09', true, 'a plain Monday'],
    ['2027-01-01', false, 'New Year’s Day of an unknown year, a Friday'],
    ['2029-01-01', false, 'New Year’s Day of an unknown year, a Monday'],
    ['2027-01-04', true, 'a plain Monday of an unknown year'],
    ['2027-01-02', false, 'a plain Saturday of an unknown year'],
  ])('%s is worked: %s, %s', (on, isWorking) => {
    expect(calendar.isWorkingDay(on)).toBe(isWorking);
  });

  it('adds nothing for 0, on a day not worked too', () => {
    expect(calendar.add('2026-02-15', 0)).toBe('2026-02-15');
  });

  it('finds the working day on or before and on or after', () => {
    expect(calendar.onOrBefore('2026-02-23')).toBe('2026-02-14');
    expect(calendar.onOrAfter('2026-02-15')).toBe('2026-02-24');
    expect(calendar.onOrBefore('2026-02-14')).toBe('2026-02-14');
    expect(calendar.onOrAfter('2026-02-14')).toBe('2026-02-14');
  });

  it('counts working days between dates, over a year’s end too', () => {
    expect(calendar.between('2026-02-13', '2026-02-24')).toBe(2);
    expect(calendar.between('2026-02-24', '2026-02-13')).toBe(0);
    expect(calendar.between('2026-02-24', '2026-02-24')).toBe(0);
    expect(calendar.between('2025-12-31', '2026-01-05')).toBe(2);
    expect(calendar.between('2024-12-31', '2026-12-31')).toBe(
      calendar.between('2024-12-31', '2025-12-31') + calendar.between('2025-12-31', '2026-12-31'),
    );
  });

  it('is confirmed to the end of the last year without a gap from the first', () => {
    expect(calendar.confirmedUntil).toBe('2026-12-31');
    const stated = ['2024-10-01', '2025-10-01', '2027-10-01'].map((day) => ({ day, isWorking: false }));
    expect(WorkingCalendar.of(stated).confirmedUntil).toBe('2025-12-31');
  });

  it('is not confirmed for a year of which one day is stated', () => {
    const stated = ['2026-10-01', '2027-01-01'].map((day) => ({ day, isWorking: false }));
    expect(WorkingCalendar.of(stated).isConfirmed('2027-01-01')).toBe(false);
  });

  it('confirms nothing when nothing is stated', () => {
    expect(WorkingCalendar.of([]).isConfirmed('2004-01-01')).toBe(false);
  });

  it.each(['2026-02-30', '2026-2-3', '2026-13-01', '', '2026-02-03T00:00:00Z'])(
    'refuses %p as a date',
    (on) => {
      expect(() => calendar.add(on, 1)).toThrow(RangeError);
    },
  );

  it.each([1.5, NaN, 10_001, -10_001])('refuses %p as a count', (count) => {
    expect(() => calendar.add('2026-01-01', count)).toThrow(RangeError);
  });

  it('counts back what it added, and goes back to the working day it came from', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (from, count) => {
        const on = calendar.add(from, count);
        expect(calendar.isWorkingDay(on)).toBe(true);
        expect(calendar.between(from, on)).toBe(count);
        expect(calendar.add(on, -count)).toBe(calendar.onOrBefore(from));
      }),
    );
  });

  it('counts as one day after the other would', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 900 }), (after, days) => {
        const through = plusDays(after, days);
        let counted = 0;
        for (let on = plusDays(after, 1); on <= through; on = plusDays(on, 1)) {
          if (calendar.isWorkingDay(on)) counted += 1;
        }
        expect(calendar.between(after, through)).toBe(counted);
      }),
    );
  });
});
