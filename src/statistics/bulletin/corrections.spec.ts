import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cellsOf, corrected, correctionsOf } from './corrections.js';
import type { IssuedTable } from './issue-content.js';

type Figures = Record<string, number | null>;

/** A table with the figures that matter. */
const table = (rows: Record<string, Figures>, total: Figures = {}): IssuedTable =>
  ({
    subject: 'case',
    by: 'reportingUnit',
    rows: Object.entries(rows).map(([key, figures]) => ({ key, name: `name of ${key}`, ...figures })),
    total,
  }) as unknown as IssuedTable;

const OF = { week: '2021-W43', issueNumber: 7 };
const changes = (was: IssuedTable[], now: IssuedTable[]) =>
  correctionsOf(OF, cellsOf(was), cellsOf(now)).map(({ key, column, was: before, now: after }) => [
    key,
    column,
    before,
    after,
  ]);

describe('corrections of a published week', () => {
  it('are the cells that are known otherwise, of rows and of the city', () => {
    const was = [table({ a: { resolved: 3, closureRate: null } }, { resolved: 3 })];
    const now = [table({ a: { resolved: 4, closureRate: 0 } }, { resolved: 4 })];
    expect(changes(was, now)).toEqual([
      ['a', 'resolved', 3, 4],
      ['a', 'closureRate', null, 0],
      ['total', 'resolved', 3, 4],
    ]);
    expect(correctionsOf(OF, cellsOf(was), cellsOf(now))[0]).toEqual({
      ...OF,
      subject: 'case',
      by: 'reportingUnit',
      key: 'a',
      name: 'name of a',
      column: 'resolved',
      was: 3,
      now: 4,
    });
  });

  it('are none where nothing changed, nor of a row with nothing in it that came or went', () => {
    const one = [table({ a: { resolved: 3 } })];
    expect(changes(one, one)).toEqual([]);
    const empty = [table({ a: { resolved: 3 }, b: { resolved: 0, closureRate: null } })];
    expect(changes(one, empty)).toEqual([]);
    expect(changes(empty, one)).toEqual([]);
    expect(changes(one, [])).toEqual([['a', 'resolved', 3, null]]);
  });

  it('count from what was last stated', () => {
    const [issued, then, now] = [3, 4, 5].map((resolved) => cellsOf([table({ a: { resolved } })]));
    const given = correctionsOf(OF, issued ?? new Map(), then ?? new Map());
    const stated = corrected(issued ?? new Map(), given);
    expect(correctionsOf(OF, stated, now ?? new Map())).toMatchObject([{ was: 4, now: 5 }]);
    expect(correctionsOf(OF, stated, issued ?? new Map())).toMatchObject([{ was: 4, now: 3 }]);
  });

  it('are none of a figure that was not counted yet when the issue went out', () => {
    const stated = cellsOf([table({ a: { opening: 1 } }, { opening: 1 })]);
    const known = cellsOf([table({ a: { opening: 2, netResolved: 3 } }, { opening: 1, netResolved: 3 })]);
    expect(correctionsOf(OF, stated, known)).toMatchObject([{ key: 'a', column: 'opening', was: 1, now: 2 }]);
  });

  it('make of what was stated what is known, whatever both are', () => {
    const figures = fc.dictionary(
      fc.constantFrom('opening', 'resolved', 'closureRate'),
      fc.option(fc.integer({ min: 0, max: 3 })),
    );
    const tables = fc
      .tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c'), figures), figures)
      .map(([rows, total]) => cellsOf([table(rows, total)]));
    fc.assert(
      fc.property(tables, tables, tables, (issued, then, now) => {
        const first = corrected(issued, correctionsOf(OF, issued, then));
        const second = corrected(first, correctionsOf(OF, first, now));
        expect(correctionsOf(OF, second, now)).toEqual([]);
      }),
    );
  });
});
