import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { type Deadline, dayZeroOf, deadlineAfter, deadlineOn } from '../../cases/deadlines/deadline.js';
import { LIMITS } from '../../cases/deadlines/limits.js';
import type { LedgerLimit } from '../ledger/ledger-plan.js';

/** A date without a time is taken at this time of day. */
export const LEDGER_TIME = '12:00';

export interface Terms {
  dayZeroOn: string;
  assignBy: Date;
  acknowledgeBy: Date;
  due: Deadline;
  limitWorkingDays: number;
  coHandlerDueAt: Date;
}

/** The deadlines of an assignment that a ledger dates. */
export function termsOf(
  assignedOn: string,
  limit: LedgerLimit,
  calendar: WorkingCalendar,
  office: OfficeTime,
): Terms {
  const dayZeroOn = dayZeroOf(office.at(assignedOn, LEDGER_TIME), calendar, office);
  const after = (workingDays: number): Deadline => deadlineAfter(dayZeroOn, workingDays, calendar, office);
  const due = limit.dueOn === null ? after(limit.workingDays) : deadlineOn(limit.dueOn, calendar, office);
  return {
    dayZeroOn,
    assignBy: after(LIMITS.assign).at,
    acknowledgeBy: after(LIMITS.sign).at,
    due,
    limitWorkingDays: limit.workingDays ?? calendar.between(dayZeroOn, office.dateOf(due.at)),
    coHandlerDueAt: after(LIMITS.coHandler).at,
  };
}
