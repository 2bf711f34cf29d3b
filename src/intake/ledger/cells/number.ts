import type { CellValue } from '../../workbook/cell-value.js';
import { DateCell } from '../../workbook/cell-value.js';
import { INVALID, type Reading } from './reading.js';
import { readCompact } from './text.js';

/** With thousands set apart rightly or not at all. */
const PLAIN = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/;
/** Larger ones are mistakes, and past the precision of a double and of the columns. */
const LARGEST = 1e14;

/** Factors of the units that may stand behind an amount of money, in CNY. */
const MONEY: Readonly<Record<string, number>> = {
  元: 1,
  千元: 1e3,
  万元: 1e4,
  万: 1e4,
  百万元: 1e6,
  亿元: 1e8,
  亿: 1e8,
};
const ENERGY: Readonly<Record<string, number>> = {
  千瓦时: 1,
  kwh: 1,
  度: 1,
  千度: 1e3,
  万千瓦时: 1e4,
  万度: 1e4,
  亿千瓦时: 1e8,
};
const PEOPLE: Readonly<Record<string, number>> = { 人: 1, 名: 1 };
const DAYS: Readonly<Record<string, number>> = { 天: 1, 日: 1 };
const SHARE: Readonly<Record<string, number>> = { '%': 0.01 };
const UNITS = { money: MONEY, energy: ENERGY, people: PEOPLE, days: DAYS, share: SHARE };
export type Quantity = keyof typeof UNITS;

/** Factor of a unit by its name, `undefined` for one that the quantity does not know. */
export const unitFactor = (quantity: Quantity, unit: string): number | undefined =>
  Object.hasOwn(UNITS[quantity], unit.toLowerCase()) ? UNITS[quantity][unit.toLowerCase()] : undefined;

/**
 * A quantity that cannot be negative, in its base unit (CNY, kWh, people, days, share), rounded to four decimals.
 * A number without a unit is taken in the column's: `columnFactor` base units.
 */
export function readQuantity(
  cell: CellValue | undefined,
  quantity: Quantity,
  columnFactor = 1,
): Reading<number> {
  if (cell instanceof DateCell || typeof cell === 'boolean') return INVALID;
  let number: number;
  let factor: number | undefined = columnFactor;
  if (typeof cell === 'number') number = cell;
  else {
    const text = readCompact(cell);
    if (text === '') return null;
    const digits = PLAIN.exec(text)?.[0];
    if (digits === undefined) return INVALID;
    number = Number(digits.replaceAll(',', ''));
    if (digits.length < text.length) factor = unitFactor(quantity, text.slice(digits.length));
  }
  if (factor === undefined || !(number >= 0)) return INVALID;
  const value = Math.round(number * factor * 1e4) / 1e4;
  return value > LARGEST ? INVALID : value;
}

/** A count of people. */
export function readCount(cell: CellValue | undefined): Reading<number> {
  const count = readQuantity(cell, 'people');
  return typeof count === 'number' && (!Number.isInteger(count) || count > 10_000_000) ? INVALID : count;
}
