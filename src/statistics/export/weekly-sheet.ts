import type ExcelJS from 'exceljs';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import {
  type ColumnHeading,
  type Figure,
  headingsFor,
  NOTHING_TO_SAY,
  TOTAL_NAME,
} from './column-headings.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { By } from '../table/groupings.js';
import { spreadsheetText } from '../../platform/spreadsheet/spreadsheet-text.js';
import { parseWeek } from '../week.js';
import type { WeeklyAnswer } from '../weekly-answer.js';

const SUBJECT_NAMES: Record<SubjectKind, { short: string; title: string; unit: string }> = {
  case: { short: '企业', title: '停产半停产减产企业', unit: '户' },
  problem: { short: '问题', title: '企业问题诉求', unit: '件' },
};
const BY_NAMES: Record<By, { sheet: string; column: string }> = {
  reportingUnit: { sheet: '各县区', column: '县（市、区）' },
  leadDepartment: { sheet: '牵头单位', column: '牵头单位' },
};
const NOTES = [
  '在办＝上周结转＋本周新增＋重新交办＋转入－本周销号－终止－转出；销号率＝累计销号÷（累计交办－累计终止）；按期办结率＝按期销号÷（累计销号＋在办超期）。',
  '“—”表示没有可计算的数；累计不足 3 的只列出，不排名；“升降”为与上周名次相比。',
];
const FORMATS: Record<Figure, string> = {
  count: '0',
  // As many digits as are answered: fewer would round what is rounded already.
  rate: '0.00%',
  days: '0.0',
  score: '0.00',
  rank: '0',
  rankChange: '"↑"0;"↓"0;"平"',
};
const WIDTHS: Record<Figure, number> = {
  count: 6,
  rate: 8.2,
  days: 7.6,
  score: 7.6,
  rank: 5.6,
  rankChange: 6,
};

/** What a reader looks for first. */
const BOLD: ReadonlySet<keyof WeeklyColumns> = new Set(['resolved', 'closing', 'score', 'rank']);

/** Rows of the sheet, from 1. */
const TITLE = 1;
const SUBTITLE = 2;
const BANDS = 3;
const HEADINGS = 4;
const FIRST = 5;

const FONT = '宋体';
const HEADING_FONT = '黑体';
const INK = { argb: 'FF1F2A44' };
const FAINT = { argb: 'FF9AA5B8' };
const RED = { argb: 'FFC00000' };
const fill = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const HEADING_FILL = fill('FFDCE6F1');
const TOTAL_FILL = fill('FFF2F2F2');
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8EA3BF' } };
const BOX: Partial<ExcelJS.Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };

