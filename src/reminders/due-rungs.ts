import type { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { FALLS_DUE_AT, sendingTime } from '../notifications/sending-time.js';
import type { PlannedRung } from './plan-rungs.js';
import type { ReminderState } from './reminder-states.js';

/** A reminder that there is, of one deadline version of one clock run. */
export interface KnownReminder {
  rung: string;
  state: ReminderState;
  offsetWorkingDays: number;
  policyVersion: number;
  firesAt: Date;
}

/** A rung that a sweep would record. */
export interface DueRung {
  code: string;
  offsetWorkingDays: number;
  /** Of the ladder that says whom it reminds. */
  policyVersion: number;
}

/** Whether a rung that is past stands below one that has been recorded for the same deadline. */
export const isOutdone = (rung: PlannedRung, known: readonly KnownReminder[], now: Date): boolean =>
  rung.firesAt <= now &&
  known.some(
    ({ state, offsetWorkingDays }) => state === 'recorded' && offsetWorkingDays > rung.offsetWorkingDays,
  );

/**
 * What a sweep at `at` would record of a clock that runs, were it planned anew at `now` by a ladder of `version`;
 * lowest first: the last goes, the others are superseded. It says in plain terms what `PLAN_REMINDERS` does to rows.
 */
export function dueRungs(
  planned: readonly PlannedRung[],
  version: number,
  known: readonly KnownReminder[],
  { now, at }: { now: Date; at: Date },
): DueRung[] {
  const byRung = new Map(known.map((reminder) => [reminder.rung, reminder]));
  const due = planned.flatMap((rung): DueRung[] => {
    const { code, offsetWorkingDays, firesAt, isArmable } = rung;
    const before = byRung.get(code);
    if (before?.state === 'recorded' || before?.state === 'superseded' || isOutdone(rung, known, now))
      return [];
    if (isArmable) return firesAt <= at ? [{ code, offsetWorkingDays, policyVersion: version }] : [];
    // Before the deadline and past: no more armed, but one that was armed in time for that day stays as it was.
    if (before?.state !== 'armed' || before.offsetWorkingDays !== offsetWorkingDays || before.firesAt > at)
      return [];
    return [{ code, offsetWorkingDays, policyVersion: before.policyVersion }];
  });
  return due.toSorted((one, other) => one.offsetWorkingDays - other.offsetWorkingDays);
}

/** The next day on which reminders go, and when they do; what falls due on it at 09:00 is among them. */
export function nextSending(
  now: Date,
  calendar: WorkingCalendar,
  office: OfficeTime,
): { on: string; isToday: boolean; at: Date } {
  const opensAt = sendingTime(now, calendar, office);
  const on = office.dateOf(opensAt);
  const fallsDueAt = office.at(on, FALLS_DUE_AT);
  return { on, isToday: on === office.dateOf(now), at: opensAt > fallsDueAt ? opensAt : fallsDueAt };
}
