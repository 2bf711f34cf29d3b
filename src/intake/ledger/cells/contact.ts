import { normalizePhone } from '../../../organization/phone.js';
import type { CellValue } from '../../workbook/cell-value.js';
import { INVALID, type Reading } from './reading.js';
import { readCompact } from './text.js';

const MOBILE = /^1[3-9]\d{9}$/;
/** Area codes have three digits for the largest cities, else four. */
const LANDLINE = /^0(?:10|2\d|[3-9]\d{2})\d{7,8}$/;
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}$/i;

/** Digits of a mobile number, or of an area code with 7 or 8 digits. */
export function readPhone(cell: CellValue | undefined): Reading<string> {
  const text = readCompact(cell);
  if (text === '') return null;
  const digits = normalizePhone(text);
  return MOBILE.test(digits) || LANDLINE.test(digits) ? digits : INVALID;
}

export function readEmail(cell: CellValue | undefined): Reading<string> {
  const text = readCompact(cell);
  if (text === '') return null;
  return EMAIL.test(text) ? text : INVALID;
}
