import { CalendarCell, type Cell } from './cell.js';
import { spreadsheetText } from './spreadsheet-text.js';

/** Without it the spreadsheet programs of the counties read UTF-8 as GBK. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One record of RFC 4180 with its line end; text of people must be made safe before. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

/** The same of cells, with the text among them made safe. */
export const csvRow = (cells: readonly Cell[]): string => csvLine(cells.map(fieldOf));

function fieldOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return spreadsheetText(cell);
  return cell instanceof CalendarCell ? cell.text : String(cell);
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
