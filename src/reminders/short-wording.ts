import type { SmsLocale } from '../notifications/templates/sms-templates.js';
import type { CountedFacts, Digest, Occasion } from './reminder-facts.js';

/** A template and what fills its variables. */
export interface ShortWording {
  template: string;
  values: Record<string, string | number>;
}

const MOST_DAYS = 99;
const MOST_ITEMS = 999;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What values say in one language. */
interface ShortWords {
  /** A leader's name is personal data, which an SMS does not carry. */
  leader: string;
  date(month: number, day: number): string;
}

const WORDS: Record<SmsLocale, ShortWords> = {
  'zh-CN': { leader: '包联领导', date: (month, day) => `${month}月${day}日` },
  en: { leader: 'leader', date: (month, day) => `${day} ${MONTHS[month - 1] ?? ''}` },
};

/** `11月5日`, `5 Nov` */
export const shortDate = (on: string, locale: SmsLocale): string =>
  WORDS[locale].date(Number(on.slice(5, 7)), Number(on.slice(8)));

/** Rungs that have a template of their own; any other rung is worded as a digest of one. */
const SINGLE: Record<
  string,
  (facts: CountedFacts, occasion: Occasion, locale: SmsLocale) => ShortWording['values']
> = {
  due_soon: ({ ownerName: ent, number: no, daysLeft }) => ({
    ent,
    no,
    days: Math.min(daysLeft, MOST_DAYS),
  }),
  due_today: ({ ownerName: ent, number: no }) => ({ ent, no }),
  overdue: ({ ownerName: ent, number: no, daysOverdue }) => ({
    ent,
    no,
    days: Math.min(daysOverdue, MOST_DAYS),
  }),
  supervise: ({ daysOverdue }, { answerBy }, locale) => ({
    n: 1,
    days: Math.min(daysOverdue, MOST_DAYS),
    due: shortDate(answerBy, locale),
  }),
  escalate: ({ ownerName: ent, number: no }, { answerBy }, locale) => ({
    ent,
    no,
    lead: WORDS[locale].leader,
    due: shortDate(answerBy, locale),
  }),
  assign_overdue: ({ ownerName: ent, daysOverdue }) => ({ ent, days: Math.min(daysOverdue, MOST_DAYS) }),
  sign_overdue: ({ number: no }) => ({ no }),
  verify_overdue: ({ ownerName: ent, number: no }) => ({ ent, no }),
};

/** How an SMS says it: one reminder by its rung's template, two or more as a digest. */
export function shortWording(
  { count, overdue, earliestOn, first: [first] }: Digest,
  occasion: Occasion,
  locale: SmsLocale,
): ShortWording {
  const single = count === 1 ? SINGLE[first.rung] : undefined;
  if (single !== undefined) return { template: first.rung, values: single(first, occasion, locale) };
  return {
    template: 'digest',
    values: {
      n: Math.min(count, MOST_ITEMS),
      m: Math.min(overdue, MOST_ITEMS),
      due: shortDate(earliestOn, locale),
    },
  };
}
