import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from '../../calendar/office-time.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { type HandlingClock, isLate, isOverdue, overdueWorkingDays } from './overdue.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const at = (text: string): Date => new Date(`${text}+08:00`);
const dueAt = at('2026-03-20T18:00');

describe('isLate', () => {
  it('is in time at the due moment itself', () => {
    expect(isLate(dueAt, at('2026-03-20T18:00'))).toBe(false);
    expect(isLate(dueAt, at('2026-03-20T18:00:00.001'))).toBe(true);
  });
});

describe('isOverdue', () => {
  const now = at('2026-03-23T09:00');
  it.each<[HandlingClock & { now: Date }, boolean, string]>([
    [{ dueAt, stoppedAt: null, isLateWhenStopped: false, now }, true, 'a running clock past due'],
    [
      { dueAt, stoppedAt: null, isLateWhenStopped: false, now: dueAt },
      false,
      'a running clock at its due moment',
    ],
    [{ dueAt, stoppedAt: at('2026-03-20T17:00'), isLateWhenStopped: false, now }, false, 'stopped in time'],
    [
      { dueAt, stoppedAt: at('2026-03-20T19:00'), isLateWhenStopped: true, now },
      true,
      'late when it stopped',
    ],
    [{ dueAt: null, stoppedAt: null, isLateWhenStopped: false, now }, false, 'no handling clock'],
  ])('%# %j: %s, %s', (clock, expected) => {
    expect(isOverdue(clock)).toBe(expected);
  });
});

describe('overdueWorkingDays', () => {
  it.each([
    ['2026-03-20T18:00', '2026-03-22', 0, 'no working day since Friday'],
    ['2026-03-20T18:00', '2026-03-29', 5, 'a week'],
    ['2026-02-13T18:00', '2026-02-22', 1, 'the make-up Saturday before the Spring Festival'],
    ['2026-03-20T18:00', '2026-03-15', 0, 'not due yet'],
  ])('due %s, through %s: %s, %s', (due, throughOn, days) => {
    expect(overdueWorkingDays(at(due), throughOn, calendar, office)).toBe(days);
  });
});
