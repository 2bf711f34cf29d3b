import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { capped, dayZeroOf, deadlineAfter, deadlineOn } from './deadline.js';
import { LIMITS } from './limits.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const at = (text: string): Date => new Date(`${text}+08:00`);

describe('dayZeroOf', () => {
  it.each([
    ['2026-03-09T00:00', '2026-03-09', 'the first moment of a Monday'],
    ['2026-03-09T17:30', '2026-03-09', '17:30 itself'],
    ['2026-03-09T17:30:00.001', '2026-03-10', 'after 17:30'],
    ['2026-03-09T23:59', '2026-03-10', 'late at night'],
    ['2026-03-07T10:00', '2026-03-09', 'a Saturday'],
    ['2026-03-06T18:00', '2026-03-09', 'a Friday evening'],
    ['2026-02-14T10:00', '2026-02-14', 'a make-up Saturday'],
    ['2026-02-14T17:31', '2026-02-24', 'after 17:30 of a make-up Saturday before the Spring Festival'],
    ['2026-02-18T10:00', '2026-02-24', 'a weekday of the Spring Festival'],
    ['2027-01-01T10:00', '2027-01-04', 'New Year’s Day of an unknown year'],
  ])('%s → %s: %s', (assignedAt, dayZeroOn) => {
    expect(dayZeroOf(at(assignedAt), calendar, office)).toBe(dayZeroOn);
  });
});

describe('deadlineAfter', () => {
  it.each([
    ['2026-02-13', 1, '2026-02-14T18:00', false, 'on a make-up Saturday'],
    ['2026-02-14', LIMITS.sign, '2026-02-24T18:00', false, 'over the Spring Festival'],
    ['2026-11-23', LIMITS.handling.general, '2026-12-14T18:00', false, 'a general case'],
    ['2021-09-30', LIMITS.handling.simple, '2021-10-13T18:00', false, 'a simple case over National Day'],
    ['2026-12-25', 4, '2026-12-31T18:00', false, 'on the last confirmed day'],
    ['2026-12-25', 5, '2027-01-04T18:00', true, 'past the confirmed year'],
    ['2026-12-31', 1, '2027-01-04T18:00', true, 'never on New Year’s Day'],
  ])('%s + %s → %s, provisional %s: %s', (dayZeroOn, workingDays, dueAt, isProvisional) => {
    expect(deadlineAfter(dayZeroOn, workingDays, calendar, office)).toEqual({ at: at(dueAt), isProvisional });
  });

  it('is always 18:00 of a working day, with as many working days as given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_000 }), fc.integer({ min: 1, max: 60 }), (days, count) => {
        const dayZeroOn = plusDays('2005-01-01', days);
        const due = deadlineAfter(dayZeroOn, count, calendar, office);
        const on = office.dateOf(due.at);
        expect(calendar.isWorkingDay(on)).toBe(true);
        expect(due.at).toEqual(office.at(on, '18:00'));
        expect(calendar.between(dayZeroOn, on)).toBe(count);
      }),
    );
  });
});

describe('deadlineOn', () => {
  it.each([
    ['2026-03-09', '2026-03-09T18:00', false, 'a Monday'],
    ['2026-03-08', '2026-03-06T18:00', false, 'a Sunday: the Friday before'],
    ['2026-02-14', '2026-02-14T18:00', false, 'a make-up Saturday'],
    ['2026-02-20', '2026-02-14T18:00', false, 'in the Spring Festival: the make-up Saturday before'],
    ['2027-01-01', '2026-12-31T18:00', true, 'an unknown New Year’s Day: a confirmed day, by a guess'],
    ['2027-03-08', '2027-03-08T18:00', true, 'past the confirmed year'],
  ])('%s → %s, provisional %s: %s', (on, dueAt, isProvisional) => {
    expect(deadlineOn(on, calendar, office)).toEqual({ at: at(dueAt), isProvisional });
  });
});

describe('capped', () => {
  const deadline = (on: string, isProvisional = false) => ({ at: at(`${on}T18:00`), isProvisional });
  it.each([
    ['earlier than its cap', '2026-03-09', '2026-03-10', '2026-03-09'],
    ['later', '2026-03-11', '2026-03-10', '2026-03-10'],
    ['at it', '2026-03-10', '2026-03-10', '2026-03-10'],
  ])('%s', (_, on, cap, result) => {
    expect(capped(deadline(on), deadline(cap))).toEqual(deadline(result));
  });
  it('not at all, or by a day that is a guess', () => {
    expect(capped(deadline('2026-03-09'), null)).toEqual(deadline('2026-03-09'));
    expect(capped(deadline('2027-03-09', true), deadline('2026-12-31'))).toEqual(deadline('2026-12-31'));
  });
});
