import type { CellValue } from '../../workbook/cell-value.js';
import type { LedgerLimit } from '../ledger-plan.js';
import { readDate } from './date.js';
import { INVALID, type Reading } from './reading.js';
import { readCompact } from './text.js';

const WORKING_DAYS = /^(\d{1,3})个?工作日(?:内|以内)?$/;

/** `15个工作日`, or the date itself. `15天` may mean either kind of day and is not taken. */
export function readLimit(cell: CellValue | undefined, is1904 = false): Reading<LedgerLimit> {
  const days = WORKING_DAYS.exec(readCompact(cell))?.[1];
  if (days !== undefined) {
    const workingDays = Number(days);
    return workingDays >= 1 ? { workingDays, dueOn: null } : INVALID;
  }
  const dueOn = readDate(cell, is1904);
  return typeof dueOn === 'string' ? { workingDays: null, dueOn } : dueOn;
}
