import { describe, expect, it } from '@jest/globals';
import { month, outputs } from '../../../test/factories/month-figures.js';
import { judge } from './judge.js';
import type { MonthFigures, Stop } from './month-figures.js';
import { DEFAULT_PARAMETERS } from './parameters.js';

/** `2021-10 stalled nothing_produced` for each period, the last `count` of them. */
const told = (series: MonthFigures[], through: string, count: number, stops: Stop[] = []): string[] =>
  judge(series, stops, through, DEFAULT_PARAMETERS)
    .slice(-count)
    .map((judged) => `${judged.month} ${judged.status} ${judged.rule}`);
const only = (status: string, rule: string, ...months: string[]): string[] =>
  months.map((of) => `${of} ${status} ${rule}`);

/** All of a year at 100. */
const year = (of: number): MonthFigures[] => outputs(`${of}-01`, ...Array<number>(12).fill(100));
const y2020 = year(2020);

describe('stalled', () => {
  it.each([
    ['output 0 and no days', { outputValue: 0, productionDays: 0 }, 'stalled nothing_produced'],
    ['a month corrected below zero', { outputValue: -5, productionDays: 0 }, 'stalled nothing_produced'],
    ['stock was sold', { outputValue: 5, productionDays: 0 }, 'normal within_bounds'],
    ['it was tried out', { outputValue: 0, productionDays: 2 }, 'normal within_bounds'],
    ['output 0, days unknown', { outputValue: 0 }, 'unknown stall_undecided'],
    ['no days, output unknown', { productionDays: 0 }, 'unknown stall_undecided'],
    ['days alone', { productionDays: 18 }, 'normal within_bounds'],
    ['electricity alone', { electricity: 900 }, 'unknown no_figures'],
  ])('%s', (_, figures, expected) => {
    expect(told([month('2021-10', figures)], '2021-10', 1)).toEqual([`2021-10 ${expected}`]);
  });
});

describe('semi-stalled, two months running', () => {
  const low = { capacityUtilisation: 0.49 };
  it.each([
    ['by utilisation', [month('2021-09', low), month('2021-10', low)], 'semi_stalled half_idle'],
    [
      'just 50 % is not below',
      [month('2021-09', low), month('2021-10', { capacityUtilisation: 0.5 })],
      'normal within_bounds',
    ],
    ['one month alone', [month('2021-10', low)], 'normal within_bounds'],
    [
      'an unknown month breaks the run',
      [month('2021-08', low), month('2021-10', low)],
      'normal within_bounds',
    ],
    ['by output, half of last year', [...y2020, ...outputs('2021-09', 50, 50)], 'semi_stalled half_idle'],
    ['one by each', [...y2020, month('2021-09', low), ...outputs('2021-10', 50)], 'semi_stalled half_idle'],
    ['a firm with no last year', outputs('2021-09', 1, 1), 'normal within_bounds'],
    ['last year zero', [...outputs('2020-09', 0, 0), ...outputs('2021-09', 1, 1)], 'normal within_bounds'],
    [
      'last year below zero',
      [...outputs('2020-09', -10, -10), ...outputs('2021-09', 1, 1)],
      'normal within_bounds',
    ],
    [
      'last year unknown for one',
      [...outputs('2020-09', null, 100), ...outputs('2021-09', 10, 10)],
      'normal within_bounds',
    ],
  ])('%s', (_, series, expected) => {
    expect(told(series, '2021-10', 1)).toEqual([`2021-10 ${expected}`]);
  });

  it('runs over the end of the year, and January with February is one period of it', () => {
    const series = [
      ...year(2019),
      ...outputs('2020-01', ...Array<number>(11).fill(100), 50),
      ...outputs('2021-01', 50, 50),
    ];
    expect(told(series, '2021-02', 2)).toEqual([
      '2020-12 normal within_bounds',
      '2021-02 semi_stalled half_idle',
    ]);
  });
});

