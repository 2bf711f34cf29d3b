import type { SmsLocale } from '../../notifications/templates/sms-templates.js';
import type { CountedNotice } from '../reminder-facts.js';
import {
  MOST_DAYS,
  MOST_ITEMS,
  shortDate,
  shortMonth,
  SHORT_WORDS,
  type ShortWording,
} from '../short-values.js';
import { metricName } from './metric-names.js';
import { wholePercent } from './percent.js';

const NOT_KNOWN = '—';

/** How an SMS says one notice; `null` where no approved template says it, and it is worded as a digest of one. */
export function shortNotice(notice: CountedNotice, locale: SmsLocale): ShortWording | null {
  const { kind, number: no, ownerName: ent } = notice;
  const due = notice.dueOn === null ? NOT_KNOWN : shortDate(notice.dueOn, locale);
  switch (notice.kind) {
    case 'assigned':
      return {
        template: kind,
        values: { ent, no, sign: shortDate(notice.facts.acknowledgeOn, locale), due },
      };
    case 'sent_back':
      return { template: kind, values: { no, due } };
    case 'extension_decided':
      // The template speaks of a new deadline.
      return notice.facts.decision === 'approved' ? { template: kind, values: { no, due } } : null;
    case 'weekly_published': {
      const { week, assigned, closureRate, overdue } = notice.facts;
      const values = {
        week: SHORT_WORDS[locale].week(Number(week.slice(6))),
        n: Math.min(assigned, MOST_ITEMS),
        pct: closureRate === null ? NOT_KNOWN : `${wholePercent(closureRate)}%`,
        m: Math.min(overdue, MOST_ITEMS),
      };
      return { template: kind, values };
    }
    case 'production_report_due':
      return { template: kind, values: { due } };
    case 'figures_due':
      return { template: kind, values: { ent, date: shortMonth(notice.facts.month, locale), due } };
    case 'figure_query': {
      const { month, metric } = notice.facts;
      const values = { ent, date: shortMonth(month, locale), metric: metricName(metric, locale) };
      return { template: kind, values };
    }
    case 'follow_up_due':
      return { template: kind, values: { ent, days: Math.min(notice.facts.days, MOST_DAYS), due } };
    case 'relapse_proposed': {
      const last = notice.facts.months.at(-1);
      const date = last === undefined ? '' : shortMonth(last, locale);
      return { template: 'relapse', values: { ent, date } };
    }
    default:
      return null;
  }
}
