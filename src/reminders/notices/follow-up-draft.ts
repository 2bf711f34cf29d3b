import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { AGAIN } from '../../notifications/notices/holds.js';
import type { NoticeDraft } from '../../notifications/notices/notices.js';

/** Working days after which who has not recorded it is reminded once more. */
const AGAIN_AFTER = 5;
const DUE_AT = '18:00';

/** A follow-up whose day has come. */
export interface FollowUpDue {
  id: string;
  caseId: string;
  enterpriseId: string;
  /** Of the last assignment of its case. */
  departmentId: string | null;
  officialId: string | null;
  days: number;
  dueOn: string;
}

/** What is told of it today: that it is due, or that it still is. On a day off it is due on the working day after. */
export function followUpDraft(
  { id, days, dueOn, caseId, ...about }: FollowUpDue,
  today: string,
  calendar: WorkingCalendar,
  office: OfficeTime,
): NoticeDraft {
  const firstOn = calendar.onOrAfter(dueOn);
  const isSecond = today >= calendar.add(firstOn, AGAIN_AFTER);
  return {
    ...about,
    kind: 'follow_up_due',
    cause: `${id}${isSecond ? AGAIN : ''}`,
    subjectId: caseId,
    caseId,
    facts: { followUpId: id, days, isSecond },
    deadlineAt: office.at(isSecond ? calendar.onOrAfter(today) : firstOn, DUE_AT),
  };
}
