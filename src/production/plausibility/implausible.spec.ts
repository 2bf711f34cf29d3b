import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { implausible, type NewestFigure, PLAUSIBILITY_RULES } from './implausible.js';

type Said = readonly [metric: string, value: number, source?: string, coversMonths?: number];

const METRICS: Readonly<Record<string, NewestFigure['metric']>> = {
  output: 'output_value',
  days: 'production_days',
  use: 'capacity_utilisation',
  power: 'electricity',
  staff: 'staff',
};

const of = (months: Readonly<Record<string, readonly Said[]>>): NewestFigure[] =>
  Object.entries(months).flatMap(([month, figures]) =>
    figures.map(([metric, value, source = 'enterprise', coversMonths = 1]) => ({
      month,
      metric: METRICS[metric] ?? 'output_value',
      value,
      source: source as NewestFigure['source'],
      coversMonths,
    })),
  );

const USUAL = of({
  '2021-07': [['output', 900_000]],
  '2021-08': [['output', 1_100_000]],
  '2021-09': [['output', 1_000_000]],
});

const rulesOf = (figures: readonly NewestFigure[], month = '2021-10'): string[] =>
  implausible(figures, [month]).map(({ rule }) => rule);

describe('output that moved', () => {
  const october = (...said: Said): string[] => rulesOf([...USUAL, ...of({ '2021-10': [said] })]);

  it.each<[Said, string[]]>([
    [['output', 10_000_000], []],
    [['output', 10_000_001], ['output_moved']],
    [['output', 100_000], []],
    [['output', 99_999], ['output_moved']],
    [['output', 0], []],
    [['output', 10_000_000_000, 'tax'], []],
  ])('%j', (said, rules) => expect(october(...said)).toEqual(rules));

  it('says what was told and what is usual', () => {
    expect(implausible([...USUAL, ...of({ '2021-10': [['output', 100]] })], ['2021-10'])).toEqual([
      {
        month: '2021-10',
        rule: 'output_moved',
        facts: { output: 100, usual: 1_000_000, months: 3, source: 'enterprise' },
        questioned: 'enterprise 100',
      },
    ]);
  });

  it('compares months: one figure of two is half of it each', () => {
    const merged = (value: number): NewestFigure[] =>
      of({ '2021-01': [['output', 1_000]], '2021-02': [['output', value, 'enterprise', 2]] });
    expect(rulesOf(merged(20_000), '2021-02')).toEqual([]);
    expect(rulesOf(merged(20_002), '2021-02')).toEqual(['output_moved']);
  });

  it('knows nothing of what lies more than a year back, of later months, or of standing still', () => {
    const told: Said[] = [['output', 100]];
    expect(rulesOf(of({ '2020-09': [['output', 1_000_000]], '2021-10': told }))).toEqual([]);
    expect(rulesOf(of({ '2020-10': [['output', 1_000_000]], '2021-10': told }))).toEqual(['output_moved']);
    expect(rulesOf(of({ '2021-10': told, '2021-11': [['output', 1_000_000]] }))).toEqual([]);
    expect(rulesOf(of({ '2021-09': [['output', 0]], '2021-10': told }))).toEqual([]);
  });
});