/** One table on one sheet of A4 across, to be handed out as it is. */
export function addWeeklySheet(workbook: ExcelJS.Workbook, table: WeeklyAnswer, zone: string): void {
  const headings = headingsFor(table.subject);
  const sheet = workbook.addWorksheet(`${SUBJECT_NAMES[table.subject].short}·${BY_NAMES[table.by].sheet}`, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: HEADINGS }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${TITLE}:${HEADINGS}`,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  sheet.columns = [{ width: 14 }, ...headings.map(({ figure }) => ({ width: WIDTHS[figure] }))];
  writeTitle(sheet, table, headings.length + 1, zone);
  writeHeadings(sheet, table.by, headings);
  for (const row of table.rows) writeRow(sheet, spreadsheetText(row.name), row, headings);
  writeTotal(sheet, table, headings);
  writeNotes(sheet, headings.length + 1);
}

function writeTitle(sheet: ExcelJS.Worksheet, table: WeeklyAnswer, width: number, zone: string): void {
  const { title, unit } = SUBJECT_NAMES[table.subject];
  const { mondayOn, sundayOn } = parseWeek(table.week);
  const known = minuteIn(zone).format(new Date(table.asOf));
  const provisional = table.isProvisional ? '　（本周未结束，为暂定数）' : '';
  const week = `${table.week.slice(0, 4)} 年第 ${Number(table.week.slice(6))} 周（${mondayOn} 至 ${sundayOn}）`;
  const lines = [
    {
      row: TITLE,
      text: `${title}销号周报表（${BY_NAMES[table.by].sheet}）`,
      size: 18,
      height: 32,
      font: HEADING_FONT,
    },
    {
      row: SUBTITLE,
      text: `${week}　数据截至 ${known}　单位：${unit}${provisional}`,
      size: 10,
      height: 20,
      font: FONT,
    },
  ];
  for (const { row, text, size, height, font } of lines) {
    sheet.mergeCells(row, 1, row, width);
    const cell = sheet.getCell(row, 1);
    cell.value = text;
    cell.font = { name: font, size, color: INK, bold: row === TITLE };
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    sheet.getRow(row).height = height;
  }
}

/** `2021-11-08 09:00`: Swedish writes dates as ISO 8601 does. */
const minuteIn = (timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });

function writeHeadings(sheet: ExcelJS.Worksheet, by: By, headings: readonly ColumnHeading[]): void {
  sheet.getCell(BANDS, 1).value = BY_NAMES[by].column;
  headings.forEach(({ band, heading }, index) => {
    sheet.getCell(BANDS, index + 2).value = band;
    sheet.getCell(HEADINGS, index + 2).value = heading;
  });
  for (const row of [BANDS, HEADINGS]) {
    for (let column = 1; column <= headings.length + 1; column += 1) {
      const cell = sheet.getCell(row, column);
      cell.font = { name: HEADING_FONT, size: 10, color: INK };
      cell.fill = HEADING_FILL;
      cell.border = BOX;
      cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    }
  }
  sheet.mergeCells(BANDS, 1, HEADINGS, 1);
  for (const { from, through } of bandsOf(headings)) sheet.mergeCells(BANDS, from + 2, BANDS, through + 2);
  sheet.getRow(BANDS).height = 20;
  sheet.getRow(HEADINGS).height = 50;
}

/** Neighbours under one band, by their places among the headings. */
function bandsOf(headings: readonly ColumnHeading[]): Array<{ from: number; through: number }> {
  const starts = headings.flatMap(({ band }, index) => (headings[index - 1]?.band === band ? [] : [index]));
  return starts.map((from, index) => ({ from, through: (starts[index + 1] ?? headings.length) - 1 }));
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  name: string,
  columns: WeeklyColumns,
  headings: readonly ColumnHeading[],
): ExcelJS.Row {
  const values = headings.map(({ column }) => columns[column] ?? NOTHING_TO_SAY);
  const row = sheet.addRow([name, ...values]);
  row.height = 24;
  row.eachCell((cell, column) => {
    const heading = headings[column - 2];
    cell.font = { name: FONT, size: 11, ...inkOf(heading, columns) };
    cell.border = BOX;
    cell.alignment = {
      horizontal: heading === undefined ? 'left' : 'center',
      vertical: 'middle',
      indent: heading === undefined ? 1 : 0,
    };
    if (heading !== undefined) cell.numFmt = FORMATS[heading.figure];
  });
  return row;
}

/** Late ones stand out; counts of zero stand back, but not rates. */
function inkOf(heading: ColumnHeading | undefined, columns: WeeklyColumns): Partial<ExcelJS.Font> {
  if (heading === undefined) return { color: INK, bold: false };
  const { column, figure } = heading;
  if (column === 'overdue' && columns.overdue > 0) return { color: RED, bold: true };
  return { color: figure === 'count' && columns[column] === 0 ? FAINT : INK, bold: BOLD.has(column) };
}

/** Where the city's figure is the sum of the rows, the sheet shows it as such, with our figure as its result. */
function writeTotal(
  sheet: ExcelJS.Worksheet,
  { rows, total }: WeeklyAnswer,
  headings: readonly ColumnHeading[],
): void {
  const row = writeRow(sheet, TOTAL_NAME, total, headings);
  headings.forEach(({ column, isSummed }, index) => {
    const cell = row.getCell(index + 2);
    const letter = sheet.getColumn(index + 2).letter;
    if (isSummed && rows.length > 0) {
      cell.value = {
        formula: `SUM(${letter}${FIRST}:${letter}${FIRST + rows.length - 1})`,
        result: total[column] ?? 0,
      };
    }
  });
  row.eachCell((cell) => {
    cell.fill = TOTAL_FILL;
    cell.font = { ...cell.font, name: HEADING_FONT, bold: true };
  });
}

function writeNotes(sheet: ExcelJS.Worksheet, width: number): void {
  for (const text of NOTES) {
    const row = sheet.addRow([text]);
    sheet.mergeCells(row.number, 1, row.number, width);
    row.height = 16;
    row.getCell(1).font = { name: FONT, size: 9, color: INK };
    row.getCell(1).alignment = { vertical: 'middle' };
  }
}
