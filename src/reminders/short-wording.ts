import type { CountedFacts, Digest, Matter, Occasion } from './reminder-facts.js';
import { shortNotice } from './notices/short-notice.js';
import { MOST_DAYS, MOST_ITEMS, shortDate, type ShortWording } from './short-values.js';

/** A leader's name is personal data, which an SMS does not carry. */
const LEADER = '包联领导';
/** Of a digest in which nothing has a deadline. */
const NO_DATE = '无';

/** Rungs that have a template of their own; any other rung is worded as a digest of one. */
const SINGLE: Record<string, (facts: CountedFacts, occasion: Occasion) => ShortWording['values']> = {
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
  supervise: ({ daysOverdue }, { answerBy }) => ({
    n: 1,
    days: Math.min(daysOverdue, MOST_DAYS),
    due: shortDate(answerBy),
  }),
  escalate: ({ ownerName: ent, number: no }, { answerBy }) => ({
    ent,
    no,
    lead: LEADER,
    due: shortDate(answerBy),
  }),
  assign_overdue: ({ ownerName: ent, daysOverdue }) => ({ ent, days: Math.min(daysOverdue, MOST_DAYS) }),
  sign_overdue: ({ number: no }) => ({ no }),
  verify_overdue: ({ ownerName: ent, number: no }) => ({ ent, no }),
};

/** How an SMS says it: one reminder by its rung's template, one notice by its kind's, two or more as a digest. */
export function shortWording(
  { count, overdue, earliestOn, first: [first] }: Digest,
  occasion: Occasion,
): ShortWording {
  const single = count === 1 ? shortSingle(first, occasion) : null;
  return (
    single ?? {
      template: 'digest',
      values: {
        n: Math.min(count, MOST_ITEMS),
        m: Math.min(overdue, MOST_ITEMS),
        due: earliestOn === null ? NO_DATE : shortDate(earliestOn),
      },
    }
  );
}

function shortSingle(matter: Matter, occasion: Occasion): ShortWording | null {
  if ('kind' in matter) return shortNotice(matter);
  const values = SINGLE[matter.rung]?.(matter, occasion);
  return values === undefined ? null : { template: matter.rung, values };
}