describe('figures that do not go together', () => {
  it.each<[what: string, said: Said[], rules: string[]]>([
    [
      'output without a day',
      [
        ['output', 5],
        ['days', 0],
      ],
      ['output_without_days'],
    ],
    [
      'a day',
      [
        ['output', 5],
        ['days', 1],
      ],
      [],
    ],
    [
      'nothing made',
      [
        ['output', 0],
        ['days', 0],
      ],
      [],
    ],
    ['days unknown', [['output', 5]], []],
    [
      'no day by one source, some by another',
      [
        ['output', 5],
        ['days', 0],
        ['days', 3, 'site_check'],
      ],
      [],
    ],
    [
      'output without electricity',
      [
        ['output', 5],
        ['power', 0, 'grid'],
      ],
      ['output_without_electricity'],
    ],
    [
      'some electricity',
      [
        ['output', 5],
        ['power', 0.1, 'grid'],
      ],
      [],
    ],
    ['over capacity', [['use', 1.05]], ['over_capacity']],
    ['at capacity', [['use', 1]], []],
    [
      'two meters',
      [
        ['power', 100, 'grid'],
        ['power', 151],
      ],
      ['electricity_disagrees'],
    ],
    [
      'two readings of one',
      [
        ['power', 100, 'grid'],
        ['power', 150],
      ],
      [],
    ],
    [
      'nothing by one, something by the other',
      [
        ['power', 0, 'grid'],
        ['power', 1],
      ],
      ['electricity_disagrees'],
    ],
    [
      'nothing by both',
      [
        ['power', 0, 'grid'],
        ['power', 0],
      ],
      [],
    ],
    [
      'a meter and a tax return',
      [
        ['power', 100, 'grid'],
        ['power', 900, 'tax'],
      ],
      [],
    ],
  ])('%s', (_, said, rules) => expect(rulesOf(of({ '2021-10': said }))).toEqual(rules));

  it('of one month and of two are not compared', () => {
    const february = (...said: Said[]): string[] => rulesOf(of({ '2021-02': said }), '2021-02');
    expect(february(['output', 5, 'enterprise', 2], ['days', 0])).toEqual([]);
    expect(february(['output', 5, 'enterprise', 2], ['days', 0, 'enterprise', 2])).toEqual([
      'output_without_days',
    ]);
    expect(february(['power', 300, 'grid', 2], ['power', 150])).toEqual([]);
  });
});

describe('the month before once more', () => {
  const both = (...said: Said[]): string[] => rulesOf(of({ '2021-09': said, '2021-10': said }));

  it.each<[what: string, said: Said[], rules: string[]]>([
    [
      'in all metrics',
      [
        ['output', 5],
        ['days', 22],
      ],
      ['same_as_month_before'],
    ],
    ['in one metric alone', [['output', 5]], []],
    [
      'in what stays as it is',
      [
        ['days', 30],
        ['staff', 80],
      ],
      [],
    ],
    [
      'standing still',
      [
        ['output', 0],
        ['days', 0],
        ['power', 0],
      ],
      [],
    ],
  ])('%s', (_, said, rules) => expect(both(...said)).toEqual(rules));

  it('is another one where one figure is, or one is not told', () => {
    const september: Said[] = [
      ['output', 5],
      ['days', 22],
    ];
    expect(
      rulesOf(
        of({
          '2021-09': september,
          '2021-10': [
            ['output', 5],
            ['days', 21],
          ],
        }),
      ),
    ).toEqual([]);
    expect(rulesOf(of({ '2021-09': september, '2021-10': [...september, ['staff', 9]] }))).toEqual([]);
    expect(rulesOf(of({ '2021-08': september, '2021-10': september }))).toEqual([]);
  });
});

it('of unknown months nothing is asked, and the order of figures does not matter', () => {
  const figure = fc.record({
    month: fc.constantFrom('2021-01', '2021-02', '2021-03', '2021-04'),
    metric: fc.constantFrom(...Object.values(METRICS)),
    value: fc.integer({ min: 0, max: 4 }),
    source: fc.constantFrom<NewestFigure['source'][]>('enterprise', 'grid', 'tax'),
    coversMonths: fc.constant(1),
  });
  const all = fc.uniqueArray(figure, {
    selector: ({ month, metric, source }) => `${month} ${metric} ${source}`,
  });
  const asked = (figures: readonly NewestFigure[]): string[] =>
    implausible(figures, ['2021-02', '2021-03', '2021-05']).map(({ month, rule }) => `${month} ${rule}`);
  fc.assert(
    fc.property(all, (figures) => {
      const found = asked(figures);
      expect(asked(figures.toReversed())).toEqual(found);
      const months = new Set(figures.map(({ month }) => month));
      for (const one of found) {
        expect(months).toContain(one.slice(0, 7));
        expect(PLAUSIBILITY_RULES).toContain(one.slice(8));
      }
    }),
  );
});
