import { isCreditCode, normalizeCreditCode } from '../../../enterprises/credit-code.js';
import type { CellValue } from '../../workbook/cell-value.js';
import { INVALID, type Reading } from './reading.js';
import { readText } from './text.js';

/** Case, width and blanks are folded; nothing else is: a letter O stays one, and is an error. */
export function readCreditCode(cell: CellValue | undefined): Reading<string> {
  const text = readText(cell);
  if (text === '') return null;
  const code = normalizeCreditCode(text);
  return isCreditCode(code) ? code : INVALID;
}
