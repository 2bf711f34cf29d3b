import { CalendarCell, type Cell } from './cell.js';
import { spreadsheetText } from './spreadsheet-text.js';
import {
  CONTENT_TYPES_PART,
  escapedXml,
  ROOT_RELATIONS_PART,
  SHEET_OPENS,
  sheetPart,
  type SheetPlace,
  STYLES,
  STYLES_PART,
  workbookPart,
  workbookRelationsPart,
} from './xlsx-parts.js';
import { type ArchivePart, zipArchive } from './zip-archive.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One sheet of an export: title and note across all columns, a header, and rows below. */
export interface ExportSheet {
  name: string;
  title: string;
  note: string;
  columns: ReadonlyArray<{ heading: string; width: number }>;
  /** So many at a time as were read at once. */
  rows: AsyncIterable<ReadonlyArray<readonly Cell[]>>;
}

/** Rows of a sheet, from 1. */
const TITLE = 1;
const NOTE = 2;
const HEADINGS = 3;

/**
 * The bytes of a workbook, made while they are read. Which sheet comes next may depend on what the ones before held.
 * @param order of the sheets in the workbook, where it is not the one in which they are made
 */
export function xlsxWorkbook(
  sheets: AsyncIterable<ExportSheet> | Iterable<ExportSheet>,
  order: readonly string[] = [],
): AsyncGenerator<Buffer> {
  return zipArchive(partsOf(sheets, order));
}

async function* partsOf(
  sheets: AsyncIterable<ExportSheet> | Iterable<ExportSheet>,
  order: readonly string[],
): AsyncGenerator<ArchivePart> {
  const part = (name: string, text: string): ArchivePart => ({ name, content: whole(text) });
  yield part('[Content_Types].xml', CONTENT_TYPES_PART);
  yield part('_rels/.rels', ROOT_RELATIONS_PART);
  yield part('xl/styles.xml', STYLES_PART);
  const made: SheetPlace[] = [];
  for await (const sheet of sheets) {
    const index = made.length;
    made.push({ name: sheet.name, index });
    yield { name: sheetPart(index), content: sheetXml(sheet) };
  }
  made.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  yield part('xl/workbook.xml', workbookPart(made));
  yield part('xl/_rels/workbook.xml.rels', workbookRelationsPart(made));
}

async function* whole(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

async function* sheetXml(sheet: ExportSheet): AsyncGenerator<string> {
  const { columns, title, note } = sheet;
  const letters = columns.map((_, index) => columnLetters(index));
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${SHEET_OPENS}<sheetViews><sheetView workbookViewId="0"><pane ySplit="${HEADINGS}" topLeftCell="A${HEADINGS + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`;
  yield row(TITLE, textCell(`A${TITLE}`, title, STYLES.title), 30);
  yield row(NOTE, textCell(`A${NOTE}`, note, STYLES.note), 18);
  const headings = columns.map(({ heading }, index) =>
    textCell(`${letters[index]}${HEADINGS}`, heading, STYLES.heading),
  );
  yield row(HEADINGS, headings.join(''), 30);
  let number = HEADINGS;
  for await (const batch of sheet.rows) {
    let xml = '';
    for (const cells of batch) {
      number += 1;
      let inside = '';
      for (let index = 0; index < cells.length; index += 1) {
        const cell = cells[index] ?? null;
        if (cell !== null && cell !== '') inside += cellXml(`${letters[index]}${number}`, cell);
      }
      xml += row(number, inside);
    }
    yield xml;
  }
  const last = letters.at(-1) ?? 'A';
  const merged =
    letters.length > 1
      ? `<mergeCells count="2"><mergeCell ref="A${TITLE}:${last}${TITLE}"/><mergeCell ref="A${NOTE}:${last}${NOTE}"/></mergeCells>`
      : '';
  yield `</sheetData>${merged}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

const row = (number: number, cells: string, height?: number): string =>
  `<row r="${number}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells}</row>`;

function cellXml(at: string, cell: Exclude<Cell, null>): string {
  if (typeof cell === 'string') return textCell(at, spreadsheetText(cellText(cell)), STYLES.text);
  if (typeof cell === 'number') return `<c r="${at}" s="${STYLES.number}"><v>${cell}</v></c>`;
  const style = cell.text.length > DAY_LENGTH ? STYLES.minute : STYLES.day;
  return `<c r="${at}" s="${style}"><v>${serialOf(cell)}</v></c>`;
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapedXml(text)}</t></is></c>`;

/** What XML 1.0 cannot hold: most control characters, and what is no character. */
const UNSPEAKABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** Read back, this would be taken for an escaped character. */
const LIKE_AN_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text as a cell can hold it. */
export const cellText = (text: string): string =>
  text.replaceAll(UNSPEAKABLE, '').replaceAll('\r', '').replaceAll(LIKE_AN_ESCAPE, '_x005F_');

const DAY_LENGTH = 'yyyy-mm-dd'.length;
/** Serial of 1 January 1970 in the count from 1900. */
const SERIAL_OF_EPOCH = 25_569;
const MINUTES_OF_DAY = 1_440;

/** Days since the epoch of spreadsheets, with the time of day as a fraction. */
function serialOf({ text }: CalendarCell): number {
  const days = Date.parse(text.slice(0, DAY_LENGTH)) / 86_400_000 + SERIAL_OF_EPOCH;
  if (text.length <= DAY_LENGTH) return days;
  const minutes = Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
  return days + minutes / MINUTES_OF_DAY;
}

/** `A`, …, `Z`, `AA`, … */
function columnLetters(index: number): string {
  const letters = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letters : columnLetters(Math.floor(index / 26) - 1) + letters;
}
