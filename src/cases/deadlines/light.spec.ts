import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { lightMarksAt, lightOf, type LitSubject } from './light.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-16T10:00');
const base: LitSubject = {
  status: 'in_progress',
  dueAt: at('2026-03-27T18:00'),
  assignBy: null,
  stoppedAt: null,
  isLateWhenStopped: false,
  progressedAt: at('2026-03-13T10:00'),
};
const stopped = { stoppedAt: at('2026-03-12T10:00') };
const reported = { status: 'reported', dueAt: null, progressedAt: null } as const;

describe('lightOf', () => {
  it.each<[string, Partial<LitSubject>, string | null]>([
    ['in time', {}, 'green'],
    ['assigned and in time', { status: 'assigned' }, 'green'],
    ['past due', { dueAt: at('2026-03-16T09:59') }, 'red'],
    ['due this moment', { dueAt: now }, 'yellow'],
    ['three working days left', { dueAt: at('2026-03-19T18:00') }, 'yellow'],
    ['four working days left', { dueAt: at('2026-03-20T18:00') }, 'green'],
    ['silent for seven days', { progressedAt: at('2026-03-09T10:00') }, 'yellow'],
    ['silent for a moment less', { progressedAt: at('2026-03-09T10:00:00.001') }, 'green'],
    ['nothing known of its progress', { progressedAt: null }, 'green'],
    [
      'on hold, also when silent and nearly due',
      { status: 'on_hold', ...stopped, progressedAt: at('2026-01-05T10:00') },
      'grey',
    ],
    ['on hold, past due since', { status: 'on_hold', ...stopped, dueAt: at('2026-03-13T18:00') }, 'grey'],
    ['on hold, late on entry', { status: 'on_hold', ...stopped, isLateWhenStopped: true }, 'red'],
    [
      'verified, asked for in time',
      { status: 'verifying', ...stopped, dueAt: at('2026-03-13T18:00') },
      'green',
    ],
    ['verified, late on entry', { status: 'verifying', ...stopped, isLateWhenStopped: true }, 'red'],
    ['reported, to be assigned', { ...reported, assignBy: at('2026-03-17T18:00') }, 'green'],
    ['reported, not assigned in time', { ...reported, assignBy: at('2026-03-13T18:00') }, 'red'],
    ['reported without an assign clock', reported, 'green'],
    ['resolved', { status: 'resolved' }, null],
    ['rejected', { status: 'rejected' }, null],
    ['terminated', { status: 'terminated', dueAt: at('2026-03-01T18:00') }, null],
  ])('%s', (_, differs, light) => {
    expect(lightOf({ ...base, ...differs }, lightMarksAt(now, calendar, office))).toBe(light);
  });

  it('counts make-up Saturdays among the days left', () => {
    const marks = lightMarksAt(at('2026-02-11T10:00'), calendar, office);
    const subject = { ...base, progressedAt: at('2026-02-11T09:00') };
    expect(lightOf({ ...subject, dueAt: at('2026-02-14T18:00') }, marks)).toBe('yellow');
    expect(lightOf({ ...subject, dueAt: at('2026-02-24T18:00') }, marks)).toBe('green');
  });

  it('is yellow exactly when three or fewer working days are left', () => {
    const days = fc.integer({ min: 0, max: 7_000 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (start, ahead) => {
        const on = plusDays('2005-01-01', start);
        const dueOn = calendar.onOrAfter(plusDays(on, ahead));
        const moment = office.at(on, '12:00');
        const subject = { ...base, progressedAt: moment, dueAt: office.at(dueOn, '18:00') };
        const expected = calendar.between(on, dueOn) <= 3 ? 'yellow' : 'green';
        expect(lightOf(subject, lightMarksAt(moment, calendar, office))).toBe(expected);
      }),
    );
  });
});
