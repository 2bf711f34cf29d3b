import { spreadsheetText } from '../../../platform/spreadsheet/spreadsheet-text.js';

/** Excel takes 32,767 characters in a cell, escapes and all. */
const LONGEST = 16_000;
/** What XML 1.0 cannot hold: control characters, half of a surrogate pair, and what is no character. */
const NOT_IN_XML = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/gu;

/** Text from people as a cell of a workbook shows it: not run, and with nothing in it that XML cannot hold. */
export const cellText = (text: string): string =>
  spreadsheetText(text.slice(0, LONGEST))
    .replaceAll(NOT_IN_XML, '\uFFFD')
    .replaceAll(/\r\n?/g, '\n')
    // What looks like an escape of OOXML would be read as the character that it names.
    .replaceAll(/_x(?=[\dA-Fa-f]{4}_)/g, '_x005F_x');

export const inCell = (value: string | number): string | number =>
  typeof value === 'string' ? cellText(value) : value;
