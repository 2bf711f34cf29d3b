import { dayOf } from '../plain-days.js';
import { groupOf, type PlainBy } from './plain-groups.js';
import type { KnownLedger, PlainEvent } from './plain-ledger.js';
import { PlainLife } from './plain-life.js';
import { endOf, type PlainPeriod, startOf } from './plain-periods.js';
import { isOverdue, type Standing, text } from './plain-standing.js';

/** What is counted for one row. */
export interface Counts {
  opening: number;
  assigned: number;
  reopened: number;
  transferredIn: number;
  transferredOut: number;
  resolved: number;
  recovered: number;
  explained: number;
  unstated: number;
  netResolved: number;
  terminated: number;
  closing: number;
  onHold: number;
  overdue: number;
  longestOverdueWorkingDays: number;
  cumulativeAssigned: number;
  cumulativeResolved: number;
  cumulativeClosures: number;
  terminatedSoFar: number;
  closedOnTime: number;
  handlingDays: number;
  signFors: number;
  signedInTime: number;
  signForsToDate: number;
  signedInTimeToDate: number;
  sentBack: number;
  extended: number;
  rated: number;
  satisfied: number;
  ratedToDate: number;
  satisfiedToDate: number;
}

export const NOTHING: Counts = {
  opening: 0,
  assigned: 0,
  reopened: 0,
  transferredIn: 0,
  transferredOut: 0,
  resolved: 0,
  recovered: 0,
  explained: 0,
  unstated: 0,
  netResolved: 0,
  terminated: 0,
  closing: 0,
  onHold: 0,
  overdue: 0,
  longestOverdueWorkingDays: 0,
  cumulativeAssigned: 0,
  cumulativeResolved: 0,
  cumulativeClosures: 0,
  terminatedSoFar: 0,
  closedOnTime: 0,
  handlingDays: 0,
  signFors: 0,
  signedInTime: 0,
  signForsToDate: 0,
  signedInTimeToDate: 0,
  sentBack: 0,
  extended: 0,
  rated: 0,
  satisfied: 0,
  ratedToDate: 0,
  satisfiedToDate: 0,
};

/** Of two groups, or of a group and one more case. */
export function together(one: Counts, other: Partial<Counts>): Counts {
  const sums = { ...one };
  for (const name of Object.keys(NOTHING) as Array<keyof Counts>) {
    const more = other[name] ?? 0;
    sums[name] = name === 'longestOverdueWorkingDays' ? Math.max(sums[name], more) : sums[name] + more;
  }
  return sums;
}

const SATISFIED = new Set(['very_satisfied', 'satisfied', 'fairly_satisfied']);

/** Counts by group, one case or problem after the other, each from its beginning. */
export class PlainTable {
  readonly groups = new Map<string, Counts>();
  private readonly start: number;
  private readonly end: number;

  constructor(
    private readonly known: KnownLedger,
    private readonly by: PlainBy,
    period: PlainPeriod,
    lives: readonly PlainLife[],
  ) {
    this.start = startOf(period);
    // Of a period that is not over yet, what stands at the moment that was asked for.
    this.end = Math.min(endOf(period), known.asOf);
    for (const life of lives) {
      this.countStanding(life);
      this.countFlows(life);
      this.countSignFors(life);
      this.countRatings(life);
    }
  }

  private add(group: string, counts: Partial<Counts>): void {
    this.groups.set(group, together(this.groups.get(group) ?? NOTHING, counts));
  }

  private isWithin(at: number): boolean {
    return at >= this.start && at < this.end;
  }

  private countStanding(life: PlainLife): void {
    const opening = life.at(this.start);
    if (opening.isOnBooks)
      this.add(groupOf(this.known, this.by, life, opening, this.start, false), { opening: 1 });
    const standing = life.at(this.end);
    if (!standing.hasBeenOnBooks) return;
    const { isOnBooks, isResolved } = standing;
    const isLate = isOverdue(standing, this.end);
    this.add(groupOf(this.known, this.by, life, standing, this.end, false), {
      cumulativeAssigned: 1,
      cumulativeResolved: Number(isResolved),
      terminatedSoFar: Number(!isOnBooks && !isResolved),
      closedOnTime: Number(isResolved && standing.isOnTime),
      closing: Number(isOnBooks),
      onHold: Number(standing.isHeld),
      overdue: Number(isLate),
      longestOverdueWorkingDays: isLate
        ? this.known.calendar.count(dayOf(standing.dueAt ?? 0), dayOf(this.end - 1))
        : 0,
    });
  }

