import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { TestFacts } from '../../notifications/notices/notice-facts.js';
import type { CountedFacts, CountedNotice, Matter } from '../reminder-facts.js';

/** When a message is written. */
export interface OnThisDay {
  now: Date;
  calendar: WorkingCalendar;
  office: OfficeTime;
}

/** Of no case and no enterprise. */
const INVENTED = { number: 'TEST-000001', ownerName: '测试企业（虚构）', isTest: true };
const DUE_AT = '18:00';

/** What a rung or a notice would say today, of an invented case. */
export const sampleMatter = (of: TestFacts, day: OnThisDay): Matter =>
  'kind' in of ? sampleNotice(of.kind, day) : sampleReminder(of, day);

function sampleReminder(
  { rung, offsetWorkingDays }: Extract<TestFacts, { rung: string }>,
  { now, calendar, office }: OnThisDay,
): CountedFacts {
  const today = office.dateOf(now);
  const dueOn = calendar.add(today, -offsetWorkingDays);
  const deadlineAt = office.at(dueOn, DUE_AT);
  return {
    ...INVENTED,
    rung,
    // Nothing is said of it.
    clock: 'handle',
    deadlineAt,
    dueOn,
    isOverdue: deadlineAt < now,
    daysOverdue: calendar.between(dueOn, today),
    daysLeft: calendar.between(today, dueOn),
  };
}

function sampleNotice(kind: CountedNotice['kind'], { now, calendar, office }: OnThisDay): CountedNotice {
  const today = office.dateOf(now);
  const after = (days: number): string => calendar.add(today, days);
  switch (kind) {
    case 'assigned':
      return { ...INVENTED, kind, dueOn: after(15), facts: { acknowledgeOn: after(1) } };
    case 'co_handling':
      return { ...INVENTED, kind, dueOn: after(3), facts: {} };
    case 'sent_back':
      return { ...INVENTED, kind, dueOn: after(5), facts: {} };
    case 'extension_decided':
      return { ...INVENTED, kind, dueOn: after(15), facts: { decision: 'approved' } };
    case 'weekly_published': {
      const facts = { week: `${today.slice(0, 4)}-W01`, assigned: 12, closureRate: 0.75, overdue: 1 };
      return { ...INVENTED, kind, number: facts.week, dueOn: null, facts };
    }
    case 'issue_prepared':
    case 'weekly_issue': {
      const facts = { week: `${today.slice(0, 4)}-W01`, year: Number(today.slice(0, 4)), number: 1 };
      const about = { ...INVENTED, number: facts.week, dueOn: null };
      return kind === 'issue_prepared'
        ? { ...about, kind, facts }
        : { ...about, kind, facts: { ...facts, replacesNumber: null, attached: [], linked: [] } };
    }
    case 'production_report_due': {
      const facts = { month: today.slice(0, 7), unitName: INVENTED.ownerName, enterprises: 1 };
      return { ...INVENTED, kind, number: facts.month, dueOn: after(5), facts };
    }
    default:
      return sampleOfProduction(kind, today, after);
  }
}

type OfProduction =
  'figures_due' | 'figure_query' | 'follow_up_due' | 'relapse_proposed' | 'candidates_waiting';

function sampleOfProduction(
  kind: OfProduction,
  today: string,
  after: (days: number) => string,
): CountedNotice {
  const month = today.slice(0, 7);
  const ofMonth = { ...INVENTED, number: month };
  switch (kind) {
    case 'figures_due':
      return { ...ofMonth, kind, dueOn: after(5), facts: { month, isLastCall: false } };
    case 'figure_query':
      return { ...ofMonth, kind, dueOn: null, facts: { month, metric: 'electricity' } };
    case 'follow_up_due':
      return { ...INVENTED, kind, dueOn: today, facts: { followUpId: '', days: 30, isSecond: false } };
    case 'relapse_proposed':
      return { ...INVENTED, kind, dueOn: null, facts: { months: [month] } };
    default: {
      const facts = { week: `${today.slice(0, 4)}-W01`, candidates: 3 };
      return { ...INVENTED, kind, number: facts.week, dueOn: null, facts };
    }
  }
}
