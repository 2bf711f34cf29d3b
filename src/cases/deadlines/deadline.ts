import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** A deadline is this time, office time, of its working day. */
const END_OF_DAY = '18:00';
/** What comes later in the day counts as coming on the next working day. */
const LAST_OF_DAY_ZERO = '17:30';

export interface Deadline {
  at: Date;
  /** It rests on days past the confirmed calendar, and is recomputed when their year is loaded. */
  isProvisional: boolean;
}

/** Day 0 of a clock: the day it starts; after 17:30 or on a day not worked, the next working day. */
export function dayZeroOf(startedAt: Date, calendar: WorkingCalendar, office: OfficeTime): string {
  const on = office.dateOf(startedAt);
  const isInTime = calendar.isWorkingDay(on) && startedAt <= office.at(on, LAST_OF_DAY_ZERO);
  return isInTime ? on : calendar.add(on, 1);
}

/** 18:00 of the n-th working day after day 0. */
export function deadlineAfter(
  dayZeroOn: string,
  workingDays: number,
  calendar: WorkingCalendar,
  office: OfficeTime,
): Deadline {
  const on = calendar.add(dayZeroOn, workingDays);
  return { at: office.at(on, END_OF_DAY), isProvisional: !calendar.isConfirmed(on) };
}

/** 18:00 of a given due date; given on a day not worked, of the working day before. */
export function deadlineOn(on: string, calendar: WorkingCalendar, office: OfficeTime): Deadline {
  return { at: office.at(calendar.onOrBefore(on), END_OF_DAY), isProvisional: !calendar.isConfirmed(on) };
}

/** The earlier of a deadline and what caps it. */
export const capped = (deadline: Deadline, cap: Deadline | null): Deadline =>
  cap !== null && cap.at < deadline.at ? cap : deadline;
