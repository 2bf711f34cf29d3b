import { describe, expect, it } from '@jest/globals';
import { month, outputs } from '../../../test/factories/month-figures.js';
import { baselineAt } from './baseline.js';
import { milestonesHeld, milestoneTurns } from './milestones.js';
import { missingFor } from './missing.js';
import type { MonthFigures, Stop } from './month-figures.js';
import { DEFAULT_PARAMETERS } from './parameters.js';
import { relapse } from './relapse.js';
import type { ProductionMilestone } from './statuses.js';
import { missingText, relapseText, turnText } from './words/wording.js';

const GIVEN = { givenOutput: 100 };
const MEANT = { givenOutput: null };
const days = (of: string, productionDays: number): MonthFigures => month(of, { productionDays });

const turns = (series: MonthFigures[], stops: Stop[] = [], since = '2021-04'): string[] =>
  milestoneTurns(series, stops, GIVEN, since, DEFAULT_PARAMETERS).map(
    ({ month: of, milestone, turn }) => `${of} ${turn} ${milestone}`,
  );

describe('milestones', () => {
  it.each([
    ['15 days in a month', [days('2021-05', 15)], ['2021-05 reached resumed']],
    ['14 days', [days('2021-05', 14)], []],
    ['not by the month of the distress itself', [days('2021-04', 30)], []],
    [
      'electricity at 30 % of its baseline',
      [
        ...['2021-01', '2021-02', '2021-03'].map((of) => month(of, { electricity: 1000 })),
        month('2021-05', { electricity: 300, productionDays: 3 }),
      ],
      ['2021-05 reached resumed'],
    ],
    [
      'and lost by a month that fails it',
      [days('2021-05', 15), days('2021-06', 3)],
      ['2021-05 reached resumed', '2021-06 lost resumed'],
    ],
    [
      'and kept through a month that is unknown',
      [days('2021-05', 15), days('2021-07', 15)],
      ['2021-05 reached resumed'],
    ],
    [
      '60 % two months running',
      outputs('2021-05', 60, 60),
      ['2021-05 reached resumed', '2021-06 reached capacity_restored'],
    ],
    ['60 % with an unknown month between', outputs('2021-05', 60, null, 60), ['2021-05 reached resumed']],
    [
      'a higher one brings those before it',
      [month('2021-05', { outputValue: 60 }), month('2021-06', { outputValue: 60 })],
      ['2021-06 reached resumed', '2021-06 reached capacity_restored'],
    ],
    [
      '90 % three months running, and lost by three below',
      outputs('2021-05', 90, 90, 90, 89, 89, 89),
      [
        '2021-05 reached resumed',
        '2021-06 reached capacity_restored',
        '2021-07 reached on_target',
        '2021-10 lost on_target',
      ],
    ],
    [
      'one bad month loses nothing that took two',
      outputs('2021-05', 60, 60, 10, 60),
      ['2021-05 reached resumed', '2021-06 reached capacity_restored'],
    ],
    [
      'two bad months do, and two good ones reach it again',
      outputs('2021-05', 60, 60, 10, 10, 60, 60),
      [
        '2021-05 reached resumed',
        '2021-06 reached capacity_restored',
        '2021-08 lost capacity_restored',
        '2021-10 reached capacity_restored',
      ],
    ],
    [
      'all of it is lost by standing still',
      outputs('2021-05', 60, 60, 0, 0),
      [
        '2021-05 reached resumed',
        '2021-06 reached capacity_restored',
        '2021-08 lost capacity_restored',
        '2021-08 lost resumed',
      ],
    ],
  ])('%s', (_, series, expected) => {
    expect(turns(series)).toEqual(expected);
  });

  it('are not reached by a month in a stop, and a stop breaks a run', () => {
    const stop: Stop = { kind: 'planned', fromMonth: '2021-06', toMonth: '2021-06' };
    expect(turns(outputs('2021-05', 60, 60, 60), [stop])).toEqual(['2021-05 reached resumed']);
  });

  it('take January and February as two months: 30 days, twice the baseline; and not where the distress lasted into January', () => {
    const period = (productionDays: number): MonthFigures =>
      month('2021-02', { coversMonths: 2, productionDays });
    expect(turns([period(29)], [], '2020-12')).toEqual([]);
    expect(turns([period(30)], [], '2020-12')).toEqual(['2021-02 reached resumed']);
    expect(turns([period(30)], [], '2021-01')).toEqual([]);
    expect(turns(outputs('2021-01', 60, 59, 60), [], '2020-12')).not.toContain(
      '2021-03 reached capacity_restored',
    );
  });

  it('that are held, and their words', () => {
    const all = milestoneTurns(outputs('2021-05', 60, 60, 0, 0), [], GIVEN, '2021-04', DEFAULT_PARAMETERS);
    expect(milestonesHeld(all.slice(0, 2))).toEqual(['resumed', 'capacity_restored']);
    expect(milestonesHeld(all)).toEqual([]);
    expect(all.slice(1, 3).map((turn) => turnText(turn, 'en'))).toEqual([
      'Reached “capacity restored”. 2021-05: output CNY 60; 2021-06: output CNY 60 (the baseline of the enterprise: CNY 100).',
      'Lost “capacity restored”. 2021-07: output CNY 0; 2021-08: output CNY 0 (the baseline of the enterprise: CNY 100).',
    ]);
  });
});

