import type ExcelJS from 'exceljs';
import { inCell } from '../cells/cell-text.js';
import type { ListTable } from '../lists/list-table.js';
import type { PatternRows } from '../package/streamed-sheet.js';
import type { Words } from '../words.js';
import {
  addNote,
  addSheet,
  styleCell,
  styleHeading,
  styleTotal,
  sumAbove,
  writeTitle,
} from './sheet-frame.js';

const HEADINGS = 3;
const FIRST = 4;
const ROW_HEIGHT = 20;

/** A list that is at hand: its rows, their sum where it has one, or one line that says that there are none. */
export function addListSheet<Row>(
  workbook: ExcelJS.Workbook,
  list: ListTable<Row>,
  rows: readonly Row[],
  none: string,
  words: Words,
): void {
  const sheet = headedSheet(workbook, list, words);
  rows.forEach((row, index) => {
    addStyledRow(
      sheet,
      list,
      list.columns.map(({ value }) => inCell(value(row, index))),
      words,
    );
  });
  if (rows.length === 0) addNote(sheet, none, list.columns.length, words);
  else if (list.columns.some(({ isSummed }) => isSummed)) addTotal(sheet, list, rows, words);
}

/** A list that is written row by row when the workbook is packed: all but its rows, and a row and a note to write them like. */
export function addPatternSheet<Row>(
  workbook: ExcelJS.Workbook,
  list: ListTable<Row>,
  words: Words,
): PatternRows & { sheetId: number } {
  const sheet = headedSheet(workbook, list, words);
  addStyledRow(
    sheet,
    list,
    list.columns.map(() => null),
    words,
  );
  const note = sheet.addRow([null]);
  styleCell(note.getCell(1), words, { isText: true });
  note.getCell(1).border = {};
  return { sheetId: sheet.id, headings: HEADINGS, row: FIRST, note: note.number };
}

function headedSheet<Row>(workbook: ExcelJS.Workbook, list: ListTable<Row>, words: Words): ExcelJS.Worksheet {
  const { columns, title, subtitle } = list;
  const sheet = addSheet(workbook, list.sheet, words, { columns: 0, rows: HEADINGS });
  sheet.columns = columns.map(({ width }) => ({ width }));
  writeTitle(sheet, { title, subtitle }, columns.length, words);
  const row = sheet.addRow(columns.map(({ heading }) => heading));
  row.height = 30;
  row.eachCell((cell) => styleHeading(cell, words));
  return sheet;
}

function addStyledRow<Row>(
  sheet: ExcelJS.Worksheet,
  { columns }: ListTable<Row>,
  values: ReadonlyArray<string | number | null>,
  words: Words,
): ExcelJS.Row {
  const row = sheet.addRow(values);
  row.height = ROW_HEIGHT;
  columns.forEach(({ isText }, index) => styleCell(row.getCell(index + 1), words, { isText }));
  return row;
}

function addTotal<Row>(
  sheet: ExcelJS.Worksheet,
  list: ListTable<Row>,
  rows: readonly Row[],
  words: Words,
): void {
  const total = addStyledRow(sheet, list, [words.texts.total], words);
  const above = { first: FIRST, last: FIRST + rows.length - 1 };
  list.columns.forEach(({ isSummed, value }, index) => {
    const cell = total.getCell(index + 1);
    const sum = rows.reduce((so, row, place) => so + Number(value(row, place)), 0);
    if (isSummed) cell.value = sumAbove(cell, above, sum);
  });
  styleTotal(total, words);
}
