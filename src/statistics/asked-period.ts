import { plusDays } from '../calendar/calendar-date.js';
import type { OfficeTime } from '../calendar/office-time.js';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { Period } from './period.js';
import { type By, OF_PROBLEMS_ALONE } from './table/groupings.js';

/** The first instant after a period. */
export const endOf = ({ lastOn }: Period, office: OfficeTime): Date =>
  office.at(plusDays(lastOn, 1), '00:00');

/**
 * What was asked for, but not later than what is known.
 * @throws Refusal 422 WEEK_IN_FUTURE, AS_OF_BEFORE_WEEK; of other periods PERIOD_IN_FUTURE, AS_OF_BEFORE_PERIOD
 */
export function chooseAsOf(period: Period, latest: Date, asked: Date | undefined, office: OfficeTime): Date {
  const [what, named] =
    period.kind === 'week' ? ['WEEK', { week: period.name }] : ['PERIOD', { period: period.name }];
  const startsAt = office.at(period.startOn, '00:00');
  if (startsAt > latest) throw new Refusal(422, `${what}_IN_FUTURE`, named);
  const asOf = asked !== undefined && asked < latest ? asked : latest;
  if (asOf < startsAt) throw new Refusal(422, `AS_OF_BEFORE_${what}`, { ...named, asOf: asOf.toISOString() });
  return asOf;
}

/** @throws Refusal 400 GROUPING_OF_PROBLEMS_ONLY */
export function requireGrouping(subject: SubjectKind, by: By): void {
  if (subject === 'case' && OF_PROBLEMS_ALONE.has(by))
    throw new Refusal(400, 'GROUPING_OF_PROBLEMS_ONLY', { by }, [
      { pointer: '?by', code: 'GROUPING_OF_PROBLEMS_ONLY', params: { by } },
    ]);
}
