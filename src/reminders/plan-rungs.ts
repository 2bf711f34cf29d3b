import type { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { RunningClock } from '../cases/deadlines/clocks.js';
import { FALLS_DUE_AT } from '../notifications/sending-time.js';
import type { Rung } from './ladder.js';

/** A rung of the ladder on one running clock. */
export interface PlannedRung {
  code: string;
  offsetWorkingDays: number;
  /** 09:00 of the rung's day. */
  firesAt: Date;
  /**
   * A rung before the deadline is of no use once its moment is past: it is not armed any more, but one that was armed
   * in time and has not been found yet stays.
   */
  isArmable: boolean;
}

/** What the ladder says about a running clock, lowest rung first. */
export function planRungs(
  clock: Pick<RunningClock, 'kind' | 'deadlineAt'>,
  rungs: readonly Rung[],
  now: Date,
  calendar: WorkingCalendar,
  office: OfficeTime,
): PlannedRung[] {
  // A calendar loaded later can turn a deadline's day into a holiday; it then counts for the working day before.
  const dueOn = calendar.onOrBefore(office.dateOf(clock.deadlineAt));
  return rungs
    .filter((rung) => rung.clock === clock.kind)
    .map(({ code, offsetWorkingDays }) => {
      const firesAt = office.at(calendar.add(dueOn, offsetWorkingDays), FALLS_DUE_AT);
      return { code, offsetWorkingDays, firesAt, isArmable: offsetWorkingDays >= 0 || firesAt > now };
    })
    .toSorted((one, other) => one.offsetWorkingDays - other.offsetWorkingDays);
}
