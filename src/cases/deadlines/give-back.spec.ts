import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { giveBack } from './give-back.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const at = (text: string): Date => new Date(`${text}+08:00`);
const given = (dueAt: string, stoppedAt: string, resumedAt: string, wasLate = false) =>
  giveBack(
    { dueAt: at(dueAt), stoppedAt: at(stoppedAt), resumedAt: at(resumedAt), wasLate },
    calendar,
    office,
  );

describe('giveBack', () => {
  it('gives the days left after the day of entry, after the day of leaving', () => {
    expect(given('2026-03-20T18:00', '2026-03-16T10:00', '2026-03-25T10:00')).toEqual({
      at: at('2026-03-31T18:00'),
      isProvisional: false,
    });
  });

  it('gives one day at least: stopped on the due day', () => {
    expect(given('2026-03-20T18:00', '2026-03-20T17:59', '2026-03-24T10:00')?.at).toEqual(
      at('2026-03-25T18:00'),
    );
  });

  it('counts make-up Saturdays and leaves out the Spring Festival', () => {
    expect(given('2026-02-13T18:00', '2026-02-11T10:00', '2026-02-13T10:00')?.at).toEqual(
      at('2026-02-24T18:00'),
    );
  });

  it('leaves due and version when it was late on entry', () => {
    expect(given('2026-03-20T18:00', '2026-03-23T10:00', '2026-03-25T10:00', true)).toBeNull();
  });

  it('leaves due and version when it stood still for no day', () => {
    expect(given('2026-03-20T18:00', '2026-03-16T10:00', '2026-03-16T16:00')).toBeNull();
  });

  it('counts a day not worked as no day', () => {
    expect(given('2026-03-20T18:00', '2026-03-13T10:00', '2026-03-15T16:00')).toBeNull();
  });

  it('marks what comes to lie past the confirmed calendar', () => {
    expect(given('2026-12-25T18:00', '2026-12-21T10:00', '2026-12-29T10:00')).toEqual({
      at: at('2027-01-05T18:00'),
      isProvisional: true,
    });
  });

  it('moves the due date by the working days it stood still, and never to an earlier one', () => {
    const days = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_500 }), days, days, (start, toDue, toResume) => {
        const stoppedOn = plusDays('2005-01-01', start);
        const dueOn = calendar.onOrAfter(plusDays(stoppedOn, toDue));
        const resumedOn = plusDays(stoppedOn, toResume);
        const dueAt = office.at(dueOn, '18:00');
        const stop = {
          dueAt,
          stoppedAt: office.at(stoppedOn, '09:00'),
          resumedAt: office.at(resumedOn, '10:00'),
        };
        const newDueOn = office.dateOf(
          (giveBack({ ...stop, wasLate: false }, calendar, office) ?? { at: dueAt }).at,
        );
        const left = Math.max(1, calendar.between(stoppedOn, dueOn));
        expect(newDueOn >= dueOn).toBe(true);
        expect(calendar.between(resumedOn, newDueOn)).toBe(left);
      }),
    );
  });
});
