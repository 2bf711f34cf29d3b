import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { LIGHTS } from '../../cases/deadlines/light.js';
import { SIZE_CLASSES } from '../../enterprises/size-class.js';
import type { StockRow } from './stock.js';
import { stockFiguresOf } from './stock-figures.js';

const ON = '2021-11-05';
const some = (over: Partial<StockRow>): StockRow => ({
  standing: 'live',
  sizeClass: null,
  departmentId: 'industry',
  openedOn: '2021-11-01',
  light: 'green',
  isOverdue: false,
  count: 1,
  ...over,
});

describe('stockFiguresOf', () => {
  it('of nothing is 0, or null where there is nothing to divide by', () => {
    const figures = stockFiguresOf([], ON);
    expect(figures).toMatchObject({
      live: 0,
      overdue: 0,
      waiting: 0,
      lights: { red: 0, yellow: 0, grey: 0, green: 0 },
      medianAgeDays: null,
      overdueByDepartment: [],
      topThreeShare: null,
    });
    expect(figures.bands.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(figures.bySize).toEqual(
      [...SIZE_CLASSES, null].map((sizeClass) => ({ sizeClass, live: 0, closureRate: null })),
    );
  });

  it('counts ages in calendar days from the day of the report, each in one band', () => {
    const ages = [0, 7, 8, 15, 16, 30, 31, 60, 61, 90, 91, 400];
    const rows = ages.map((age) => some({ openedOn: plusDays(ON, -age) }));
    const { bands, medianAgeDays } = stockFiguresOf(rows, ON);
    expect(bands.map(({ from, to, count }) => [from, to, count])).toEqual([
      [0, 7, 2],
      [8, 15, 2],
      [16, 30, 2],
      [31, 60, 2],
      [61, 90, 2],
      [91, null, 2],
    ]);
    expect(medianAgeDays).toBe(30.5);
  });

  it('names the five departments with most overdue, and the share of three', () => {
    const led = (departmentId: string, count: number) =>
      some({ departmentId, count, isOverdue: true, light: 'red' });
    const rows = [
      led('water', 1),
      led('finance', 3),
      led('land', 3),
      led('industry', 8),
      led('labour', 2),
      led('energy', 1),
      some({ departmentId: 'rail', count: 50 }),
    ];
    const { overdue, overdueByDepartment, topThreeShare } = stockFiguresOf(rows, ON);
    expect([overdue, topThreeShare]).toEqual([18, 0.7778]);
    expect(overdueByDepartment).toEqual([
      { departmentId: 'industry', overdue: 8, share: 0.4444 },
      { departmentId: 'finance', overdue: 3, share: 0.1667 },
      { departmentId: 'land', overdue: 3, share: 0.1667 },
      { departmentId: 'labour', overdue: 2, share: 0.1111 },
      { departmentId: 'energy', overdue: 1, share: 0.0556 },
    ]);
  });

  it('gives each size its rate: closed of those that came on the books and were not terminated', () => {
    const off = { departmentId: null, openedOn: null, light: null };
    const rows = [
      some({ sizeClass: 'small', count: 2 }),
      some({ ...off, sizeClass: 'small', standing: 'resolved' }),
      some({ ...off, sizeClass: 'small', standing: 'gone', count: 9 }),
      some({ ...off, sizeClass: 'small', standing: 'waiting', count: 4 }),
      some({ ...off, sizeClass: 'large', standing: 'resolved', count: 5 }),
    ];
    const { bySize, live, waiting } = stockFiguresOf(rows, ON);
    expect([live, waiting]).toEqual([2, 4]);
    expect(bySize).toEqual([
      { sizeClass: 'large', live: 0, closureRate: 1 },
      { sizeClass: 'medium', live: 0, closureRate: null },
      { sizeClass: 'small', live: 2, closureRate: 0.3333 },
      { sizeClass: 'micro', live: 0, closureRate: null },
      { sizeClass: null, live: 0, closureRate: null },
    ]);
  });

  it('loses nobody: bands, lights and sizes each make up what is live', () => {
    const row = fc.record({
      age: fc.integer({ min: 0, max: 200 }),
      light: fc.constantFrom(...LIGHTS),
      sizeClass: fc.constantFrom(...SIZE_CLASSES, null),
      departmentId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      isOverdue: fc.boolean(),
      count: fc.integer({ min: 1, max: 9 }),
    });
    const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
    fc.assert(
      fc.property(fc.array(row), (drawn) => {
        const rows = drawn.map(({ age, ...over }) => some({ ...over, openedOn: plusDays(ON, -age) }));
        const figures = stockFiguresOf(rows, ON);
        const live = sum(rows.map(({ count }) => count));
        expect(figures.live).toBe(live);
        expect(sum(figures.bands.map(({ count }) => count))).toBe(live);
        expect(sum(Object.values(figures.lights))).toBe(live);
        expect(sum(figures.bySize.map((size) => size.live))).toBe(live);
        expect(sum(figures.overdueByDepartment.map(({ overdue }) => overdue))).toBeLessThanOrEqual(
          figures.overdue,
        );
        const plain = rows.flatMap(({ count, openedOn }) =>
          Array.from({ length: count }, () => (Date.parse(ON) - Date.parse(openedOn ?? '')) / 86_400_000),
        );
        const [low, high] = [plain.toSorted((a, b) => a - b), plain.toSorted((a, b) => b - a)].map(
          (sorted) => sorted[Math.floor(sorted.length / 2)],
        );
        expect(figures.medianAgeDays).toBe(low === undefined || high === undefined ? null : (low + high) / 2);
      }),
    );
  });
});
