import { cellText as exportedText } from '../../platform/spreadsheet/xlsx-workbook.js';
import { nameKey, readText } from '../ledger/cells/text.js';
import { cellText } from '../workbook/cell-text.js';
import { WORKBOOK_LIMITS } from '../workbook/workbook-limits.js';

/** Whether the intake would find the same again under which it knows the text. */
export function isTellable(text: string): boolean {
  const read = readText(cellText(exportedText(text)));
  return read !== '' && nameKey(read) === nameKey(text) && text.length < WORKBOOK_LIMITS.maxCellCharacters;
}

/** A remark that nothing is known by: shortened to what a cell may hold. */
export const shortened = (text: string): string =>
  text.length < WORKBOOK_LIMITS.maxCellCharacters
    ? text
    : `${text.slice(0, WORKBOOK_LIMITS.maxCellCharacters - 2)}…`;
