import type ExcelJS from 'exceljs';
import type { WeeklyColumns } from '../../table/columns.js';
import type { WeeklyAnswer } from '../../weekly-answer.js';
import { cellText } from '../cells/cell-text.js';
import { columnsFor, type Figure, NOTHING_TO_SAY, type TableColumn } from '../columns.js';
import { nameOf } from '../row-name.js';
import type { Words } from '../words.js';
import {
  addNote,
  addSheet,
  type Emphasis,
  styleCell,
  styleHeading,
  styleTotal,
  sumAbove,
  writeTitle,
} from './sheet-frame.js';

const FORMATS: Record<Exclude<Figure, 'rankChange'>, string> = {
  count: '0',
  // As many digits as are answered: fewer would round what is rounded already.
  rate: '0.00%',
  days: '0.0',
  score: '0.00',
  rank: '0',
};
const WIDTHS: Record<Figure, number> = {
  count: 6.4,
  rate: 8.4,
  days: 8,
  score: 7.6,
  rank: 6,
  rankChange: 7,
};

/** What a reader looks for first. */
const BOLD: ReadonlySet<keyof WeeklyColumns> = new Set(['resolved', 'closing', 'score', 'rank']);

/** Rows of the sheet, from 1; the title and its subtitle stand above. */
const BANDS = 3;
const HEADINGS = 4;
const FIRST = 5;

/** Where a chart finds the figures of a table. */
export interface TablePlace {
  sheet: string;
  table: WeeklyAnswer;
  first: number;
  last: number;
  letterOf: (column: keyof WeeklyColumns) => string;
}

/** One table on one sheet of A4 across, to be handed out as it is. */
export function addWeeklySheet(
  workbook: ExcelJS.Workbook,
  table: WeeklyAnswer,
  words: Words,
  number: number,
): TablePlace {
  const { texts } = words;
  const { subject, by, rows } = table;
  const columns = columnsFor(subject);
  const width = columns.length + 1;
  const sheet = addSheet(workbook, texts.weekly.sheet(number, subject, by), words, {
    columns: 1,
    rows: HEADINGS,
  });
  sheet.columns = [{ width: 16 }, ...columns.map(({ figure }) => ({ width: WIDTHS[figure] }))];
  const subtitle = words.subtitle(table, texts.counted(texts.subjects[subject].unit));
  writeTitle(sheet, { title: texts.weekly.title(number, subject, by), subtitle }, width, words);
  writeHeadings(sheet, texts.bys[by].heading, columns, words);
  for (const row of rows) writeRow(sheet, cellText(nameOf(row, by, texts)), row, columns, words);
  writeTotal(sheet, table, columns, words);
  for (const note of texts.weekly.notes) addNote(sheet, note, width, words);
  return {
    sheet: sheet.name,
    table,
    first: FIRST,
    last: FIRST + rows.length - 1,
    letterOf: (column) => sheet.getColumn(columns.findIndex((one) => one.column === column) + 2).letter,
  };
}

function writeHeadings(
  sheet: ExcelJS.Worksheet,
  first: string,
  columns: readonly TableColumn[],
  words: Words,
): void {
  const { texts } = words;
  sheet.getCell(BANDS, 1).value = first;
  columns.forEach(({ band, column }, index) => {
    sheet.getCell(BANDS, index + 2).value = texts.bands[band];
    sheet.getCell(HEADINGS, index + 2).value = texts.columns[column].heading;
  });
  for (const row of [BANDS, HEADINGS]) {
    for (let column = 1; column <= columns.length + 1; column += 1)
      styleHeading(sheet.getCell(row, column), words);
  }
  sheet.mergeCells(BANDS, 1, HEADINGS, 1);
  for (const { from, through } of bandsOf(columns)) sheet.mergeCells(BANDS, from + 2, BANDS, through + 2);
  sheet.getRow(BANDS).height = 20;
  sheet.getRow(HEADINGS).height = 56;
}

/** Neighbours under one band, by their places among the columns. */
function bandsOf(columns: readonly TableColumn[]): Array<{ from: number; through: number }> {
  const starts = columns.flatMap(({ band }, index) => (columns[index - 1]?.band === band ? [] : [index]));
  return starts.map((from, index) => ({ from, through: (starts[index + 1] ?? columns.length) - 1 }));
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  name: string,
  figures: WeeklyColumns,
  columns: readonly TableColumn[],
  words: Words,
): ExcelJS.Row {
  const values = columns.map(({ column }) => figures[column] ?? NOTHING_TO_SAY);
  const row = sheet.addRow([name, ...values]);
  row.height = 24;
  row.eachCell((cell, place) => {
    const column = columns[place - 2];
    if (column === undefined) styleCell(cell, words, { isText: true });
    else
      styleCell(cell, words, {
        isText: false,
        emphasis: emphasisOf(column, figures),
        format: formatOf(column, words),
      });
  });
  return row;
}

const formatOf = ({ figure }: TableColumn, { texts }: Words): string =>
  figure === 'rankChange' ? `"↑"0;"↓"0;"${texts.unchanged}"` : FORMATS[figure];

/** Late ones stand out; counts of zero stand back, but not rates. */
function emphasisOf({ column, figure }: TableColumn, figures: WeeklyColumns): Emphasis {
  if (column === 'overdue' && figures.overdue > 0) return 'alarm';
  if (BOLD.has(column)) return 'bold';
  return figure === 'count' && figures[column] === 0 ? 'faint' : 'plain';
}

/** Where the city's figure is the sum of the rows, the sheet shows it as such. */
function writeTotal(
  sheet: ExcelJS.Worksheet,
  { rows, total }: WeeklyAnswer,
  columns: readonly TableColumn[],
  words: Words,
): void {
  const row = writeRow(sheet, words.texts.total, total, columns, words);
  columns.forEach(({ column, isSummed }, index) => {
    const cell = row.getCell(index + 2);
    if (isSummed && rows.length > 0)
      cell.value = sumAbove(cell, { first: FIRST, last: FIRST + rows.length - 1 }, total[column] ?? 0);
  });
  styleTotal(row, words);
}