describe('reduced output', () => {
  it.each([
    ['80 % two months running', [80, 80], 'reduced_output output_below_last_year'],
    ['one of the two above', [80, 81], 'normal within_bounds'],
    ['half of one and 80 % of the next', [50, 80], 'reduced_output output_below_last_year'],
  ])('%s', (_, values, expected) => {
    expect(told([...y2020, ...outputs('2021-09', ...values)], '2021-10', 1)).toEqual([`2021-10 ${expected}`]);
  });

  it.each([
    ['90 % of the year to date', [90, 90, 90], 'reduced_output year_to_date_below'],
    ['a cent more', [90, 90.01, 90], 'normal within_bounds'],
    ['a month of it unknown', [90, 90, null, 90], 'normal within_bounds'],
    ['the first of it unknown', [null, 90, 90], 'normal within_bounds'],
  ])('%s', (_, values, expected) => {
    const through = `2021-0${values.length}`;
    expect(told([...y2020, ...outputs('2021-01', ...values)], through, 1)).toEqual([
      `${through} ${expected}`,
    ]);
  });

  it('counts the year to date from January, not over the end of the year', () => {
    const low = outputs('2020-10', 85, 85, 85);
    expect(
      told([...year(2019), ...year(2020).slice(0, 9), ...low, ...outputs('2021-01', 100, 100)], '2021-02', 2),
    ).toEqual(['2020-12 normal within_bounds', '2021-02 normal within_bounds']);
  });
});

describe('January and February', () => {
  const of = (...figures: MonthFigures[]): string[] => told([...y2020, ...figures], '2021-03', 2);
  const march = month('2021-03', { outputValue: 100, productionDays: 20 });
  const merged = (outputValue: number): MonthFigures =>
    month('2021-02', { coversMonths: 2, outputValue, productionDays: 40 });
  it.each([
    ['are added', [...outputs('2021-01', 150, 50), march], 'normal within_bounds'],
    [
      'are added, and too little',
      [...outputs('2021-01', 150, 20), march],
      'reduced_output year_to_date_below',
    ],
    ['come in one row', [merged(200), march], 'normal within_bounds'],
    ['come in one row, too little', [merged(170), march], 'reduced_output year_to_date_below'],
    ['are unknown where one of them is', [...outputs('2021-01', 150), march], 'unknown no_figures'],
    [
      'are what is known of each rather than the one row',
      [...outputs('2021-01', 100, 100), merged(10), march],
      'normal within_bounds',
    ],
    [
      'are the one row where one of them is unknown',
      [...outputs('2021-02', 50), merged(200), march],
      'normal within_bounds',
    ],
  ])('%s', (_, figures, expected) => {
    expect(of(...figures)[0]).toBe(`2021-02 ${expected}`);
  });

  it('are not judged before February is over', () => {
    expect(judge(outputs('2021-01', 0), [], '2021-01', DEFAULT_PARAMETERS)).toEqual([]);
    expect(told([...outputs('2020-12', 100), ...outputs('2021-01', 0)], '2021-01', 9)).toEqual([
      '2020-12 normal within_bounds',
    ]);
  });

  it('have their utilisation meant, their days added', () => {
    const halves = [
      month('2021-01', { capacityUtilisation: 0.2, productionDays: 10 }),
      month('2021-02', { capacityUtilisation: 0.7, productionDays: 12 }),
    ];
    expect(judge(halves, [], '2021-02', DEFAULT_PARAMETERS)).toMatchObject([
      { facts: { utilisation: 0.45, days: 22 } },
    ]);
  });
});

