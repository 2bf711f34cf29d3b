import * as fc from 'fast-check';
import { periodNamed, type PlainPeriod, startOf } from './plain-periods.js';

/** What is asked at a moment of what was known then or earlier. */
export interface Question {
  /** Of the moments at which something was learnt; `null`: of what is known by now. */
  learnt: number | null;
  /** At it, or just after. */
  isAfter: boolean;
  period: number;
}

/** Weeks before anything happened, over the holidays and the turns of months; some are not over when they are asked for. */
const PERIODS: readonly PlainPeriod[] = [
  '2021-W37',
  '2021-W39',
  '2021-W40',
  '2021-W41',
  '2021-W42',
  '2021-W43',
  '2021-W44',
  '2021-W45',
  '2021-W46',
  '2021-09',
  '2021-10',
  '2021-11',
  '2021-Q3',
  '2021-Q4',
  '2021',
  '2021-W38..2021-W41',
  '2021-W40..2021-W44',
  '2021-W43..2021-W44',
].map(periodNamed);

export const questions: fc.Arbitrary<Question[]> = fc.array(
  fc.record({
    learnt: fc.oneof(fc.constant(null), fc.nat(100_000), fc.nat(100_000)),
    isAfter: fc.boolean(),
    period: fc.nat(100_000),
  }),
  { minLength: 5, maxLength: 5 },
);

/** @param learnt moments at which something was learnt, all before now */
export function asked(
  question: Question,
  learnt: readonly number[],
  now: number,
): { asOf: number; period: PlainPeriod } {
  const moment = question.learnt === null ? now : (learnt[question.learnt % learnt.length] ?? now);
  const asOf = Math.min(now, question.isAfter ? moment + 1 : moment);
  const begun = PERIODS.filter((period) => startOf(period) < asOf);
  const period = begun[question.period % begun.length];
  if (period === undefined) throw new Error('no period has begun yet');
  return { asOf, period };
}
