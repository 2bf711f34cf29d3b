import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { Refusal } from '../platform/errors/refusal.js';
import { CampaignBook } from './campaign-book.js';
import { capped, type Deadline, dayZeroOf, deadlineAfter, deadlineOn } from './deadlines/deadline.js';
import { LIMITS } from './deadlines/limits.js';
import type { Complexity } from './lifecycle/states.js';
import type { AssignmentTerms } from './new-assignment.js';
import type { OpenSubject } from './subject-desk.js';

/** By when: a limit by complexity, or a date. */
export interface LimitInput {
  complexity?: Complexity | undefined;
  dueOn?: string | undefined;
}

/** Due dates that are set or extended: none of them lies past the final date of a campaign. */
@Injectable()
export class DueDates {
  constructor(
    private readonly campaigns: CampaignBook,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 400 DUE_DATE_PAST */
  async terms(open: OpenSubject, input: LimitInput): Promise<AssignmentTerms> {
    const { subject, now, calendar } = open;
    const { office } = this;
    const complexity = input.complexity ?? subject.row.complexity;
    const dayZeroOn = dayZeroOf(now, calendar, office);
    const limit = LIMITS.handling[complexity ?? 'general'];
    const wanted =
      input.dueOn === undefined
        ? deadlineAfter(dayZeroOn, limit, calendar, office)
        : dueDate(input.dueOn, '/dueOn', now, calendar, office);
    const cap = await this.cap(open);
    const due = capped(wanted, cap);
    // What an extension may add at most; counted where the limit is not what was given.
    const isLimit = input.dueOn === undefined && due === wanted;
    const limitWorkingDays = isLimit ? limit : calendar.between(dayZeroOn, office.dateOf(due.at));
    return { due, limitWorkingDays, complexity, cap };
  }

  /** Up to when a deadline of the open case or problem may be extended, of what is asked for. */
  async withinCampaigns(open: OpenSubject, asked: Date): Promise<Date> {
    const cap = await this.cap(open);
    return cap !== null && cap.at < asked ? cap.at : asked;
  }

  /**
   * The end of the first campaign that the enterprise belongs to and that is still to come: what ended before caps
   * nothing, for no due date is set in the past.
   */
  private async cap({ tx, subject, now, calendar }: OpenSubject): Promise<Deadline | null> {
    const { enterpriseId } = subject.row;
    if (enterpriseId === null) return null;
    const dates = await this.campaigns.finalDates(tx, enterpriseId, this.office.dateOf(now));
    const ends = dates.map((on) => deadlineOn(on, calendar, this.office));
    return ends.find(({ at }) => at > now) ?? null;
  }
}

/** @throws Refusal 400 DUE_DATE_PAST */
export function dueDate(
  on: string,
  pointer: string,
  now: Date,
  calendar: WorkingCalendar,
  office: OfficeTime,
): Deadline {
  const due = deadlineOn(on, calendar, office);
  if (due.at <= now) throw new Refusal(400, 'DUE_DATE_PAST', { on }, [{ pointer, code: 'DUE_DATE_PAST' }]);
  return due;
}
