import type { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';

/** Time of day, office time, at which reminders fall due. */
export const FALLS_DUE_AT = '09:00';
const OPENS_AT = '08:00';
const CLOSES_AT = '21:00';

/** The moment at which what is found now may go: now itself on a working day from 08:00 to 21:00, else the next 09:00. */
export function sendingTime(now: Date, calendar: WorkingCalendar, office: OfficeTime): Date {
  const today = office.dateOf(now);
  if (calendar.isWorkingDay(today)) {
    if (now < office.at(today, OPENS_AT)) return office.at(today, FALLS_DUE_AT);
    if (now < office.at(today, CLOSES_AT)) return now;
  }
  return office.at(calendar.add(today, 1), FALLS_DUE_AT);
}