describe('the baseline', () => {
  it('is what is given, else the mean of the last twelve sound months before', () => {
    const series = [...outputs('2020-03', 90, ...Array<number>(10).fill(110)), ...outputs('2021-03', 0, 0)];
    expect(baselineAt(series, [], GIVEN, '2021-04', DEFAULT_PARAMETERS).output).toMatchObject({
      value: 100,
      source: 'given',
    });
    expect(baselineAt(series, [], MEANT, '2021-04', DEFAULT_PARAMETERS).output).toMatchObject({
      value: 108,
      source: 'mean',
    });
  });

  it('leaves out distress, also its beginning, and stops; needs three months; stays as more comes', () => {
    const series = [...outputs('2020-06', 100, 100, 100, 100), ...outputs('2021-06', 30, 30, 100)];
    const stops: Stop[] = [{ kind: 'planned', fromMonth: '2020-09', toMonth: '2020-09' }];
    const at = (known: MonthFigures[], of: string) =>
      baselineAt(known, stops, MEANT, of, DEFAULT_PARAMETERS).output;
    expect(at(series, '2021-08')).toEqual({
      value: 100,
      source: 'mean',
      months: ['2020-06', '2020-07', '2020-08'],
    });
    expect(at(series.slice(0, -1), '2021-08')).toEqual(at(series, '2021-08'));
    expect(at(series, '2020-08')).toBeNull();
  });
});

describe('what is missing', () => {
  const missing = (
    milestone: ProductionMilestone,
    series: MonthFigures[],
    given = GIVEN as { givenOutput: number | null },
  ): string[] =>
    missingFor(milestone, series, [], given, '2021-04', DEFAULT_PARAMETERS).map((facts) =>
      missingText(facts, 'zh-CN'),
    );
  it.each<[string, string[], string[]]>([
    ['nothing', missing('capacity_restored', outputs('2021-05', 60, 60)), []],
    ['everything', missing('capacity_restored', []), ['2021年4月之后需连续2期达标，目前连续0期。']],
    [
      'one month more',
      missing('capacity_restored', outputs('2021-05', 60)),
      ['2021年4月之后需连续2期达标，目前连续1期。'],
    ],
    [
      'a month below',
      missing('capacity_restored', outputs('2021-05', 30, 60)),
      ['2021年4月之后需连续2期达标，目前连续1期。', '2021年5月产值0万元，为基准0.01万元的30%，未达60%。'],
    ],
    [
      'a figure',
      missing('capacity_restored', [...outputs('2021-05', 60), days('2021-06', 20)]),
      ['2021年4月之后需连续2期达标，目前连续0期。', '2021年6月产值未上报。'],
    ],
    [
      'a baseline',
      missing('on_target', outputs('2021-05', 60), MEANT),
      ['没有可比的基准：企业未填基准月产值，困难发生前已知的正常月份也不足3个。'],
    ],
    [
      'days',
      missing('resumed', [days('2021-05', 9)]),
      ['2021年4月之后需连续1期达标，目前连续0期。', '2021年5月生产天数9天，未达15天。'],
    ],
  ])('%s', (_, told, expected) => {
    expect(told).toEqual(expected);
  });
});

describe('relapse', () => {
  const found = (...values: Array<number | null>) =>
    relapse(
      outputs('2021-05', ...values),
      [],
      GIVEN,
      { sinceMonth: '2021-01', closedMonth: '2021-05' },
      DEFAULT_PARAMETERS,
    );
  it.each<[string, Array<number | null>, string[] | undefined]>([
    ['two months running below 70 %', [100, 69, 69], ['2021-06', '2021-07']],
    ['just 70 %', [100, 70, 69], undefined],
    ['the month of closure is none of them', [0, 69, 100], undefined],
    ['an unknown month between', [100, 69, null, 69], undefined],
    ['the last two of six months', [100, 100, 100, 100, 100, 69, 69], ['2021-10', '2021-11']],
    ['the seventh month is past the watch', [100, 100, 100, 100, 100, 100, 69, 69], undefined],
  ])('%s', (_, values, expected) => {
    expect(found(...values)?.months).toEqual(expected);
  });

  it('says so', () => {
    expect(relapseText(found(100, 69, 69)?.facts ?? {}, 'en')).toBe(
      'Relapse after closure. 2021-06: output CNY 69; 2021-07: output CNY 69: below 70% of the baseline of the enterprise, CNY 100, in 2 period(s) running.',
    );
  });
});
