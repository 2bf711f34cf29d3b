import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type KnownOfYear, type MonthOfYear, monthOfYearToDate } from './year-to-date.js';

const known = (months: Readonly<Record<string, string>>, merged: readonly string[] = []): KnownOfYear[] =>
  Object.entries(months).map(([month, value]) => ({
    month,
    value,
    coversMonths: merged.includes(month) ? 2 : 1,
  }));

const QUARTER = known({ '2021-01': '100', '2021-02': '80.5', '2021-03': '120.25' });
const MERGED = known({ '2021-02': '200', '2021-03': '100' }, ['2021-02']);

describe('a month from its year to date', () => {
  it.each<[what: string, month: string, yearToDate: string, known: KnownOfYear[], MonthOfYear]>([
    ['of January is the year to date', '2021-01', '100', [], { value: '100', coversMonths: 1 }],
    [
      'of January has nothing to do with the year before',
      '2021-01',
      '90',
      known({ '2020-11': '500', '2020-12': '400' }),
      { value: '90', coversMonths: 1 },
    ],
    ['is the difference', '2021-04', '500.75', QUARTER, { value: '200', coversMonths: 1 }],
    ['may be nothing', '2021-04', '300.75', QUARTER, { value: '0', coversMonths: 1 }],
    [
      'of December closes the year',
      '2021-12',
      '1200',
      known(
        Object.fromEntries(
          Array.from({ length: 11 }, (_, index) => [`2021-${String(index + 1).padStart(2, '0')}`, '100']),
        ),
      ),
      { value: '100', coversMonths: 1 },
    ],
    [
      'of February without a January covers both',
      '2021-02',
      '180.5',
      [],
      { value: '180.5', coversMonths: 2 },
    ],
    [
      'of February after a January is its own',
      '2021-02',
      '180.5',
      known({ '2021-01': '100' }),
      { value: '80.5', coversMonths: 1 },
    ],
    ['counts a merged February once', '2021-03', '320', MERGED, { value: '120', coversMonths: 1 }],
    [
      'counts it once, also with a January beside it',
      '2021-03',
      '320',
      [...MERGED, ...known({ '2021-01': '90' })],
      { value: '120', coversMonths: 1 },
    ],
    ['corrects a merged February by another', '2021-02', '210', MERGED, { value: '210', coversMonths: 2 }],
    ['corrects a month, whatever it was', '2021-03', '290.5', QUARTER, { value: '110', coversMonths: 1 }],
    ['minds no later month', '2021-02', '170', QUARTER, { value: '70', coversMonths: 1 }],
    [
      'is exact where a double is not',
      '2021-02',
      '0.3',
      known({ '2021-01': '0.1' }),
      { value: '0.2', coversMonths: 1 },
    ],
    [
      'is exact in the largest amounts',
      '2021-02',
      '9999999999999.99',
      known({ '2021-01': '9999999999999.98' }),
      { value: '0.01', coversMonths: 1 },
    ],
    [
      'is refused over a gap, which is named',
      '2021-05',
      '900',
      known({ '2021-01': '1', '2021-03': '1' }),
      { code: 'YEAR_TO_DATE_GAP', months: ['2021-02', '2021-04'] },
    ],
    [
      'is refused where nothing is known',
      '2021-03',
      '9',
      [],
      { code: 'YEAR_TO_DATE_GAP', months: ['2021-01', '2021-02'] },
    ],
    [
      'is refused over a February that is its own and no January',
      '2021-03',
      '9',
      known({ '2021-02': '1' }),
      { code: 'YEAR_TO_DATE_GAP', months: ['2021-01'] },
    ],
    [
      'is refused where it fell, and says through which month what is known',
      '2021-04',
      '300.74',
      QUARTER,
      { code: 'YEAR_TO_DATE_FELL', month: '2021-03', known: '300.75' },
    ],
    [
      'of February is refused where it is less than January',
      '2021-02',
      '99',
      known({ '2021-01': '100' }),
      { code: 'YEAR_TO_DATE_FELL', month: '2021-01', known: '100' },
    ],
  ])('%s', (_, month, yearToDate, months, expected) => {
    expect(monthOfYearToDate(month, yearToDate, months)).toEqual(expected);
  });

  it('gives the months back that a year was added up from, in whatever order they are known', () => {
    const cents = fc.integer({ min: 0, max: 999_999_999_999 });
    const year = fc.array(cents, { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(year, fc.boolean(), fc.integer({ min: 1, max: 12 }), (months, isMerged, through) => {
        const text = (amount: number): string => (amount / 100).toFixed(2);
        const all = months.map((amount, index): KnownOfYear => {
          const month = `2021-${String(index + 1).padStart(2, '0')}`;
          const isBoth = isMerged && index === 1;
          return {
            month,
            value: text(isBoth ? amount + (months[0] ?? 0) : amount),
            coversMonths: isBoth ? 2 : 1,
          };
        });
        const told = isMerged ? all.slice(1) : all;
        const month = `2021-${String(through).padStart(2, '0')}`;
        const yearToDate = text(months.slice(0, through).reduce((sum, amount) => sum + amount, 0));
        const given = monthOfYearToDate(month, yearToDate, told.toReversed());
        const own = told.find((one) => one.month === month);
        if (own === undefined) expect(through).toBe(1);
        else expect([month, Number('value' in given && given.value)]).toEqual([month, Number(own.value)]);
      }),
    );
  });
});
