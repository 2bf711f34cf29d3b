import type { CellValue } from '../workbook/cell-value.js';
import { readJanuaryFebruary, readMonth } from './cells/date.js';
import { compact, readCompact, readText } from './cells/text.js';
import { headingsOf, type SheetKind } from './columns.js';

/** A column of figures: the first day of its month, its place, and whether a February holds January too. */
export interface MonthColumn {
  month: string;
  heading: string;
  index: number;
  coversMonths: 1 | 2;
}

/** Where the columns of one sheet stand. */
export interface SheetLayout {
  headerRow: number;
  columns: ReadonlyMap<string, number>;
  /** Unit that a heading gives in brackets, such as 万元. */
  units: ReadonlyMap<string, string>;
  /** What heads the columns of figures. */
  months: readonly MonthColumn[];
  /** As the sheet has it, or else the usual one. */
  heading(column: string): string;
}

/** Rows that are looked at for a header, from the top. */
export const MOST_ROWS_ABOVE = 50;

/** One of the first, and so many columns in all, make a row the header: a title has one, a note none. */
const HEADER_SIGNS: Readonly<Record<SheetKind, { oneOf: readonly string[]; atLeast: number }>> = {
  directory: { oneOf: ['name', 'department'], atLeast: 3 },
  cases: { oneOf: ['name', 'creditCode'], atLeast: 4 },
  problems: { oneOf: ['name', 'text'], atLeast: 4 },
  production: { oneOf: ['name', 'creditCode'], atLeast: 2 },
};

const UNIT_IN_BRACKETS = /\(([^()]*)\)$/;

/** The layout, if this row is the header. */
export function layoutOf(
  kind: SheetKind,
  row: number,
  cells: readonly CellValue[],
  is1904: boolean,
): SheetLayout | null {
  const known = headingsOf(kind);
  const columns = new Map<string, number>();
  const units = new Map<string, string>();
  const written = new Map<string, string>();
  cells.forEach((cell, index) => {
    const text = readCompact(cell).replace(/^\*|[*::]$/g, '');
    const column = columnHeaded(known, text) ?? columnHeaded(known, text.replace(UNIT_IN_BRACKETS, ''));
    if (!column || columns.has(column)) return;
    columns.set(column, index);
    written.set(column, readText(cell));
    const unit = UNIT_IN_BRACKETS.exec(text)?.[1];
    if (unit) units.set(column, unit);
  });
  const months = kind === 'production' ? monthsIn(cells, is1904) : [];
  const { oneOf, atLeast } = HEADER_SIGNS[kind];
  if (columns.size < atLeast || !oneOf.some((column) => columns.has(column))) return null;
  if (kind === 'production' && months.length === 0) return null;
  const heading = (column: string): string => written.get(column) ?? known.get(column)?.[0] ?? column;
  return { headerRow: row, columns, units, months, heading };
}

function columnHeaded(known: ReadonlyMap<string, readonly string[]>, heading: string): string | undefined {
  const wanted = heading.toLowerCase();
  for (const [column, words] of known) if (words.includes(wanted)) return column;
  return undefined;
}

/** How a column is headed that holds January and February in one. */
export const januaryFebruary = (month: string): string => `${month.slice(0, 4)}年1-2月`;

function monthsIn(cells: readonly CellValue[], is1904: boolean): SheetLayout['months'] {
  const months: MonthColumn[] = [];
  cells.forEach((cell, index) => {
    const february = readJanuaryFebruary(cell);
    const month = february ?? readMonth(cell, is1904);
    if (typeof month !== 'string') return;
    const coversMonths = february === null ? 1 : 2;
    if (months.some((other) => other.month === month && other.coversMonths === coversMonths)) return;
    const heading = coversMonths === 1 ? month.slice(0, 7) : januaryFebruary(month);
    months.push({ month, heading, index, coversMonths });
  });
  return months;
}

const SUBTOTAL = /^.{0,12}(?:小计|合计|总计|累计|共计)(?:[:(].*)?$/;
/** A subtotal says so at its beginning. */
const FIRST_TEXTS = 3;
/** A row in which one of these is filled is about one enterprise or person, whatever else it says. */
const NO_SUBTOTAL: Readonly<Record<SheetKind, readonly string[]>> = {
  directory: ['name', 'phone'],
  cases: ['creditCode', 'official'],
  problems: ['official', 'lead'],
  production: ['creditCode'],
};

export type RowNature = 'blank' | 'subtotal' | 'entry';

/** A row that holds no more than its running number is as blank as one that holds nothing. */
export function natureOf(kind: SheetKind, layout: SheetLayout, cells: readonly CellValue[]): RowNature {
  const number = layout.columns.get('number');
  let isBlank = true;
  let texts = 0;
  let isSubtotal = false;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === null || cell === undefined) continue;
    if (typeof cell === 'string') {
      const text = readText(cell);
      if (text === '') continue;
      if (texts < FIRST_TEXTS) {
        texts += 1;
        isSubtotal ||= text.length < 40 && SUBTOTAL.test(compact(text));
      }
    }
    if (index !== number || isSubtotal) isBlank = false;
  }
  if (isBlank) return 'blank';
  const isFilled = (column: string): boolean => {
    const index = layout.columns.get(column);
    const text = index === undefined ? '' : readCompact(cells[index]);
    return text !== '' && !SUBTOTAL.test(text);
  };
  return isSubtotal && !NO_SUBTOTAL[kind].some(isFilled) ? 'subtotal' : 'entry';
}
