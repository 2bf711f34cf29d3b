import { type StatedDay, WorkingCalendar } from '../../calendar/working-calendar.js';

export interface LoadedDay extends StatedDay {
  /** Milliseconds since 1970. */
  recordedAt: number;
}

/** The working calendar as it was known at any moment: of each day the newest loading counts. */
export class KnownCalendars {
  private readonly loads: LoadedDay[];
  private readonly calendars = new Map<number, WorkingCalendar>();
  /** Moments at which something was loaded. */
  readonly changes: readonly number[];

  constructor(days: Iterable<LoadedDay>) {
    this.loads = [...days].toSorted((one, other) => one.recordedAt - other.recordedAt);
    this.changes = [...new Set(this.loads.map(({ recordedAt }) => recordedAt))];
  }

  /** @param moment what was loaded then or before is known */
  through(moment: number): WorkingCalendar {
    const last = this.changes.findLast((change) => change <= moment) ?? -Infinity;
    let calendar = this.calendars.get(last);
    if (calendar === undefined) {
      calendar = WorkingCalendar.of(this.loads.filter(({ recordedAt }) => recordedAt <= last));
      this.calendars.set(last, calendar);
    }
    return calendar;
  }

  /** The first day that is worked as known now, or not, otherwise than it was known before a moment. */
  firstChangedSince(moment: number): string | undefined {
    const days = this.loads.filter(({ recordedAt }) => recordedAt >= moment).map(({ day }) => day);
    if (days.length === 0) return undefined;
    const before = WorkingCalendar.of(this.loads.filter(({ recordedAt }) => recordedAt < moment));
    const now = this.through(Infinity);
    return days.toSorted().find((day) => before.isWorkingDay(day) !== now.isWorkingDay(day));
  }
}
