import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** A hold, from entry to leaving. */
export interface Hold {
  from: Date;
  to: Date;
}

/** The same in calendar dates of the office. */
export interface HoldOfDays {
  fromOn: string;
  toOn: string;
}

/**
 * Working days after day 0 through the closing day, days inside holds not counted.
 * A hold takes the working days after the day of entry through the day of leaving, as the give-back of the deadline
 * counts them: the clock has used the day of entry and runs again after the day of leaving.
 * Holds of one case do not overlap.
 */
export function handlingWorkingDays(
  dayZeroOn: string,
  closedAt: Date,
  holds: readonly Hold[],
  calendar: WorkingCalendar,
  office: OfficeTime,
): number {
  const heldOn = holds.map(({ from, to }) => ({ fromOn: office.dateOf(from), toOn: office.dateOf(to) }));
  return handlingDaysOf(dayZeroOn, office.dateOf(closedAt), heldOn, calendar);
}

/** The same where the dates are known. */
export function handlingDaysOf(
  dayZeroOn: string,
  closedOn: string,
  holds: readonly HoldOfDays[],
  calendar: WorkingCalendar,
): number {
  const heldDays = holds.map(({ fromOn, toOn }) =>
    calendar.between(later(dayZeroOn, fromOn), earlier(closedOn, toOn)),
  );
  return heldDays.reduce((days, held) => days - held, calendar.between(dayZeroOn, closedOn));
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);
