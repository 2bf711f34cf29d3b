import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MonthFigures } from '../rules/month-figures.js';
import { isOverCapacity } from '../rules/over-capacity.js';
import { fullCapacityTurns } from './turns.js';

const month = (of: string, capacityUtilisation: number | null, coversMonths: 1 | 2 = 1): MonthFigures => ({
  month: of,
  coversMonths,
  capacityUtilisation,
  outputValue: null,
  productionDays: null,
  electricity: null,
  isReported: true,
});
const told = (series: readonly MonthFigures[], industry: string | null = '30', first = '2021-08'): string[] =>
  fullCapacityTurns(series, first, 0.9, industry).map((turn) => `${turn.turn} ${turn.month}`);

describe('full capacity', () => {
  it.each<[string, MonthFigures[], string[]]>([
    ['no figures', [], []],
    ['at it', [month('2021-08', 0.9)], ['reached 2021-08']],
    ['below it', [month('2021-08', 0.8999)], []],
    ['before the campaign', [month('2021-07', 0.95)], []],
    ['over a missing month', [month('2021-08', 0.95), month('2021-10', 0.92)], ['reached 2021-08']],
    [
      'an unknown month changes nothing',
      [month('2021-08', 0.95), month('2021-09', null)],
      ['reached 2021-08'],
    ],
    ['lost', [month('2021-08', 0.95), month('2021-09', 0.5)], ['reached 2021-08', 'lost 2021-09']],
    [
      'lost and reached again over the turn of the year',
      [month('2021-11', 1), month('2021-12', 0.2), month('2022-01', 0.9)],
      ['reached 2021-11', 'lost 2021-12', 'reached 2022-01'],
    ],
    [
      'February alone counts rather than January and February together',
      [month('2022-02', 0.95), month('2022-02', 0.5, 2)],
      ['reached 2022-02'],
    ],
    ['both months together, where that is all', [month('2022-02', 0.95, 2)], ['reached 2022-02']],
    ['more than all of it in a harmless trade', [month('2021-08', 1.2)], ['reached 2021-08']],
  ])('%s', (_, series, turns) => {
    expect(told(series)).toEqual(turns);
  });

  it.each(['06', '07', '08', '09', '10', '11', '12', '25', '26'])(
    'over capacity is no success in %s',
    (code) => {
      expect(told([month('2021-08', 1.0001)], code)).toEqual([]);
      expect(told([month('2021-08', 0.95), month('2021-09', 1.2)], code)).toEqual([
        'reached 2021-08',
        'lost 2021-09',
      ]);
      expect(told([month('2021-08', 1)], code)).toEqual(['reached 2021-08']);
    },
  );

  it.each([
    ['05', 1.2, false],
    ['13', 1.2, false],
    ['27', 1.2, false],
    [null, 1.2, false],
    ['06', 1, false],
    ['06', 1.01, true],
  ] as const)('in %s, utilisation %d: a flag is %s', (code, utilisation, isFlag) => {
    expect(isOverCapacity(code, utilisation)).toBe(isFlag);
  });

  it('turns this way and that, and the last turn says how the last known month was', () => {
    const shares = fc.array(fc.option(fc.integer({ min: 0, max: 130 }).map((of) => of / 100)), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(shares, fc.constantFrom('06', '30'), (utilisations, code) => {
        const series = utilisations.map((share, place) => month(`2021-0${place + 3}`, share));
        const turns = fullCapacityTurns(series, '2021-04', 0.9, code);
        expect(turns.map(({ turn }) => turn)).toEqual(
          turns.map((_, place) => (place % 2 === 0 ? 'reached' : 'lost')),
        );
        const last = series.findLast((one) => one.month >= '2021-04' && one.capacityUtilisation !== null);
        const share = last?.capacityUtilisation ?? 0;
        expect(turns.at(-1)?.turn === 'reached').toBe(share >= 0.9 && !(code === '06' && share > 1));
      }),
    );
  });
});
