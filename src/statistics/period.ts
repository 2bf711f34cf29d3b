import { plusDays } from '../calendar/calendar-date.js';
import type { OfficeTime } from '../calendar/office-time.js';
import { Refusal } from '../platform/errors/refusal.js';
import { parseWeek } from './week.js';

/** What a table may tell of, by calendar dates of the office: from 00:00 of `startOn` to 24:00 of `lastOn`. */
export interface Period {
  /** `2021-W44`, `2021-10`, `2021-Q4`, `2021`, `2021-W40..2021-W44`. */
  name: string;
  kind: 'week' | 'month' | 'quarter' | 'year' | 'weeks';
  startOn: string;
  lastOn: string;
}

/** Of a table, in milliseconds since 1970: from `startsAt` until, and not including, `until`. */
export interface Stretch {
  startsAt: number;
  until: number;
  lastOn: string;
}

/** A range of more weeks is a report of years; the year to date is asked for by its name. */
export const MOST_WEEKS = 106;

const MONTH = /^([1-9]\d{3})-(0[1-9]|1[0-2])$/;
const QUARTER = /^([1-9]\d{3})-Q([1-4])$/;
const YEAR = /^[1-9]\d{3}$/;

/**
 * @throws Refusal 404 WEEK_UNKNOWN for a week that its year does not have, 404 PERIOD_UNKNOWN for what is no name of a
 *   period, 422 PERIOD_REVERSED, 422 PERIOD_TOO_LONG
 */
export function parsePeriod(name: string): Period {
  const [first, last, ...more] = name.split('..');
  if (first !== undefined && last !== undefined && more.length === 0) return weeks(name, first, last);
  if (/W/.test(name)) {
    const { mondayOn, sundayOn } = parseWeek(name);
    return { name, kind: 'week', startOn: mondayOn, lastOn: sundayOn };
  }
  const [, year, month] = MONTH.exec(name) ?? [];
  if (year !== undefined) return months(name, 'month', Number(year), Number(month), 1);
  const [, yearOfQuarter, quarter] = QUARTER.exec(name) ?? [];
  if (yearOfQuarter !== undefined)
    return months(name, 'quarter', Number(yearOfQuarter), Number(quarter) * 3 - 2, 3);
  // The last day of 9999 has a tomorrow without a four-digit name.
  if (YEAR.test(name) && name !== '9999') return months(name, 'year', Number(name), 1, 12);
  throw new Refusal(404, 'PERIOD_UNKNOWN', { period: name });
}

function weeks(name: string, first: string, last: string): Period {
  const [from, to] = [parseWeek(first), parseWeek(last)];
  if (from.mondayOn > to.mondayOn) throw new Refusal(422, 'PERIOD_REVERSED', { period: name });
  if (plusDays(from.mondayOn, MOST_WEEKS * 7) <= to.mondayOn)
    throw new Refusal(422, 'PERIOD_TOO_LONG', { period: name, most: MOST_WEEKS });
  return { name, kind: 'weeks', startOn: from.mondayOn, lastOn: to.sundayOn };
}

function months(name: string, kind: Period['kind'], year: number, month: number, count: number): Period {
  const next = month + count > 12 ? firstOf(year + 1, month + count - 12) : firstOf(year, month + count);
  if (next.length > 10) throw new Refusal(404, 'PERIOD_UNKNOWN', { period: name });
  return { name, kind, startOn: firstOf(year, month), lastOn: plusDays(next, -1) };
}

const firstOf = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}-01`;

/** The stretch of a period as known at a moment: during it, up to that moment. */
export function stretchOf({ startOn, lastOn }: Period, asOf: Date, office: OfficeTime): Stretch {
  const until = Math.min(office.at(plusDays(lastOn, 1), '00:00').getTime(), asOf.getTime());
  // The end is the first moment that does not belong to it.
  return {
    startsAt: office.at(startOn, '00:00').getTime(),
    until,
    lastOn: office.dateOf(new Date(until - 1)),
  };
}

/**
 * What a rank is compared with: the week, month or quarter before; as many weeks before a range of them; of a year the
 * same days of the year before, so that a running year is compared with as much of the last one.
 */
export function stretchBefore(period: Period, stretch: Stretch, office: OfficeTime): Stretch {
  const { startOn, lastOn } = datesBefore(period, stretch);
  return {
    startsAt: office.at(startOn, '00:00').getTime(),
    until: office.at(plusDays(lastOn, 1), '00:00').getTime(),
    lastOn,
  };
}

function datesBefore(
  { kind, startOn, lastOn }: Period,
  stretch: Stretch,
): Pick<Period, 'startOn' | 'lastOn'> {
  if (kind === 'year') {
    const before = (on: string): string => `${Number(on.slice(0, 4)) - 1}${on.slice(4)}`;
    const isLeapDay = stretch.lastOn.endsWith('-02-29');
    return {
      startOn: before(startOn),
      lastOn: isLeapDay ? before(plusDays(stretch.lastOn, -1)) : before(stretch.lastOn),
    };
  }
  const endedOn = plusDays(startOn, -1);
  if (kind === 'month') return { startOn: `${endedOn.slice(0, 7)}-01`, lastOn: endedOn };
  if (kind === 'quarter')
    return {
      startOn: firstOf(Number(endedOn.slice(0, 4)), Number(endedOn.slice(5, 7)) - 2),
      lastOn: endedOn,
    };
  const days = (Date.parse(lastOn) - Date.parse(startOn)) / 86_400_000 + 1;
  return { startOn: plusDays(startOn, -days), lastOn: endedOn };
}
