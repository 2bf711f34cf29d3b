import { dateOfDayNumber, dayNumberOf, plusDays, weekdayOf } from './calendar-date.js';

/** More than any limit of the domain by far; a larger count is a mistake and would search for minutes. */
const MOST_WORKING_DAYS = 10_000;

/** A day on which the State Council's calendar says something: a holiday, or a weekend day that is worked. */
export interface StatedDay {
  day: string;
  isWorking: boolean;
}

/**
 * Working days with make-up Saturdays and Sundays. Dates are `YYYY-MM-DD` in the office time zone.
 * A day on which nothing is stated is worked from Monday to Friday, save 1 January: a guess past `confirmedUntil`.
 */
export class WorkingCalendar {
  /** Year → for each of its days, how many are worked from 1 January through it. */
  private readonly workedByYear = new Map<number, Uint16Array>();

  constructor(
    private readonly days: ReadonlyMap<string, boolean>,
    readonly confirmedUntil: string,
  ) {}

  /** Confirmed to the end of the last year, counted without a gap from the first, whose National Day is stated. */
  static of(stated: Iterable<StatedDay>): WorkingCalendar {
    const days = new Map<string, boolean>();
    for (const { day, isWorking } of stated) days.set(day, isWorking);
    const years = [...days.keys()]
      .filter((day) => day.endsWith('-10-01'))
      .map((day) => Number(day.slice(0, 4)));
    let last = Math.min(...years);
    while (days.has(`${last + 1}-10-01`)) last += 1;
    return new WorkingCalendar(days, Number.isFinite(last) ? `${last}-12-31` : '0000-01-01');
  }

  isWorkingDay(on: string): boolean {
    return this.days.get(on) ?? (weekdayOf(dayNumberOf(on)) <= 5 && !on.endsWith('-01-01'));
  }

  isConfirmed(on: string): boolean {
    return on <= this.confirmedUntil;
  }

  /** The n-th working day after `on`, before it when n is negative; `on` itself when n is 0. */
  add(on: string, n: number): string {
    if (!Number.isInteger(n) || Math.abs(n) > MOST_WORKING_DAYS)
      throw new RangeError(`not a count of working days: ${n}`);
    let day = on;
    for (let left = Math.abs(n); left > 0;) {
      day = plusDays(day, Math.sign(n));
      if (this.isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  onOrBefore(on: string): string {
    return this.isWorkingDay(on) ? on : this.add(on, -1);
  }

  onOrAfter(on: string): string {
    return this.isWorkingDay(on) ? on : this.add(on, 1);
  }

  /** Working days after `after`, through `through`; 0 when that is not later. */
  between(after: string, through: string): number {
    if (through <= after) return 0;
    let count = this.workedInYearThrough(through) - this.workedInYearThrough(after);
    for (let year = yearOf(after); year < yearOf(through); year += 1) {
      count += this.workedInYearThrough(`${year}-12-31`);
    }
    return count;
  }

  private workedInYearThrough(on: string): number {
    const year = yearOf(on);
    return this.worked(year)[dayNumberOf(on) - firstDayOf(year)] ?? 0;
  }

  private worked(year: number): Uint16Array {
    const known = this.workedByYear.get(year);
    if (known !== undefined) return known;
    const first = firstDayOf(year);
    const worked = new Uint16Array(firstDayOf(year + 1) - first);
    for (let place = 0, count = 0; place < worked.length; place += 1) {
      if (this.isWorkingDay(dateOfDayNumber(first + place))) count += 1;
      worked[place] = count;
    }
    this.workedByYear.set(year, worked);
    return worked;
  }
}

const yearOf = (on: string): number => Number(on.slice(0, 4));
const firstDayOf = (year: number): number => dayNumberOf(`${year}-01-01`);
