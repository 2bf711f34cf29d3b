import { plusDays } from '../../calendar/calendar-date.js';
import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { isLive, type Status } from '../lifecycle/states.js';
import { type HandlingClock, isLate, isOverdue } from './overdue.js';

export const LIGHTS = ['red', 'yellow', 'grey', 'green'] as const;
export type Light = (typeof LIGHTS)[number];

const FEW_WORKING_DAYS = 3;
const SILENT_MS = 7 * 24 * 60 * 60 * 1000;

/** The moments on which lights turn, the same for every row of a list and for the SQL of its filter. */
export interface LightMarks {
  now: Date;
  /** Due before this moment: three or fewer working days are left. */
  fewDaysLeftBefore: Date;
  /** Last progress at this moment or before it: silent for seven days. */
  silentSince: Date;
}

export interface LitSubject extends HandlingClock {
  status: Status;
  /** Deadline of the assign clock while reported. */
  assignBy: Date | null;
  progressedAt: Date | null;
}

export function lightMarksAt(now: Date, calendar: WorkingCalendar, office: OfficeTime): LightMarks {
  const firstDayWithMore = calendar.add(office.dateOf(now), FEW_WORKING_DAYS + 1);
  return {
    now,
    fewDaysLeftBefore: office.at(firstDayWithMore, '00:00'),
    silentSince: new Date(now.getTime() - SILENT_MS),
  };
}

/** The marks of one moment after another: what turns at midnight is reckoned once a day, not at every read. */
export class MarksOfDay {
  private known: { calendar: WorkingCalendar; from: Date; until: Date; marks: LightMarks } | null = null;

  constructor(private readonly office: OfficeTime) {}

  at(now: Date, calendar: WorkingCalendar): LightMarks {
    const { known } = this;
    if (known !== null && known.calendar === calendar && now >= known.from && now < known.until) {
      return { ...known.marks, now, silentSince: new Date(now.getTime() - SILENT_MS) };
    }
    const marks = lightMarksAt(now, calendar, this.office);
    const today = this.office.dateOf(now);
    const [from, until] = [this.office.at(today, '00:00'), this.office.at(plusDays(today, 1), '00:00')];
    this.known = { calendar, from, until, marks };
    return marks;
  }
}

/**
 * The light of a case or problem; `null` when it is not live.
 * Where no handling clock runs, nothing is asked of a department, and yellow says nothing: a reported one is red once
 * its assign clock has run out, else green; under verification it is red if it came late, else green.
 */
export function lightOf(subject: LitSubject, marks: LightMarks): Light | null {
  const { status, dueAt, assignBy, stoppedAt, progressedAt } = subject;
  if (!isLive(status)) return null;
  if (isOverdue({ ...subject, now: marks.now })) return 'red';
  if (status === 'on_hold') return 'grey';
  if (dueAt === null) return assignBy !== null && isLate(assignBy, marks.now) ? 'red' : 'green';
  if (stoppedAt !== null) return 'green';
  const isSilent = progressedAt !== null && progressedAt <= marks.silentSince;
  return dueAt < marks.fewDaysLeftBefore || isSilent ? 'yellow' : 'green';
}
