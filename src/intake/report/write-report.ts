import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import { layoutOf, MOST_ROWS_ABOVE, natureOf, type SheetLayout } from '../ledger/sheet-layout.js';
import type { Locale } from '../ledger/finding-text.js';
import { spreadsheetText } from '../../platform/spreadsheet/spreadsheet-text.js';
import { sheetKindOf } from '../ledger/read-ledger.js';
import type { RowFinding, SheetReport } from '../import-report.js';
import { type CellValue, DateCell } from '../workbook/cell-value.js';
import type { Workbook } from '../workbook/open-workbook.js';

const WORDS: Readonly<Record<Locale, Record<'result' | 'reason' | 'taken' | 'warned' | 'refused', string>>> =
  {
    'zh-CN': {
      result: '导入结果',
      reason: '退回或提示原因',
      taken: '通过',
      warned: '通过（有提示）',
      refused: '退回',
    },
    en: {
      result: 'Result',
      reason: 'Reason',
      taken: 'taken',
      warned: 'taken, see reason',
      refused: 'refused',
    },
  };
/** Between two looks at whether the reader keeps up. */
const ROWS_AT_A_TIME = 200;

const EPOCH_SERIAL = 25_569;
const DAYS_FROM_1900_TO_1904 = 1_462;
const DAY_MS = 86_400_000;

/**
 * The ledger's sheets again, row for row, with what came of each row in front of it. Streamed: a reader who stops
 * reading stops the writing.
 */
export async function writeReport(
  workbook: Workbook,
  sheets: readonly SheetReport[],
  out: Writable,
  locale: Locale = 'zh-CN',
): Promise<void> {
  // Loaded when it is wanted: it takes a seventh of the time in which a process starts.
  const { default: excel } = await import('exceljs');
  const target = new excel.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  for (const report of sheets) {
    if (workbook.sheets.includes(report.name)) await writeSheet(workbook, report, target, out, locale);
  }
  await target.commit();
}

async function writeSheet(
  workbook: Workbook,
  report: SheetReport,
  target: ExcelJS.stream.xlsx.WorkbookWriter,
  out: Writable,
  locale: Locale,
): Promise<void> {
  const kind = sheetKindOf(report.name);
  if (!kind) return;
  const sheet = target.addWorksheet(report.name);
  sheet.columns = [{ width: 14 }, { width: 44 }];
  const rejected = byRow(report.rejected);
  const warned = byRow(report.warnings);
  const words = WORDS[locale];
  let layout: SheetLayout | null = null;
  let read = 0;
  for await (const { row, cells } of workbook.rows(report.name)) {
    let front: [string, string] = ['', ''];
    const refusals = rejected.get(row);
    const warnings = warned.get(row);
    if (refusals) front = [words.refused, textOf(refusals)];
    else if (layout && natureOf(kind, layout, cells) === 'entry') {
      front = warnings ? [words.warned, textOf(warnings)] : [words.taken, ''];
    } else if (!layout && read < MOST_ROWS_ABOVE) {
      layout = layoutOf(kind, row, cells, workbook.is1904);
      if (layout) front = [words.result, words.reason];
    }
    writeRow(sheet, row, front, cells, workbook.is1904);
    read += 1;
    if (read % ROWS_AT_A_TIME === 0) await keptUp(out);
  }
  sheet.commit();
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  number: number,
  front: readonly string[],
  cells: readonly CellValue[],
  is1904: boolean,
): void {
  const row = sheet.getRow(number);
  [...front, ...cells].forEach((value, index) => {
    if (value === null || value === undefined || value === '') return;
    const cell = row.getCell(index + 1);
    if (value instanceof DateCell) {
      const day = value.serial + (is1904 ? DAYS_FROM_1900_TO_1904 : 0) - EPOCH_SERIAL;
      cell.value = new Date(Math.round(day * DAY_MS));
      cell.numFmt = Number.isInteger(value.serial) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm';
    } else cell.value = typeof value === 'string' ? spreadsheetText(value) : value;
  });
  row.commit();
}

/** Several findings of one row stand one after the other. */
function byRow(findings: readonly RowFinding[]): Map<number, RowFinding[]> {
  const rows = new Map<number, RowFinding[]>();
  for (const finding of findings) {
    const others = rows.get(finding.row);
    if (others) others.push(finding);
    else rows.set(finding.row, [finding]);
  }
  return rows;
}

const textOf = (findings: readonly RowFinding[]): string =>
  findings.map(({ code, detail }) => `${detail}（${code}）`).join('；');

/** Lets the zip stream run, and waits for a slow reader: the rows would otherwise pile up in memory. */
async function keptUp(out: Writable): Promise<void> {
  await setImmediate();
  if (out.destroyed) throw new Error('the reader of the report has gone');
  if (!out.writableNeedDrain) return;
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(out, 'drain', { signal }), once(out, 'close', { signal })]).finally(() =>
    stop.abort(),
  );
}
