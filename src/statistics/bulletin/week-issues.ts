import { Refusal } from '../../platform/errors/refusal.js';
import type { WeekIssue } from './issues.repository.js';

/** @throws Refusal 409 WEEK_PUBLISHED */
export function requireNotPublished(week: string, there: readonly WeekIssue[]): void {
  if (there.some(({ state }) => state === 'published')) throw new Refusal(409, 'WEEK_PUBLISHED', { week });
}

/** @throws Refusal 409 WEEK_PUBLISHED; WEEK_WITHDRAWN: it is published again for a reason */
export function requireNeverPublished(week: string, there: readonly WeekIssue[]): void {
  requireNotPublished(week, there);
  if (there.some(({ wasPublished }) => wasPublished)) throw new Refusal(409, 'WEEK_WITHDRAWN', { week });
}

/** @throws Refusal 409 WEEK_PREPARED, WEEK_PUBLISHED, WEEK_WITHDRAWN */
export function requireNone(week: string, there: readonly WeekIssue[]): void {
  requireNotPrepared(week, there);
  requireNeverPublished(week, there);
}

/** The issue in whose place another one can stand. @throws Refusal 409 WEEK_PREPARED, WEEK_PUBLISHED, NOTHING_TO_REISSUE */
export function replacedBy(week: string, there: readonly WeekIssue[]): WeekIssue {
  requireNotPrepared(week, there);
  requireNotPublished(week, there);
  const last = there.find(({ wasPublished }) => wasPublished);
  if (last === undefined) throw new Refusal(409, 'NOTHING_TO_REISSUE', { week });
  return last;
}

function requireNotPrepared(week: string, there: readonly WeekIssue[]): void {
  if (there.some(({ state }) => state === 'prepared')) throw new Refusal(409, 'WEEK_PREPARED', { week });
}
