import { dateOfDayNumber, dayNumberOf, plusDays, weekdayOf } from '../calendar/calendar-date.js';
import type { OfficeTime } from '../calendar/office-time.js';
import { Refusal } from '../platform/errors/refusal.js';

/** An ISO 8601 week: Monday 00:00 to Monday 00:00 in the office time zone. */
export interface Week {
  /** `2021-W44`. */
  name: string;
  mondayOn: string;
  sundayOn: string;
}

/** Four digits without a leading zero; the last week of 9999 would end in a year that has no four-digit name. */
const SHAPE = /^([1-9]\d{3})-W(\d{2})$/;

/** @throws Refusal 404 WEEK_UNKNOWN where the year has no such week, as 2021 has no W53. */
export function parseWeek(name: string): Week {
  const [, year, number] = SHAPE.exec(name) ?? [];
  if (year === undefined || year === '9999') throw new Refusal(404, 'WEEK_UNKNOWN', { week: name });
  // 4 January is in the first week of every year.
  const week = weekOf(plusDays(`${year}-01-04`, (Number(number) - 1) * 7));
  if (week.name !== name) throw new Refusal(404, 'WEEK_UNKNOWN', { week: name });
  return week;
}

/** The week of a calendar date. */
export function weekOf(on: string): Week {
  const day = dayNumberOf(on);
  const monday = day - weekdayOf(day) + 1;
  // A week belongs to the year of its Thursday.
  const thursdayOn = dateOfDayNumber(monday + 3);
  const year = thursdayOn.slice(0, 4);
  const number = Math.floor((dayNumberOf(thursdayOn) - dayNumberOf(`${year}-01-01`)) / 7) + 1;
  return {
    name: `${year}-W${String(number).padStart(2, '0')}`,
    mondayOn: dateOfDayNumber(monday),
    sundayOn: dateOfDayNumber(monday + 6),
  };
}

export const previousWeek = (week: Week): Week => weekOf(plusDays(week.mondayOn, -7));

export const nextWeek = (week: Week): Week => weekOf(plusDays(week.mondayOn, 7));

/** The last week that has ended. */
export const lastCompleteWeek = (now: Date, office: OfficeTime): Week =>
  previousWeek(weekOf(office.dateOf(now)));

export const startOf = (week: Week, office: OfficeTime): Date => office.at(week.mondayOn, '00:00');

/** The first instant after the week. */
export const endOf = (week: Week, office: OfficeTime): Date => office.at(plusDays(week.sundayOn, 1), '00:00');
