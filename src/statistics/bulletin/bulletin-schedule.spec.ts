import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OfficeTime } from '../../calendar/office-time.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { preparedFrom, weeksDue } from './bulletin-schedule.js';
import { parseWeek, weekOf } from '../week.js';

const office = new OfficeTime('Asia/Shanghai');
const off = (...days: string[]) => days.map((day) => ({ day, isWorking: false }));
const calendar = WorkingCalendar.of([
  ...off('2021-10-01', '2021-10-02', '2021-10-03', '2021-10-04', '2021-10-05', '2021-10-06', '2021-10-07'),
  { day: '2021-10-09', isWorking: true },
  ...off('2022-01-31', '2022-02-01', '2022-02-02', '2022-02-03', '2022-02-04'),
  ...off('2022-10-01'),
]);
const MONDAYS = { weekday: 1, time: '08:30' };
const at = (moment: string): Date => new Date(`${moment.replace(' ', 'T')}:00+08:00`);
const due = (moment: string): string[] => weeksDue(at(moment), MONDAYS, calendar, office);

describe('the week that is prepared', () => {
  it.each([
    ['2021-11-08 08:29', ['2021-W43']],
    ['2021-11-08 08:30', ['2021-W44']],
    ['2021-11-14 23:59', ['2021-W44']],
    ['2021-11-15 08:29', ['2021-W44']],
    ['2021-11-15 08:30', ['2021-W45']],
    // National Day: Friday is the first working day after it.
    ['2021-10-07 23:59', []],
    ['2021-10-08 08:30', ['2021-W39']],
    ['2021-10-11 08:30', ['2021-W39', '2021-W40']],
    // Spring Festival takes the whole week: two fall due at once.
    ['2022-02-06 23:59', []],
    ['2022-02-07 08:30', ['2022-W04', '2022-W05']],
    ['2022-01-03 08:30', ['2021-W52']],
  ])('at %s is %j', (moment, weeks) => {
    expect(due(moment)).toEqual(weeks);
  });

  it('is any day that the policy says', () => {
    const week = parseWeek('2021-W44');
    expect(preparedFrom(week, { weekday: 3, time: '17:00' }, calendar, office)).toEqual(
      at('2021-11-10 17:00'),
    );
  });

  it('is due for seven days from its moment on, and at no other time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.integer({ min: 1, max: 7 }),
        (minutes, weekday) => {
          const now = new Date(at('2021-09-01 00:00').getTime() + minutes * 60_000);
          const schedule = { weekday, time: '08:30' };
          const weeks = weeksDue(now, schedule, calendar, office);
          for (let back = 0; back < 5; back += 1) {
            const week = weekOf(office.dateOf(new Date(now.getTime() - back * 7 * 24 * 3_600_000)));
            const since = now.getTime() - preparedFrom(week, schedule, calendar, office).getTime();
            expect(weeks.includes(week.name)).toBe(since >= 0 && since < 7 * 24 * 3_600_000);
          }
        },
      ),
    );
  });
});