describe('stops on record', () => {
  const stop = (kind: Stop['kind'], fromMonth: string, toMonth: string | null): Stop => ({
    kind,
    fromMonth,
    toMonth,
  });
  const dead = outputs('2021-06', 0, 0, 0, 0);
  it('are not distress, from the first month through the last', () => {
    expect(told(dead, '2021-09', 4, [stop('planned', '2021-07', '2021-08')])).toEqual([
      '2021-06 stalled nothing_produced',
      ...only('normal', 'planned_stop', '2021-07', '2021-08'),
      '2021-09 stalled nothing_produced',
    ]);
    expect(told(dead, '2021-09', 2, [stop('seasonal', '2021-08', null)])).toEqual(
      only('normal', 'planned_stop', '2021-08', '2021-09'),
    );
  });

  it('of January alone are of the period', () => {
    expect(told(outputs('2021-01', 0, 0), '2021-02', 1, [stop('seasonal', '2020-12', '2021-01')])).toEqual([
      '2021-02 normal planned_stop',
    ]);
  });

  it('break a run, and count for nothing in the year to date', () => {
    const series = [...y2020, ...outputs('2021-01', 100, 100, 0, 75, 0, 75)];
    const stops = [stop('planned', '2021-03', '2021-03'), stop('planned', '2021-05', '2021-05')];
    // 350 of 400 in April's and June's months; 275 of 300 without June's.
    expect(told(series, '2021-06', 4, stops)).toEqual([
      '2021-03 normal planned_stop',
      '2021-04 normal within_bounds',
      '2021-05 normal planned_stop',
      '2021-06 reduced_output year_to_date_below',
    ]);
  });
});

describe('suspected by electricity', () => {
  const silent = (of: string, electricity: number, known: Partial<MonthFigures> = {}): MonthFigures =>
    month(of, { electricity, isReported: false, ...known });
  const sound = ['2021-04', '2021-05', '2021-06'].map((of) => silent(of, 1000));
  it.each([
    ['below a tenth, and no report', [...sound, silent('2021-07', 99)], 'suspected electricity_fell'],
    ['just a tenth', [...sound, silent('2021-07', 100)], 'unknown no_figures'],
    [
      'the enterprise has reported',
      [...sound, month('2021-07', { electricity: 99, outputValue: 10, productionDays: 9 })],
      'normal within_bounds',
    ],
    [
      'two months are too few for a baseline',
      [...sound.slice(1), silent('2021-07', 1)],
      'unknown no_figures',
    ],
    [
      'tax alone says it sold',
      [...sound, silent('2021-07', 99, { outputValue: 10 })],
      'suspected electricity_fell',
    ],
  ])('%s', (_, series, expected) => {
    expect(told(series, '2021-07', 1)).toEqual([`2021-07 ${expected}`]);
  });

  it('as long as it lasts: months in suspicion do not lower what they are compared with', () => {
    const fallen = ['2021-07', '2021-08', '2021-09', '2021-10'].map((of) => silent(of, 50));
    const judged = judge([...sound, ...fallen], [], '2021-10', DEFAULT_PARAMETERS);
    for (const one of judged.slice(-4))
      expect(one).toMatchObject({
        status: 'suspected',
        facts: { baseline: 1000, baselineMonths: ['2021-04', '2021-05', '2021-06'] },
      });
  });
});

describe('a revision', () => {
  it('that mends a past month changes what depends on it, and nothing before', () => {
    const before = [...y2020, ...outputs('2021-01', 100, 100, 75, 75, 100, 100)];
    const after = [...y2020, ...outputs('2021-01', 100, 100, 100, 75, 100, 100)];
    expect(told(before, '2021-06', 5)).toEqual([
      '2021-02 normal within_bounds',
      '2021-03 normal within_bounds',
      '2021-04 reduced_output output_below_last_year',
      '2021-05 reduced_output year_to_date_below',
      '2021-06 normal within_bounds',
    ]);
    expect(told(after, '2021-06', 5)).toEqual(
      only('normal', 'within_bounds', '2021-02', '2021-03', '2021-04', '2021-05', '2021-06'),
    );
  });

  it('that tells of a missing month ends the unknown', () => {
    expect(told(outputs('2021-08', 10, null, 10), '2021-10', 3)[1]).toBe('2021-09 unknown no_figures');
    expect(told(outputs('2021-08', 10, 0, 10), '2021-10', 3)[1]).toBe('2021-09 stalled nothing_produced');
  });
});
