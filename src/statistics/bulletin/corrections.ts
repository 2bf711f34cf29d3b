import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { By } from '../table/groupings.js';
import type { IssuedTable } from './issue-content.js';

/** A cell of a published week that is known otherwise now. */
export interface Correction {
  week: string;
  /** Of the issue in which that week was published. */
  issueNumber: number;
  subject: SubjectKind;
  by: By;
  /** Of the row; `total` is the city. */
  key: string;
  name: string;
  column: keyof WeeklyColumns;
  /** As last stated: in that issue, or by a correction after it. `null` also where there was no such row. */
  was: number | null;
  now: number | null;
}

/** The key of what stands under all rows. */
export const TOTAL_KEY = 'total';

type Cell = Pick<Correction, 'subject' | 'by' | 'key' | 'name' | 'column'> & { value: number | null };
export type StatedCells = ReadonlyMap<string, Cell>;

const placeOf = ({ subject, by, key, column }: Pick<Cell, 'subject' | 'by' | 'key' | 'column'>): string =>
  JSON.stringify([subject, by, key, column]);

/** The figures of tables one by one, in the order in which they stand. */
export function cellsOf(tables: readonly IssuedTable[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { subject, by, rows, total } of tables) {
    for (const { key, name, ...columns } of [...rows, { key: TOTAL_KEY, name: TOTAL_KEY, ...total }]) {
      for (const [column, value] of Object.entries(columns)) {
        const cell = { subject, by, key, name, column: column as keyof WeeklyColumns, value };
        cells.set(placeOf(cell), cell);
      }
    }
  }
  return cells;
}

/** What is stated of a week once its issue was followed by corrections, in the order in which they were given. */
export function corrected(issued: StatedCells, given: readonly Correction[]): Map<string, Cell> {
  const cells = new Map(issued);
  for (const { week: _week, issueNumber: _number, was: _was, now, ...cell } of given)
    cells.set(placeOf(cell), { ...cell, value: now });
  return cells;
}

/** Which cells are known otherwise now than they were stated. A row of nothing that came or went is no correction. */
export function correctionsOf(
  of: { week: string; issueNumber: number },
  stated: StatedCells,
  known: StatedCells,
): Correction[] {
  const places = new Set([...known.keys(), ...stated.keys()]);
  const columns = new Set([...stated.values()].map(({ column }) => column));
  return [...places].flatMap((place): Correction[] => {
    const [before, after] = [stated.get(place), known.get(place)];
    const cell = after ?? before;
    // What was not counted yet when the issue went out was not stated wrongly.
    if (cell === undefined || !columns.has(cell.column)) return [];
    if (isSame(before?.value, after?.value)) return [];
    const { value: _value, ...where } = cell;
    return [{ ...of, ...where, was: before?.value ?? null, now: after?.value ?? null }];
  });
}

/** `undefined`: there is no such row, which says as much as one with nothing in it. */
function isSame(one: number | null | undefined, other: number | null | undefined): boolean {
  if (one === undefined || other === undefined) return (one ?? 0) === 0 && (other ?? 0) === 0;
  return one === other;
}