  private countFlows(life: PlainLife): void {
    let group = '';
    for (const turn of life.turns) {
      const next = groupOf(this.known, this.by, life, turn.after, turn.at, true);
      if (turn.before.isOnBooks && turn.after.isOnBooks && next !== group && this.isWithin(turn.at)) {
        this.add(group, { transferredOut: 1 });
        this.add(next, { transferredIn: 1 });
      }
      group = next;
      if (turn.event !== null && this.isWithin(turn.at))
        this.add(group, this.flowOf(turn.event, turn.before, turn.after));
      if (turn.event?.type === 'resolved' && turn.at < this.end)
        this.add(group, {
          cumulativeClosures: 1,
          netResolved: Number(turn.at >= this.start && !this.isReopenedAfter(life, turn)),
        });
    }
  }

  /** By the end of the period, whatever came after it. */
  private isReopenedAfter({ turns }: PlainLife, closure: PlainLife['turns'][number]): boolean {
    return turns
      .slice(turns.indexOf(closure) + 1)
      .some(({ at, event }) => event?.type === 'reopened' && at < this.end);
  }

  private flowOf(event: PlainEvent, before: Standing, now: Standing): Partial<Counts> {
    switch (event.type) {
      case 'assigned':
      case 'claimed':
        return { assigned: Number(!before.hasBeenOnBooks) };
      case 'reopened':
        return { reopened: 1 };
      case 'sent_back':
        return { sentBack: 1 };
      case 'extension_approved':
        return { extended: 1 };
      case 'terminated':
      case 'rejected':
        return { terminated: Number(before.isOnBooks) };
      case 'resolved': {
        const outcome = text(event.facts, 'outcome');
        return {
          resolved: 1,
          recovered: Number(outcome === 'recovered' || outcome === 'solved'),
          explained: Number(outcome === 'explained'),
          unstated: Number(outcome === 'unstated'),
          handlingDays: this.handlingDays(now, event.at),
        };
      }
      default:
        return {};
    }
  }

  /** Working days after day 0, through the day of closing; of a hold, those after its first day, through its last. */
  private handlingDays({ dayZero, holds }: Standing, closedAt: number): number {
    const closingDay = dayOf(closedAt);
    const isHeldOn = (day: number): boolean =>
      holds.some(({ from, until }) => day > from && day <= (until ?? closingDay));
    let days = 0;
    for (let day = (dayZero ?? closingDay) + 1; day <= closingDay; day += 1)
      if (this.known.calendar.isWorked(day) && !isHeldOn(day)) days += 1;
    return days;
  }

  private countSignFors(life: PlainLife): void {
    for (const { fellDueAt, isInTime, standing } of life.signFors()) {
      if (fellDueAt >= this.end) continue;
      const group = groupOf(this.known, this.by, life, standing, fellDueAt, true);
      const signedInTime = Number(isInTime);
      this.add(group, { signForsToDate: 1, signedInTimeToDate: signedInTime });
      if (fellDueAt >= this.start) this.add(group, { signFors: 1, signedInTime });
    }
  }

  private countRatings(life: PlainLife): void {
    for (const { ratings, standing } of life.ratedClosures()) {
      const last = ratings.findLast(({ at }) => at < this.end);
      if (last === undefined) continue;
      const group = groupOf(this.known, this.by, life, standing, last.at, true);
      const satisfied = Number(SATISFIED.has(last.rating));
      this.add(group, { ratedToDate: 1, satisfiedToDate: satisfied });
      if (last.at >= this.start) this.add(group, { rated: 1, satisfied });
    }
  }
}
