import { Refusal } from '../../platform/errors/refusal.js';
import type { WorkbookRow } from '../workbook/cell-value.js';
import { openWorkbook, type Workbook } from '../workbook/open-workbook.js';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../workbook/workbook-limits.js';
import { nameKey } from './cells/text.js';
import { headingsOf, SHEET_KINDS, SHEET_NAMES, type SheetKind } from './columns.js';
import { readProductionRow } from './read-production-row.js';
import { readCaseRow, readDirectoryRow, readProblemRow } from './read-rows.js';
import { type DateContext, RowReader } from './row-reader.js';
import type { Ledger, LedgerSheet } from './rows.js';
import { layoutOf, MOST_ROWS_ABOVE, natureOf, type SheetLayout } from './sheet-layout.js';
import { monthAfter, shiftMonth } from './shift-month.js';

const KINDS_BY_NAME = new Map(SHEET_KINDS.map((kind) => [nameKey(SHEET_NAMES[kind]), kind]));

/** Which of the ledger's sheets a sheet is by its name, blanks and width aside. */
export const sheetKindOf = (name: string): SheetKind | null => KINDS_BY_NAME.get(nameKey(name)) ?? null;

/**
 * Opens a workbook that holds at least one sheet of a ledger.
 * @throws Refusal WORKBOOK_UNREADABLE, WORKBOOK_ENCRYPTED (415), WORKBOOK_TOO_LARGE (413), WORKBOOK_NO_KNOWN_SHEET,
 * SHEET_DUPLICATE (400)
 */
export async function openLedger(path: string, limits: WorkbookLimits = WORKBOOK_LIMITS): Promise<Workbook> {
  const workbook = await openWorkbook(path, limits);
  const kinds = workbook.sheets.map(sheetKindOf).filter((kind) => kind !== null);
  if (kinds.length > 0 && new Set(kinds).size === kinds.length) return workbook;
  workbook.close();
  if (kinds.length === 0) {
    throw new Refusal(400, 'WORKBOOK_NO_KNOWN_SHEET', { sheets: Object.values(SHEET_NAMES).join('、') });
  }
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) < index) ?? 'cases';
  throw new Refusal(400, 'SHEET_DUPLICATE', { sheet: SHEET_NAMES[twice] });
}

/** Against what the ledger is read; `shiftDays` moves every date of it, for the example ledger. */
export interface LedgerReadOptions {
  /** Office date of today. */
  today: string;
  /** Whole weeks. */
  shiftDays?: number;
}

/** Reads all rows of the ledger's sheets; what they mean in the light of what is known is decided afterwards. */
export async function readLedger(workbook: Workbook, options: LedgerReadOptions): Promise<Ledger> {
  const context: DateContext = {
    today: options.today,
    shiftDays: options.shiftDays ?? 0,
    is1904: workbook.is1904,
  };
  const ledger: Ledger = {
    directory: null,
    cases: null,
    problems: null,
    production: null,
    order: [],
    rowCount: 0,
  };
  for (const name of workbook.sheets) {
    const kind = sheetKindOf(name);
    if (!kind) continue;
    const sheet = await readKind(ledger, kind, { name, rows: workbook.rows(name), context });
    ledger.order.push(kind);
    ledger.rowCount += sheet.rows.length;
  }
  return ledger;
}

/** A sheet yet to be read. */
interface Source {
  name: string;
  rows: AsyncIterable<WorkbookRow>;
  context: DateContext;
}

async function readKind(
  ledger: Ledger,
  kind: SheetKind,
  source: Source,
): Promise<LedgerSheet<{ row: number }>> {
  if (kind === 'directory') return (ledger.directory = await readSheet(kind, source, readDirectoryRow));
  if (kind === 'cases') return (ledger.cases = await readSheet(kind, source, readCaseRow));
  if (kind === 'problems') return (ledger.problems = await readSheet(kind, source, readProblemRow));
  // Months of the sheet are compared before they are shifted.
  const { today, shiftDays } = source.context;
  const future = shiftMonth(monthAfter(today), -shiftDays);
  ledger.production = await readSheet(kind, source, (reader, row) => readProductionRow(reader, row, future));
  return ledger.production;
}

async function readSheet<Kind extends SheetKind, Entry extends { row: number }>(
  kind: Kind,
  { name, rows, context }: Source,
  readRow: (reader: RowReader<Kind>, row: number) => Entry,
): Promise<LedgerSheet<Entry>> {
  let layout: SheetLayout | null = null;
  let reader: RowReader<Kind> | null = null;
  let firstRow: number | null = null;
  let rowsAbove = 0;
  let lastRow = 0;
  const entries: Entry[] = [];
  let skippedSubtotals = 0;
  let skippedBlank = 0;
  for await (const { row, cells } of rows) {
    if (!layout || !reader) {
      firstRow ??= row;
      if (rowsAbove >= MOST_ROWS_ABOVE) break;
      rowsAbove += 1;
      layout = layoutOf(kind, row, cells, context.is1904);
      if (layout) reader = new RowReader(layout, context);
      lastRow = row;
      continue;
    }
    const nature = natureOf(kind, layout, cells);
    if (nature === 'blank') continue;
    // Rows that are blank, or not in the file at all, between the header and the last filled row.
    skippedBlank += row - lastRow - 1;
    lastRow = row;
    if (nature === 'subtotal') skippedSubtotals += 1;
    else {
      reader.start(cells);
      entries.push(readRow(reader, row));
    }
  }
  return {
    name,
    headerlessRow: layout ? null : firstRow,
    heading: (column) => layout?.heading(column) ?? headingsOf(kind).get(column)?.[0] ?? column,
    months: layout?.months.map(({ month }) => shiftMonth(month, context.shiftDays)) ?? [],
    coversMonths: layout?.months.map(({ coversMonths }) => coversMonths) ?? [],
    rows: entries,
    skippedSubtotals,
    skippedBlank,
  };
}
