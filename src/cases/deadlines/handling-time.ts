import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** A hold, from entry to leaving. */
export interface Hold {
  from: Date;
  to: Date;
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
  const closedOn = office.dateOf(closedAt);
  const heldDays = holds.map(({ from, to }) =>
    calendar.between(later(dayZeroOn, office.dateOf(from)), earlier(closedOn, office.dateOf(to))),
  );
  return heldDays.reduce((days, held) => days - held, calendar.between(dayZeroOn, closedOn));
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);
