import { dateOfDayNumber, dayNumberOf } from '../../../calendar/calendar-date.js';
import { type CellValue, DateCell } from '../../workbook/cell-value.js';
import { INVALID, type Reading } from './reading.js';
import { compact, readText } from './text.js';

/** Day numbers of a sheet that can be meant as dates, 2000-01-01 to 2099-12-31: a bare 15 or 2021 is no date. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_050;
/** Serial of 1 January 1970 in the count from 1900. */
const SERIAL_OF_EPOCH = 25_569;
const DAYS_FROM_1900_TO_1904 = 1_462;

const TIME = String.raw`(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?`;
const WRITTEN = [
  new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?${TIME}$`),
  new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${TIME}$`),
  new RegExp(String.raw`^(\d{4})/(\d{1,2})/(\d{1,2})${TIME}$`),
  new RegExp(String.raw`^(\d{4})\.(\d{1,2})\.(\d{1,2})${TIME}$`),
  /^(20\d{2})(\d{2})(\d{2})$/,
];
const MONTH_WRITTEN = /^(\d{4})(?:年(\d{1,2})月份?|-(\d{1,2})|\/(\d{1,2})|\.(\d{1,2})|(\d{2}))$/;

/** `YYYY-MM-DD` where there is such a day. */
function calendarDate(year: string, month: string, day: string): Reading<string> {
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return INVALID;
  try {
    dayNumberOf(on);
    return on;
  } catch {
    return INVALID;
  }
}

function dateOfSerial(serial: number, is1904: boolean): Reading<string> {
  const day = Math.floor(serial) + (is1904 ? DAYS_FROM_1900_TO_1904 : 0);
  return day < FIRST_SERIAL || day > LAST_SERIAL ? INVALID : dateOfDayNumber(day - SERIAL_OF_EPOCH);
}

/** A calendar date from a date cell, a serial, or text; a time of day is left out. */
export function readDate(cell: CellValue | undefined, is1904 = false): Reading<string> {
  if (cell instanceof DateCell) return dateOfSerial(cell.serial, is1904);
  if (typeof cell === 'number' && cell <= LAST_SERIAL) return dateOfSerial(cell, is1904);
  const text = compact(readText(cell));
  if (text === '') return null;
  for (const form of WRITTEN) {
    const [, year, month, day] = form.exec(text) ?? [];
    if (year && month && day) return calendarDate(year, month, day);
  }
  // A serial that the sheet keeps as text.
  return /^\d{5}$/.test(text) ? dateOfSerial(Number(text), is1904) : INVALID;
}

const JANUARY_FEBRUARY = /^(\d{4})年0?1月?[-~至到]0?2月份?$/;

/** First day of the February of a heading for January and February in one, such as `2021年1-2月`. */
export function readJanuaryFebruary(cell: CellValue | undefined): string | null {
  const year = JANUARY_FEBRUARY.exec(compact(readText(cell)))?.[1];
  return year === undefined ? null : `${year}-02-01`;
}

/** First day of a month, from what heads a column: `2021-10`, `2021年10月`, `202110`, or any date in it. */
export function readMonth(cell: CellValue | undefined, is1904 = false): Reading<string> {
  // 2021.1 as a number may be January or October.
  if (typeof cell === 'number' && !Number.isInteger(cell)) return INVALID;
  const text = compact(readText(cell));
  if (text === '') return null;
  const [, year, ...months] = MONTH_WRITTEN.exec(text) ?? [];
  const month = months.find((part) => part !== undefined);
  const on = year && month ? calendarDate(year, month, '1') : readDate(cell, is1904);
  return typeof on === 'string' ? `${on.slice(0, 7)}-01` : on;
}
