import { NOTICE_RULES } from '../notifications/notices/notice-kinds.js';
import type { SmsLocale } from '../notifications/templates/sms-templates.js';
import type { CountedFacts, Digest, Matter, Occasion } from './reminder-facts.js';
import { shortNotice } from './notices/short-notice.js';
import { MOST_DAYS, MOST_ITEMS, shortDate, SHORT_WORDS, type ShortWording } from './short-values.js';

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
    lead: SHORT_WORDS[locale].leader,
    due: shortDate(answerBy, locale),
  }),
  assign_overdue: ({ ownerName: ent, daysOverdue }) => ({ ent, days: Math.min(daysOverdue, MOST_DAYS) }),
  sign_overdue: ({ number: no }) => ({ no }),
  verify_overdue: ({ ownerName: ent, number: no }) => ({ ent, no }),
};

/** How an SMS says it: one reminder by its rung's template, one notice by its kind's, two or more as a digest. */
export function shortWording(
  { count, overdue, earliestOn, first: [first] }: Digest,
  occasion: Occasion,
  locale: SmsLocale,
): ShortWording {
  const single = count === 1 ? shortSingle(first, occasion, locale) : null;
  return (
    single ?? {
      template: isToContact(first) ? 'contact_digest' : 'digest',
      values: {
        n: Math.min(count, MOST_ITEMS),
        m: Math.min(overdue, MOST_ITEMS),
        due: earliestOn === null ? SHORT_WORDS[locale].none : shortDate(earliestOn, locale),
      },
    }
  );
}

/** What a contact is told, nobody else is: all of a digest is for the one or for the others. */
const isToContact = (matter: Matter): boolean =>
  'kind' in matter && NOTICE_RULES[matter.kind].roles.includes('contact');

function shortSingle(matter: Matter, occasion: Occasion, locale: SmsLocale): ShortWording | null {
  if ('kind' in matter) return shortNotice(matter, locale);
  const values = SINGLE[matter.rung]?.(matter, occasion, locale);
  return values === undefined ? null : { template: matter.rung, values };
}
