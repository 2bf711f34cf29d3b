import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { month } from '../../../test/factories/month-figures.js';
import { judge } from './judge.js';
import type { MonthFigures, Stop } from './month-figures.js';
import { plusMonths } from './months.js';
import { DEFAULT_PARAMETERS } from './parameters.js';
import type { ProductionStatus } from './statuses.js';
import { judgementText } from './words/wording.js';

const FIRST = '2020-01';
const MONTHS = 24;
const LAST = plusMonths(FIRST, MONTHS - 1);

/** How grave it is; of the unknown nothing is said against the enterprise. */
const GRAVITY: Record<ProductionStatus, number> = {
  unknown: 0,
  normal: 0,
  suspected: 1,
  reduced_output: 2,
  semi_stalled: 3,
  stalled: 4,
};

const maybe = <Value>(figure: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(figure, { freq: 6 });
const figures = fc.record({
  outputValue: maybe(fc.integer({ min: -5, max: 200 })),
  productionDays: maybe(fc.integer({ min: 0, max: 31 })),
  capacityUtilisation: maybe(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)),
  electricity: maybe(fc.integer({ min: 0, max: 2_000 })),
  isReported: fc.boolean(),
});
const series: fc.Arbitrary<MonthFigures[]> = fc
  .array(figures, { minLength: MONTHS, maxLength: MONTHS })
  .map((all) => all.map((known, at) => month(plusMonths(FIRST, at), known)));
const place = fc.integer({ min: 0, max: MONTHS - 1 });
const stops: fc.Arbitrary<Stop[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('planned' as const, 'seasonal' as const),
    fromMonth: place.map((at) => plusMonths(FIRST, at)),
    toMonth: fc.constant(null),
  }),
  { maxLength: 1 },
);

const gravities = (known: readonly MonthFigures[], on: readonly Stop[]): Map<string, number> =>
  new Map(judge(known, on, LAST, DEFAULT_PARAMETERS).map((judged) => [judged.month, GRAVITY[judged.status]]));

describe('judging', () => {
  it('never says worse of a month because another, or a figure of it, is unknown', () => {
    fc.assert(
      fc.property(
        series,
        stops,
        place,
        fc.constantFrom('month', 'outputValue', 'productionDays', 'capacityUtilisation'),
        (known, on, at, what) => {
          // Without electricity: of fewer months another mean comes, and another baseline may be higher.
          const plain = known.map((one) => ({ ...one, electricity: null }));
          const before = gravities(plain, on);
          const missing = gravities(
            what === 'month'
              ? plain.filter((_, one) => one !== at)
              : plain.map((one, each) => (each === at ? { ...one, [what]: null } : one)),
            on,
          );
          for (const [of, gravity] of missing) expect(gravity).toBeLessThanOrEqual(before.get(of) ?? 0);
        },
      ),
    );
  });

  it('never says worse of a month because more was produced in it or in the eleven before', () => {
    fc.assert(
      fc.property(series, stops, place, fc.integer({ min: 1, max: 300 }), (known, on, at, more) => {
        const plain = known.map((one) => ({ ...one, electricity: null }));
        const raised = plain.map((one, each) =>
          each === at && one.outputValue !== null ? { ...one, outputValue: one.outputValue + more } : one,
        );
        const before = gravities(plain, on);
        for (const [of, gravity] of gravities(raised, on))
          if (of < plusMonths(FIRST, at + 12)) expect(gravity).toBeLessThanOrEqual(before.get(of) ?? 0);
      }),
    );
  });

  it('of a part of the months is that part of judging all: nothing is judged by what came later', () => {
    fc.assert(
      fc.property(series, stops, place, (known, on, at) => {
        const through = plusMonths(FIRST, at);
        const part = judge(known.slice(0, at + 1), on, through, DEFAULT_PARAMETERS);
        const all = judge(known, on, LAST, DEFAULT_PARAMETERS);
        expect(part).toEqual(all.slice(0, part.length));
        expect(judge(known, on, through, DEFAULT_PARAMETERS)).toEqual(part);
      }),
    );
  });

  it('can be told in both languages, without a hole, whatever it was', () => {
    fc.assert(
      fc.property(series, stops, (known, on) => {
        for (const { rule, facts } of judge(known, on, LAST, DEFAULT_PARAMETERS))
          for (const locale of ['zh-CN', 'en'] as const)
            // As the database gives them back.
            expect(judgementText(rule, JSON.parse(JSON.stringify(facts)), locale)).not.toMatch(
              /undefined|NaN|null/,
            );
      }),
    );
  });
});
