import { CalendarCell, type Cell } from './cell.js';
import { spreadsheetText } from './spreadsheet-text.js';

/** Without it the spreadsheet programs of the counties read UTF-8 as GBK. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One record of RFC 4180 with its line end; the text in it is made safe. A figure may begin as a formula does. */
export const csvRow = (cells: readonly Cell[]): string =>
  `${cells.map((cell) => quoted(fieldOf(cell))).join(',')}\r\n`;

function fieldOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return spreadsheetText(cell);
  return cell instanceof CalendarCell ? cell.text : String(cell);
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
