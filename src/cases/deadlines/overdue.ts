import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** What is known of a handling clock. */
export interface HandlingClock {
  /** `null` when there is none: reported, returned, not live. */
  dueAt: Date | null;
  /** `null` while it runs. */
  stoppedAt: Date | null;
  isLateWhenStopped: boolean;
}

/** At the due moment itself it is still in time. */
export const isLate = (dueAt: Date, at: Date): boolean => at > dueAt;

/** A stopped clock is late only if it was when it stopped. */
export function isOverdue({
  dueAt,
  stoppedAt,
  isLateWhenStopped,
  now,
}: HandlingClock & { now: Date }): boolean {
  if (dueAt === null) return false;
  return stoppedAt === null ? isLate(dueAt, now) : isLateWhenStopped;
}

/** Working days after the due day, through a day. */
export function overdueWorkingDays(
  dueAt: Date,
  throughOn: string,
  calendar: WorkingCalendar,
  office: OfficeTime,
): number {
  return calendar.between(office.dateOf(dueAt), throughOn);
}
