import type { CountedFacts, Digest, Occasion } from './reminder-facts.js';

/** A template and what fills its variables. */
export interface ShortWording {
  template: string;
  values: Record<string, string | number>;
}

const MOST_DAYS = 99;
const MOST_ITEMS = 999;
/** A leader's name is personal data, which an SMS does not carry. */
const LEADER = '包联领导';

/** `11月5日` */
export const shortDate = (on: string): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;

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

/** How an SMS says it: one reminder by its rung's template, two or more as a digest. */
export function shortWording(
  { count, overdue, earliestOn, first: [first] }: Digest,
  occasion: Occasion,
): ShortWording {
  const single = count === 1 ? SINGLE[first.rung] : undefined;
  if (single !== undefined) return { template: first.rung, values: single(first, occasion) };
  return {
    template: 'digest',
    values: {
      n: Math.min(count, MOST_ITEMS),
      m: Math.min(overdue, MOST_ITEMS),
      due: shortDate(earliestOn),
    },
  };
}
