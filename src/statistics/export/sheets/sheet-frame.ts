import type ExcelJS from 'exceljs';
import type { Words } from '../words.js';

const INK = { argb: 'FF1F2A44' };
const FAINT = { argb: 'FF9AA5B8' };
const RED = { argb: 'FFC00000' };
const fill = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const HEADING_FILL = fill('FFDCE6F1');
const TOTAL_FILL = fill('FFF2F2F2');
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8EA3BF' } };
const BOX: Partial<ExcelJS.Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const A4 = 9;

/** How much a cell is meant to be seen. */
export type Emphasis = 'plain' | 'bold' | 'faint' | 'alarm';
const EMPHASIS: Record<Emphasis, Partial<ExcelJS.Font>> = {
  plain: { color: INK },
  bold: { color: INK, bold: true },
  faint: { color: FAINT },
  alarm: { color: RED, bold: true },
};

/** A sheet that prints on A4 across with its headings on every page. */
export function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  words: Words,
  frozen?: { columns: number; rows: number },
): ExcelJS.Worksheet {
  return workbook.addWorksheet(name, {
    ...(frozen && { views: [{ state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows }] }),
    pageSetup: {
      paperSize: A4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      ...(frozen && { printTitlesRow: `1:${frozen.rows}` }),
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: words.texts.pages },
  });
}

/** The first two rows, across the whole width. */
export function writeTitle(
  sheet: ExcelJS.Worksheet,
  { title, subtitle }: { title: string; subtitle: string },
  width: number,
  { texts: { fonts } }: Words,
): void {
  const lines = [
    { text: title, height: 32, font: { name: fonts.heading, size: 18, bold: true } },
    { text: subtitle, height: 20, font: { name: fonts.body, size: 10, bold: false } },
  ];
  lines.forEach(({ text, height, font }, index) => {
    const row = index + 1;
    sheet.mergeCells(row, 1, row, width);
    const cell = sheet.getCell(row, 1);
    cell.value = text;
    cell.font = { ...font, color: INK };
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    sheet.getRow(row).height = height;
  });
}

export function styleHeading(cell: ExcelJS.Cell, { texts: { fonts } }: Words): void {
  cell.font = { name: fonts.heading, size: 10, color: INK };
  cell.fill = HEADING_FILL;
  cell.border = BOX;
  cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
}

export function styleCell(
  cell: ExcelJS.Cell,
  { texts: { fonts } }: Words,
  style: { isText: boolean; emphasis?: Emphasis; format?: string },
): void {
  cell.font = { name: fonts.body, size: 11, bold: false, ...EMPHASIS[style.emphasis ?? 'plain'] };
  cell.border = BOX;
  cell.alignment = {
    horizontal: style.isText ? 'left' : 'center',
    vertical: 'middle',
    indent: style.isText ? 1 : 0,
  };
  if (style.format !== undefined) cell.numFmt = style.format;
}

export function styleTotal(row: ExcelJS.Row, { texts: { fonts } }: Words): void {
  row.eachCell((cell) => {
    cell.fill = TOTAL_FILL;
    cell.font = { ...cell.font, name: fonts.heading, bold: true };
  });
}

/** The sum of the cells above as a formula, with our figure as its result. */
export function sumAbove(
  cell: ExcelJS.Cell,
  above: { first: number; last: number },
  result: number,
): ExcelJS.CellFormulaValue {
  const letter = cell.address.replace(/\d+$/, '');
  return { formula: `SUM(${letter}${above.first}:${letter}${above.last})`, result };
}

/** A line of text below a table. */
export function addNote(sheet: ExcelJS.Worksheet, text: string, width: number, words: Words): void {
  const row = sheet.addRow([text]);
  sheet.mergeCells(row.number, 1, row.number, width);
  row.height = 16;
  row.getCell(1).font = { name: words.texts.fonts.body, size: 9, color: INK };
  row.getCell(1).alignment = { vertical: 'middle' };
}
