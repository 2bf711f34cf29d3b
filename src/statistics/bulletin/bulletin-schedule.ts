import { plusDays } from '../../calendar/calendar-date.js';
import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { lastCompleteWeek, previousWeek, type Week } from '../week.js';

/** When the week before is made ready to be published. */
export interface Schedule {
  /** 1 Monday to 7 Sunday; the next working day where that is none. */
  weekday: number;
  /** Time of day, `HH:mm`, office time. */
  time: string;
}

/** After the longest holiday two weeks fall due on one day. */
const WEEKS_LOOKED_AT = 3;
/** Whoever was away for longer, or begins with it, is not flooded with old weeks. */
const WITHIN_MS = 7 * 24 * 3_600_000;

/** The moment from which the issue of a week is prepared. */
export function preparedFrom(
  week: Week,
  { weekday, time }: Schedule,
  calendar: WorkingCalendar,
  office: OfficeTime,
): Date {
  return office.at(calendar.onOrAfter(plusDays(week.sundayOn, weekday)), time);
}

/** The weeks that fell due within the last seven days, the earliest first. */
export function weeksDue(
  now: Date,
  schedule: Schedule,
  calendar: WorkingCalendar,
  office: OfficeTime,
): string[] {
  const weeks: Week[] = [];
  for (let week = lastCompleteWeek(now, office); weeks.length < WEEKS_LOOKED_AT; week = previousWeek(week))
    weeks.unshift(week);
  return weeks
    .filter((week) => {
      const sinceMs = now.getTime() - preparedFrom(week, schedule, calendar, office).getTime();
      return sinceMs >= 0 && sinceMs < WITHIN_MS;
    })
    .map(({ name }) => name);
}
