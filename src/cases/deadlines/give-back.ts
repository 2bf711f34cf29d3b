import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { type Deadline, deadlineAfter } from './deadline.js';

/** A handling clock that stood still (hold, verification) and runs again. */
export interface Stop {
  dueAt: Date;
  stoppedAt: Date;
  resumedAt: Date;
  /** Whether it was late when it stopped. */
  wasLate: boolean;
}

/**
 * Gives back the working days that were left when the clock stopped, at least one, counted after the day it runs again.
 * @returns `null` where due and version stay: it was late on entry, or the due moment comes out the same.
 */
export function giveBack(stop: Stop, calendar: WorkingCalendar, office: OfficeTime): Deadline | null {
  if (stop.wasLate) return null;
  const left = calendar.between(office.dateOf(stop.stoppedAt), office.dateOf(stop.dueAt));
  const deadline = deadlineAfter(office.dateOf(stop.resumedAt), Math.max(1, left), calendar, office);
  return deadline.at.getTime() === stop.dueAt.getTime() ? null : deadline;
}
