import { isFebruary } from './months.js';

/** What is known of a month of the year, from the same source. */
export interface KnownOfYear {
  /** `YYYY-MM`. */
  month: string;
  /** Decimal text, at most four decimals. */
  value: string;
  /** 2: a February that stands for January too. */
  coversMonths: number;
}

export type MonthOfYear =
  | { value: string; coversMonths: 1 | 2 }
  /** Months without which the difference would be of more than one. */
  | { code: 'YEAR_TO_DATE_GAP'; months: string[] }
  /** Less than what is known through `month`: that, or this, is wrong. */
  | { code: 'YEAR_TO_DATE_FELL'; month: string; known: string };

/**
 * The figure of a month from what its year came to by its end: the difference to what is known of the months before.
 * What is known of the month itself is what is to be corrected, and does not count; neither do later months. January
 * and February may be told in one: a February without a January covers both.
 *
 * @param known the newest figures of the same metric, source and enterprise, of any months
 */
export function monthOfYearToDate(
  month: string,
  yearToDate: string,
  known: readonly KnownOfYear[],
): MonthOfYear {
  const year = month.slice(0, 5);
  const before = new Map(
    known.filter((one) => one.month.startsWith(year) && one.month < month).map((one) => [one.month, one]),
  );
  const january = `${year}01`;
  const february = before.get(`${year}02`);
  // The one figure stands for both: a January beside it must not count twice.
  if (february?.coversMonths === 2) before.delete(january);
  if (isFebruary(month) && !before.has(january)) return { value: plain(scaled(yearToDate)), coversMonths: 2 };
  const missing = monthsThrough(month).filter(
    (one) => !before.has(one) && !(one === january && february?.coversMonths === 2),
  );
  if (missing.length > 0) return { code: 'YEAR_TO_DATE_GAP', months: missing };
  const sum = [...before.values()].reduce((total, { value }) => total + scaled(value), 0n);
  const difference = scaled(yearToDate) - sum;
  const last = [...before.keys()].toSorted().at(-1);
  if (difference < 0n && last !== undefined)
    return { code: 'YEAR_TO_DATE_FELL', month: last, known: plain(sum) };
  return { value: plain(difference), coversMonths: 1 };
}

/** Of the same year, before this one. */
function monthsThrough(month: string): string[] {
  const count = Number(month.slice(5, 7)) - 1;
  return Array.from(
    { length: count },
    (_, index) => `${month.slice(0, 5)}${String(index + 1).padStart(2, '0')}`,
  );
}

const DECIMALS = 4;

/** In ten-thousandths, exactly: a double would round what an enterprise of this size makes in a year. */
function scaled(decimal: string): bigint {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === undefined) throw new RangeError(`not a decimal: ${decimal}`);
  return BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}

function plain(value: bigint): string {
  const digits = String(value).padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return digits.slice(0, -DECIMALS) + (fraction === '' ? '' : `.${fraction}`);
}
