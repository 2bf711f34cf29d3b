import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OfficeTime } from '../calendar/office-time.js';
import { announcedDays } from '../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { CLOCKS, type RunningClock } from '../cases/deadlines/clocks.js';
import { DEFAULT_RUNGS, RECIPIENT_ROLES } from './ladder.js';
import { planRungs } from './plan-rungs.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const clock = (kind: RunningClock['kind'], deadlineAt: string): RunningClock => ({
  kind,
  runId: 'run',
  assignmentId: 'assignment',
  deadlineAt: new Date(deadlineAt),
  deadlineVersion: 1,
  complexity: null,
});
const days = (deadlineAt: string, now: string, kind: RunningClock['kind'] = 'handle') =>
  planRungs(clock(kind, deadlineAt), DEFAULT_RUNGS, new Date(now), calendar, office).map((rung) => [
    rung.code,
    office.dateOf(rung.firesAt),
    rung.isArmable,
  ]);

describe('the default ladder', () => {
  it('is the table of the domain page', () => {
    expect(
      DEFAULT_RUNGS.map((rung) => [rung.code, rung.offsetWorkingDays, rung.recipients.join(' ')]),
    ).toEqual([
      ['due_soon', -3, 'official'],
      ['due_today', 0, 'official liaison'],
      ['overdue', 1, 'official liaison paired_leader'],
      ['supervise', 5, 'head task_force'],
      ['escalate', 10, 'paired_leader head task_force'],
      ['expose', 15, 'task_force'],
      ['assign_overdue', 1, 'task_force'],
      ['sign_overdue', 1, 'liaison head'],
      ['co_handle_overdue', 1, 'co_handler'],
      ['verify_overdue', 1, 'verifier'],
    ]);
    expect(DEFAULT_RUNGS.filter((rung) => !rung.channels.includes('sms')).map((rung) => rung.code)).toEqual([
      'expose',
    ]);
  });

  it('names only roles that exist, and each rung of a clock once', () => {
    const keys = DEFAULT_RUNGS.map((rung) => `${rung.clock} ${rung.code}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const rung of DEFAULT_RUNGS)
      for (const role of rung.recipients) expect(RECIPIENT_ROLES).toContain(role);
  });

  it('has a rung on every clock', () => {
    expect(CLOCKS.every((kind) => DEFAULT_RUNGS.some((rung) => rung.clock === kind))).toBe(true);
  });
});

const armable = (now: string) => days('2021-11-05T18:00:00+08:00', now).map(([, , isArmable]) => isArmable);

describe('planRungs', () => {
  it('counts working days from the deadline, over the National Day holiday and its make-up days', () => {
    // 2021: 18 and 26 September are worked, 19–21 September and 1–7 October are not, 9 October is a worked Saturday.
    expect(days('2021-09-29T18:00:00+08:00', '2021-09-01T10:00:00+08:00')).toEqual([
      ['due_soon', '2021-09-26', true],
      ['due_today', '2021-09-29', true],
      ['overdue', '2021-09-30', true],
      ['supervise', '2021-10-12', true],
      ['escalate', '2021-10-19', true],
      ['expose', '2021-10-26', true],
    ]);
  });

  it('fires at 09:00 office time', () => {
    const [first] = planRungs(
      clock('sign', '2021-11-05T18:00:00+08:00'),
      DEFAULT_RUNGS,
      new Date(0),
      calendar,
      office,
    );
    expect(first?.firesAt.toISOString()).toBe('2021-11-08T01:00:00.000Z');
  });

  it('does not arm due_soon once its moment is past, and arms all the others', () => {
    expect(armable('2021-11-02T08:59:59+08:00')).toEqual([true, true, true, true, true, true]);
    expect(armable('2021-11-02T09:00:00+08:00')).toEqual([false, true, true, true, true, true]);
    expect(armable('2022-03-01T09:00:00+08:00')).toEqual([false, true, true, true, true, true]);
  });

  it('gives each clock its own rungs only', () => {
    const due = '2021-11-05T18:00:00+08:00';
    expect(days(due, due, 'assign')).toEqual([['assign_overdue', '2021-11-08', true]]);
    expect(days(due, due, 'verify')).toEqual([['verify_overdue', '2021-11-08', true]]);
    expect(days(due, due, 'co_handle')).toEqual([['co_handle_overdue', '2021-11-08', true]]);
  });

  it('takes the working day before for a deadline whose day became a holiday', () => {
    expect(days('2021-10-01T18:00:00+08:00', '2021-09-01T10:00:00+08:00').slice(0, 3)).toEqual([
      ['due_soon', '2021-09-27', true],
      ['due_today', '2021-09-30', true],
      ['overdue', '2021-10-08', true],
    ]);
  });

  it('always fires at 09:00 of a working day, in the order of the ladder', () => {
    const instants = fc.date({
      min: new Date('2019-01-01T00:00:00Z'),
      max: new Date('2029-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (deadlineAt, now) => {
        const rungs = planRungs({ kind: 'handle', deadlineAt }, DEFAULT_RUNGS, now, calendar, office);
        expect(rungs.map((rung) => rung.offsetWorkingDays)).toEqual([-3, 0, 1, 5, 10, 15]);
        for (const [place, rung] of rungs.entries()) {
          const on = office.dateOf(rung.firesAt);
          expect(calendar.isWorkingDay(on)).toBe(true);
          expect(rung.firesAt).toEqual(office.at(on, '09:00'));
          expect(rung.isArmable).toBe(place > 0 || rung.firesAt > now);
          const before = rungs[place - 1];
          if (before !== undefined) {
            const apart = rung.offsetWorkingDays - before.offsetWorkingDays;
            expect(calendar.between(office.dateOf(before.firesAt), on)).toBe(apart);
          }
        }
      }),
    );
  });
});
