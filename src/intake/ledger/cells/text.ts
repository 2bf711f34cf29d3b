import { typedText } from '../../../platform/spreadsheet/spreadsheet-text.js';
import { type CellValue, DateCell } from '../../workbook/cell-value.js';

const FULL_WIDTH_WORD = /[０-９Ａ-Ｚａ-ｚ]/g;
const FULL_WIDTH = /[！-～]/g;
/** From `！` to `!`, and the like. */
const FULL_WIDTH_OFFSET = 0xfee0;
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g;
const BLANKS = /\s+/g;
const DASHES = /[‐‑‒–—―−]/g;
/** Strokes and 无 are what people write to say that there is nothing. */
const NOTHING = /^(?:[-‐‑‒–—―−－/／\\]+|无)$/;
/** What a sheet shows for a formula that failed. */
const FAILED_FORMULA = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;

const toHalfWidth = (character: string): string =>
  String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);

const rawText = (cell: CellValue | undefined): string => {
  // An apostrophe that an export or a report put there keeps a program from running the text; nobody meant it.
  if (typeof cell === 'string') return typedText(cell);
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return String(cell instanceof DateCell ? cell.serial : cell);
};

/** As it is kept: digits and letters half width, runs of blanks one blank, ends trimmed; `''` where nothing is said. */
export function readText(cell: CellValue | undefined): string {
  const text = rawText(cell)
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH_WORD, toHalfWidth)
    .replace(BLANKS, ' ')
    .trim();
  return NOTHING.test(text) || FAILED_FORMULA.test(text) ? '' : text;
}

/** A name of a person or department: two-character names are often stretched with blanks. */
export const readName = (cell: CellValue | undefined): string => readText(cell).replaceAll(' ', '');

/** All punctuation half width too, dashes alike, no blanks: for reading numbers, dates and words. */
export const compact = (text: string): string =>
  text.replace(INVISIBLE, '').replace(FULL_WIDTH, toHalfWidth).replace(BLANKS, '').replace(DASHES, '-');

export const readCompact = (cell: CellValue | undefined): string => compact(readText(cell));

/** Under which a name is found however it is written: `（示例）` and `(示例)`, with blanks or without. */
export const nameKey = (name: string): string => compact(name).toLowerCase();
