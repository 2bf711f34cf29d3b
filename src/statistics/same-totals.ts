import type { SubjectKind } from '../cases/lifecycle/states.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { WeeklyColumns } from './table/columns.js';
import type { PeriodAnswer } from './weekly-answer.js';

/**
 * However cases or problems are cut, they are as many: of each subject all tables have the same total, but for what
 * moved between the groups of one table.
 * @throws Refusal 409 TABLE_NOT_RECONCILED naming the total
 */
export function requireSameTotals(
  tables: ReadonlyArray<Pick<PeriodAnswer, 'subject' | 'by' | 'total'>>,
): void {
  const first = new Map<SubjectKind, string>();
  for (const { subject, by, total } of tables) {
    const stated = statedOf(total);
    if ((first.get(subject) ?? stated) !== stated)
      throw new Refusal(409, 'TABLE_NOT_RECONCILED', { row: `total of ${subject} by ${by}` });
    first.set(subject, stated);
  }
}

const statedOf = ({ transferredIn: _in, transferredOut: _out, ...total }: WeeklyColumns): string =>
  JSON.stringify(total);
