import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { handlingWorkingDays } from '../../cases/deadlines/handling-time.js';
import { overdueWorkingDays } from '../../cases/deadlines/overdue.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import type { Grouping } from './grouping.js';
import type { RatingGiven, SubjectEvent, SubjectHistory } from './history.js';
import type { RawCounts } from './raw-counts.js';
import { applyEvent, isOverdueAt, type Standing, unreported } from './standing.js';

/** The time a table tells of, in milliseconds since 1970: from `startsAt` until, and not including, `until`. */
export interface Period {
  startsAt: number;
  /** The end of the week; of a running week, the moment up to which it is known. */
  until: number;
  /** Its last day: the Sunday, or the day on which a running week is looked at. */
  lastOn: string;
}

export interface Counting {
  period: Period;
  grouping: Grouping;
  calendar: WorkingCalendar;
  office: OfficeTime;
  countsOf: (group: string) => RawCounts;
}

const SATISFIED: ReadonlySet<RatingValue> = new Set(['very_satisfied', 'satisfied', 'fairly_satisfied']);

/** Adds one case or problem to the raw counts of the groups it was in. `history` is as known, in order. */
export function countSubject(history: SubjectHistory, counting: Counting): void {
  const { period, grouping, countsOf } = counting;
  const standing = unreported();
  let group = '';
  let isOpened = false;
  const open = (): void => {
    if (!isOpened && standing.isOnBooks) countsOf(group).opening += 1;
    isOpened = true;
  };
  for (const { at, event } of stepsOf(history, grouping.changesFor(history))) {
    if (at >= period.until) break;
    if (at >= period.startsAt) open();
    const wasOnBooks = standing.isOnBooks;
    const flow = event && applyEvent(standing, event);
    if (standing.reported === null) continue;
    const next = grouping.groupAt(standing, at);
    if (isOpened && wasOnBooks && next !== group) {
      countsOf(group).transferredOut += 1;
      countsOf(next).transferredIn += 1;
    }
    group = next;
    if (isOpened && flow !== undefined) countsOf(group)[flow] += 1;
    if (isOpened && flow === 'resolved') countClosure(standing, counting, countsOf(group));
  }
  open();
  countEnd(standing, counting, group);
  countSignFors(standing, counting);
  countRatings(history.ratings, standing, counting);
}

interface Step {
  at: number;
  /** `undefined`: attributes changed. */
  event?: SubjectEvent;
}

/**
 * Events and changes of attributes in order. A group is always that with the changes of its moment, so that at one
 * moment they precede the events whichever stands first here.
 */
function stepsOf(history: SubjectHistory, changes: readonly number[]): Step[] {
  const events: Step[] = history.events.map((event) => ({ at: event.effectiveAt, event }));
  if (changes.length === 0) return events;
  return [...changes.map((at) => ({ at })), ...events].toSorted((one, other) => one.at - other.at);
}

function countClosure({ closures }: Standing, { calendar, office }: Counting, counts: RawCounts): void {
  const closure = closures.at(-1);
  if (closure === undefined) return;
  counts[closure.outcome] += 1;
  const { dayZeroOn, resolvedAt, holds } = closure;
  counts.handlingDays += handlingWorkingDays(dayZeroOn, new Date(resolvedAt), holds, calendar, office);
}

/** How it stands at the end. */
function countEnd(standing: Standing, { period, calendar, office, countsOf }: Counting, group: string): void {
  if (!standing.isOnBooks && standing.left === null) return;
  const counts = countsOf(group);
  counts.cumulativeAssigned += 1;
  if (standing.left === 'terminated') counts.terminatedSoFar += 1;
  if (standing.left === 'resolved') {
    counts.cumulativeResolved += 1;
    if (standing.closures.at(-1)?.isOnTime === true) counts.closedOnTime += 1;
  }
  if (!standing.isOnBooks) return;
  counts.closing += 1;
  if (standing.clock === 'on_hold') counts.onHold += 1;
  if (!isOverdueAt(standing, period.until)) return;
  counts.overdue += 1;
  const dueAt = new Date(standing.dueAt);
  // The longest is the one due first; dates in a time zone cost too much to ask for each.
  if (dueAt.getTime() >= counts.firstOverdueDueAt) return;
  counts.firstOverdueDueAt = dueAt.getTime();
  counts.longestOverdueWorkingDays = overdueWorkingDays(dueAt, period.lastOn, calendar, office);
}

/** An assignment counts where its sign-for time fell, for the department that was to sign. */
function countSignFors(standing: Standing, { period, grouping, countsOf }: Counting): void {
  for (const signFor of standing.signFors) {
    const by = Date.parse(signFor.acknowledgeBy);
    const isMoot = signFor.signedAt === null && signFor.endedAt !== null && signFor.endedAt < by;
    if (by >= period.until || isMoot) continue;
    const { departmentId, officialId } = signFor;
    const counts = countsOf(grouping.groupAt({ reported: standing.reported, departmentId, officialId }, by));
    const isInTime = signFor.signedAt !== null && signFor.signedAt <= by;
    counts.signForsToDate += 1;
    if (isInTime) counts.signedInTimeToDate += 1;
    if (by < period.startsAt) continue;
    counts.signFors += 1;
    if (isInTime) counts.signedInTime += 1;
  }
}

/** Of several ratings of one closure the last one counts, in the week in which it was given. */
function countRatings(ratings: readonly RatingGiven[], standing: Standing, counting: Counting): void {
  const { period, grouping, countsOf } = counting;
  for (const closure of standing.closures) {
    const last = ratings.findLast(
      ({ effectiveAt: at }) =>
        at < period.until &&
        at >= closure.resolvedAt &&
        (closure.reopenedAt === null || at <= closure.reopenedAt),
    );
    if (last === undefined) continue;
    const { departmentId, officialId } = closure;
    const counts = countsOf(
      grouping.groupAt({ reported: standing.reported, departmentId, officialId }, last.effectiveAt),
    );
    const isSatisfied = SATISFIED.has(last.rating);
    counts.ratedToDate += 1;
    if (isSatisfied) counts.satisfiedToDate += 1;
    if (last.effectiveAt < period.startsAt) continue;
    counts.rated += 1;
    if (isSatisfied) counts.satisfied += 1;
  }
}
