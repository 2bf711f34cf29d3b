import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from '../calendar/office-time.js';
import { announcedDays } from '../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { dueRungs, type KnownReminder, nextSending } from './due-rungs.js';
import { DEFAULT_RUNGS } from './ladder.js';
import { planRungs } from './plan-rungs.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
/** Friday, 5 November 2021: `due_soon` on the 2nd, `overdue` on Monday the 8th, `supervise` on the 12th. */
const deadlineAt = new Date('2021-11-05T18:00:00+08:00');
const VERSION = 7;

const known = (rung: string, state: KnownReminder['state'], offsetWorkingDays: number): KnownReminder => ({
  rung,
  state,
  offsetWorkingDays,
  policyVersion: 1,
  firesAt: new Date('2021-11-02T09:00:00+08:00'),
});
const due = (now: string, ...reminders: KnownReminder[]) => {
  const moment = new Date(now);
  const planned = planRungs({ kind: 'handle', deadlineAt }, DEFAULT_RUNGS, moment, calendar, office);
  const { at } = nextSending(moment, calendar, office);
  return dueRungs(planned, VERSION, reminders, { now: moment, at }).map(
    ({ code, policyVersion }) => `${code} ${policyVersion}`,
  );
};

describe('dueRungs', () => {
  it('of a clock without reminders are those past and not before the deadline, the highest last', () => {
    expect(due('2021-11-08T10:00:00+08:00')).toEqual(['due_today 7', 'overdue 7']);
    expect(due('2021-11-03T10:00:00+08:00')).toEqual([]);
  });

  it('are those of the morning too, before it is nine', () => {
    expect(due('2021-11-08T07:00:00+08:00')).toEqual(['due_today 7', 'overdue 7']);
    expect(due('2021-11-02T08:30:00+08:00')).toEqual(['due_soon 7']);
    expect(due('2021-11-02T09:00:00+08:00')).toEqual([]);
  });

  it('never repeat what was recorded or superseded', () => {
    const before = [known('due_today', 'superseded', 0), known('overdue', 'recorded', 1)];
    expect(due('2021-11-08T10:00:00+08:00', ...before)).toEqual([]);
  });

  it('are not past ones below what was recorded', () => {
    expect(due('2021-11-08T10:00:00+08:00', known('edited', 'recorded', 4))).toEqual([]);
    expect(due('2021-11-08T10:00:00+08:00', known('edited', 'superseded', 4))).toHaveLength(2);
    expect(due('2021-11-12T10:00:00+08:00', known('edited', 'recorded', 4))).toEqual(['supervise 7']);
  });

  it('are cancelled ones that apply again, and armed ones under the version that they get', () => {
    const before = [known('due_today', 'armed', 0), known('overdue', 'cancelled', 1)];
    expect(due('2021-11-08T10:00:00+08:00', ...before)).toEqual(['due_today 7', 'overdue 7']);
  });

  it('are armed ones before the deadline that nobody found in time, as they were armed', () => {
    expect(due('2021-11-03T10:00:00+08:00', known('due_soon', 'armed', -3))).toEqual(['due_soon 1']);
    expect(due('2021-11-03T10:00:00+08:00', known('due_soon', 'cancelled', -3))).toEqual([]);
    // Armed for another day, by another ladder.
    expect(due('2021-11-03T10:00:00+08:00', known('due_soon', 'armed', -2))).toEqual([]);
  });
});

describe('nextSending', () => {
  it.each([
    ['in the morning', '2021-11-08T07:00:00+08:00', '2021-11-08', true, '2021-11-08T09:00:00+08:00'],
    ['between eight and nine', '2021-11-08T08:30:00+08:00', '2021-11-08', true, '2021-11-08T09:00:00+08:00'],
    ['in the day', '2021-11-08T15:00:00+08:00', '2021-11-08', true, '2021-11-08T15:00:00+08:00'],
    ['at night', '2021-11-08T21:00:00+08:00', '2021-11-09', false, '2021-11-09T09:00:00+08:00'],
    ['on a Saturday', '2021-11-13T10:00:00+08:00', '2021-11-15', false, '2021-11-15T09:00:00+08:00'],
    ['on a worked Saturday', '2021-10-09T10:00:00+08:00', '2021-10-09', true, '2021-10-09T10:00:00+08:00'],
  ])('%s', (_when, now, on, isToday, at) => {
    expect(nextSending(new Date(now), calendar, office)).toEqual({ on, isToday, at: new Date(at) });
  });
});
