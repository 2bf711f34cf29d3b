import type { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { sendingTime } from '../notifications/sending-time.js';
import { Clock } from '../platform/clock/clock.js';

/** Runs as the real one does, from the last moment at which messages may go: now, or 09:00 of the last working day. */
export class SendingClock extends Clock {
  private readonly offset: number;

  constructor(
    private readonly real: Clock,
    calendar: WorkingCalendar,
    office: OfficeTime,
  ) {
    super();
    const now = real.now();
    const isNow = sendingTime(now, calendar, office).getTime() === now.getTime();
    const lastMorning = lastMorningBefore(now, calendar, office);
    this.offset = isNow ? 0 : lastMorning.getTime() - now.getTime();
  }

  /** Whether it shows another time than the real one. */
  get isMoved(): boolean {
    return this.offset !== 0;
  }

  now(): Date {
    return new Date(this.real.now().getTime() + this.offset);
  }
}

function lastMorningBefore(now: Date, calendar: WorkingCalendar, office: OfficeTime): Date {
  const today = office.dateOf(now);
  const morning = office.at(calendar.onOrBefore(today), '09:00');
  return morning <= now ? morning : office.at(calendar.add(today, -1), '09:00');
}
