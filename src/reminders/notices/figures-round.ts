import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** Day of the month, or the working day after, from which the figures of the month before are asked for. */
const ASKED_ON = '05';
const WITHIN_WORKING_DAYS = 5;

/** 月度填报: which figures are asked for, and by when. */
export interface FiguresRound {
  /** `YYYY-MM` */
  month: string;
  dueOn: string;
  /** It is the last working day of the round, or later. */
  isLastCall: boolean;
}

/** The round that is open on a day, once each month; `null` before it begins and from the day on which it is due. */
export function figuresRound(today: string, calendar: WorkingCalendar): FiguresRound | null {
  const askedOn = calendar.onOrAfter(`${today.slice(0, 7)}-${ASKED_ON}`);
  const dueOn = calendar.add(askedOn, WITHIN_WORKING_DAYS);
  if (today < askedOn || today >= dueOn) return null;
  return { month: monthBefore(today), dueOn, isLastCall: today >= calendar.add(dueOn, -1) };
}

function monthBefore(on: string): string {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
