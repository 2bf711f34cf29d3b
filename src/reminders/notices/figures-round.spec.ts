import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { figuresRound } from './figures-round.js';

/** National days 2021: the first seven of October are off, Saturday the 9th is worked instead. */
const calendar = new WorkingCalendar(
  new Map([
    ...['01', '04', '05', '06', '07'].map((day) => [`2021-10-${day}`, false] as const),
    ['2021-10-09', true],
  ]),
  '2021-12-31',
);

describe('figuresRound', () => {
  it.each([
    ['2021-11-04', null],
    ['2021-11-05', { month: '2021-10', dueOn: '2021-11-12', isLastCall: false }],
    ['2021-11-11', { month: '2021-10', dueOn: '2021-11-12', isLastCall: true }],
    // On the day itself nobody could still bring them by working days.
    ['2021-11-12', null],
    ['2021-11-30', null],
    // The fifth is a Sunday.
    ['2021-12-05', null],
    ['2021-12-06', { month: '2021-11', dueOn: '2021-12-13', isLastCall: false }],
    // The last working day is a Friday; on the days off after it the round is open still.
    ['2021-12-11', { month: '2021-11', dueOn: '2021-12-13', isLastCall: true }],
    // The fifth is off, until Friday the 8th.
    ['2021-10-07', null],
    ['2021-10-08', { month: '2021-09', dueOn: '2021-10-14', isLastCall: false }],
    // January asks for the December before.
    ['2022-01-05', { month: '2021-12', dueOn: '2022-01-12', isLastCall: false }],
  ])('on %s is %j', (today, expected) => {
    expect(figuresRound(today, calendar)).toEqual(expected);
  });

  it('is open once in every month, on days that follow one another, for five working days', () => {
    const months = fc.record({
      year: fc.integer({ min: 2021, max: 2031 }),
      month: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(months, ({ year, month }) => {
        const days = Array.from(
          { length: 31 },
          (_day, index) => new Date(Date.UTC(year, month - 1, index + 1)),
        )
          .filter((day) => day.getUTCMonth() === month - 1)
          .map((day) => day.toISOString().slice(0, 10));
        const rounds = days.map((on) => figuresRound(on, calendar));
        const open = days.filter((_on, index) => rounds[index] !== null);
        const due = rounds.flatMap((round) => (round === null ? [] : [`${round.month} ${round.dueOn}`]));
        expect(new Set(due).size).toBe(1);
        expect(
          days.filter((on, index) => rounds[index]?.isLastCall && calendar.isWorkingDay(on)),
        ).toHaveLength(1);
        expect(open.filter((on) => calendar.isWorkingDay(on))).toHaveLength(5);
        const [first, last] = [days.indexOf(open[0] ?? ''), days.indexOf(open.at(-1) ?? '')];
        expect(last - first + 1).toBe(open.length);
      }),
    );
  });
});
