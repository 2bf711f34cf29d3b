import { plusDays } from '../../calendar/calendar-date.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';

/** What a campaign set out to do. Dates are `YYYY-MM-DD` and belong to it, both of them. */
export interface CampaignAim {
  target: number;
  startsOn: string;
  finalOn: string;
}

export interface Pace {
  elapsedWorkingDays: number;
  totalWorkingDays: number;
  /** Members that should have reached the milestone by then, one decimal. */
  expected: number;
  /** Fewer have reached it than target × elapsed ÷ total, unrounded. */
  isBehind: boolean;
}

/**
 * 进度: target × elapsed ÷ total working days, at the end of the day `on`. A campaign without a working day expects
 * nothing before its final date, and from then on the whole target, as every campaign does.
 */
export function paceOf(aim: CampaignAim, reached: number, on: string, calendar: WorkingCalendar): Pace {
  const dayBefore = plusDays(aim.startsOn, -1);
  const totalWorkingDays = calendar.between(dayBefore, aim.finalOn);
  const elapsedWorkingDays = calendar.between(dayBefore, on < aim.finalOn ? on : aim.finalOn);
  const [part, whole] =
    on >= aim.finalOn ? [1, 1] : totalWorkingDays === 0 ? [0, 1] : [elapsedWorkingDays, totalWorkingDays];
  return {
    elapsedWorkingDays,
    totalWorkingDays,
    // In whole tenths, so that a half is one: 0.05 is not a binary fraction.
    expected: Math.floor((20 * aim.target * part + whole) / (2 * whole)) / 10,
    isBehind: reached * whole < aim.target * part,
  };
}
