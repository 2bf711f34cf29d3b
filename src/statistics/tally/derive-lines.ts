import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { handlingWorkingDays } from '../../cases/deadlines/handling-time.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import { type Dimensions, isSame, movedBetween, type SubjectDimensions } from '../table/dimensions.js';
import type { RatingGiven, SubjectEvent, SubjectHistory } from '../table/history.js';
import { applyEvent, type Flow, lateFrom, type Standing, unreported } from '../table/standing.js';
import type { Beginning, LineKind, LineState, TallyLine } from './tally-line.js';

/** Working days as known at a moment. */
export interface WorkingDays {
  calendar: WorkingCalendar;
  office: OfficeTime;
}

const SATISFIED: ReadonlySet<RatingValue> = new Set(['very_satisfied', 'satisfied', 'fairly_satisfied']);
const MARKS = { sentBack: 'sent_back', extended: 'extended' } as const;

/** Everything that can be counted of one case or problem. `history` is as known, in order. */
export function deriveLines(
  history: SubjectHistory,
  dimensions: SubjectDimensions,
  days: WorkingDays,
): TallyLine[] {
  const derivation = new Derivation(dimensions, days);
  for (const { at, event } of stepsOf(history, dimensions.changes)) derivation.step(at, event);
  return derivation.lines(history.ratings);
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

/** Whoever derives lines says when they were learnt. */
const NOT_YET = Infinity;

/** Lines are made by the million: all of one shape, field by field, which an engine knows how to keep. */
const lineOf = (
  what: LineKind,
  dimensions: Dimensions,
  from: number,
  sourceId: string | null,
): TallyLine => ({
  what,
  began: null,
  state: null,
  outcome: null,
  isGood: null,
  days: null,
  dueAt: null,
  moved: 0,
  sourceId,
  dimensions,
  from,
  to: Infinity,
  recordedFrom: NOT_YET,
  endRecordedAt: Infinity,
  recordedUntil: Infinity,
});

/** Goes through what happened to one case or problem, and says at any time what can be counted so far. */
export class Derivation {
  private readonly standing: Standing = unreported();
  private readonly done: TallyLine[] = [];
  private stands: TallyLine | undefined;
  private isLate: TallyLine | undefined;

  constructor(
    private readonly dimensions: SubjectDimensions,
    private readonly days: WorkingDays,
  ) {}

  /** Past an event, or a change of attributes. */
  step(at: number, event: SubjectEvent | undefined): void {
    const { standing } = this;
    const wasOnBooks = standing.isOnBooks;
    const flow = event && applyEvent(standing, event);
    // What never came on the books is not counted.
    if (standing.reported === null || (!standing.isOnBooks && standing.left === null)) return;
    const dimensions = this.dimensions.at(standing, at);
    const sourceId = event?.id ?? null;
    if (wasOnBooks) this.move(dimensions, at, sourceId);
    if (flow === 'sentBack' || flow === 'extended')
      this.done.push(lineOf(MARKS[flow], dimensions, at, sourceId));
    this.stand(dimensions, at, beginningOf(flow), sourceId);
    this.beLate(dimensions, at, sourceId);
  }

  /** @param ratings those that are known, in order */
  lines(ratings: readonly RatingGiven[]): TallyLine[] {
    const lines = [...this.done];
    if (this.stands !== undefined) lines.push(this.stands);
    if (this.isLate !== undefined) lines.push(this.isLate);
    this.addSignFors(lines);
    if (ratings.length > 0) this.addRatings(lines, ratings);
    return lines;
  }

  /** An assignment counts where its sign-for time fell, for the department that was to sign. */
  private addSignFors(lines: TallyLine[]): void {
    const { reported, signFors } = this.standing;
    for (const { departmentId, officialId, sourceId, acknowledgeBy, signedAt, endedAt } of signFors) {
      const by = Date.parse(acknowledgeBy);
      const isMoot = signedAt === null && endedAt !== null && endedAt < by;
      if (isMoot) continue;
      const line = lineOf(
        'sign_for',
        this.dimensions.at({ reported, departmentId, officialId }, by),
        by,
        sourceId,
      );
      line.isGood = signedAt !== null && signedAt <= by;
      lines.push(line);
    }
  }

  /** Of several ratings of one closure the last one counts, from when it was given. */
  private addRatings(lines: TallyLine[], ratings: readonly RatingGiven[]): void {
    const { reported, closures } = this.standing;
    for (const { resolvedAt, reopenedAt, departmentId, officialId } of closures) {
      const ofClosure = ratings.filter(
        ({ effectiveAt: at }) => at >= resolvedAt && (reopenedAt === null || at <= reopenedAt),
      );
      for (const [place, { id, rating, effectiveAt: from }] of ofClosure.entries()) {
        const to = ofClosure[place + 1]?.effectiveAt ?? Infinity;
        if (to === from) continue;
        const line = lineOf(
          'rated',
          this.dimensions.at({ reported, departmentId, officialId }, from),
          from,
          id,
        );
        line.isGood = SATISFIED.has(rating);
        line.to = to;
        lines.push(line);
      }
    }
  }

  /** Each move on the books is one out and one in. */
  private move(dimensions: Dimensions, at: number, sourceId: string | null): void {
    if (this.stands === undefined) return;
    const moved = movedBetween(this.stands.dimensions, dimensions);
    if (moved === 0) return;
    const out = lineOf('moved_out', this.stands.dimensions, at, sourceId);
    const into = lineOf('moved_in', dimensions, at, sourceId);
    out.moved = into.moved = moved;
    this.done.push(out, into);
  }

  private stand(dimensions: Dimensions, at: number, began: Beginning | null, sourceId: string | null): void {
    const state = stateOf(this.standing);
    const { stands } = this;
    if (stands !== undefined) {
      if (began === null && stands.state === state && isSame(stands.dimensions, dimensions)) return;
      this.end(stands, at);
    }
    const closure = state === 'resolved' ? this.standing.closures.at(-1) : undefined;
    const line = lineOf('standing', dimensions, at, sourceId);
    line.began = began;
    line.state = state;
    line.outcome = closure?.outcome ?? null;
    line.isGood = closure?.isOnTime ?? null;
    if (closure !== undefined && began === 'resolved') line.days = this.handlingDays(closure);
    this.stands = line;
  }

  private handlingDays({ dayZeroOn, resolvedAt, holds }: Standing['closures'][number]): number {
    const { calendar, office } = this.days;
    return handlingWorkingDays(dayZeroOn, new Date(resolvedAt), holds, calendar, office);
  }

  private beLate(dimensions: Dimensions, at: number, sourceId: string | null): void {
    const from = lateFrom(this.standing, at);
    const dueAt = from === null ? null : Date.parse(this.standing.dueAt);
    const state = stateOf(this.standing);
    const { isLate } = this;
    if (isLate !== undefined) {
      const isStill =
        isLate.dueAt === dueAt && isLate.state === state && isSame(isLate.dimensions, dimensions);
      if (isStill) return;
      this.end(isLate, at);
      this.isLate = undefined;
    }
    if (from === null) return;
    this.isLate = lineOf('overdue', dimensions, from, sourceId);
    this.isLate.state = state;
    this.isLate.dueAt = dueAt;
  }

  /** What lasted no time at all still counts where something began with it. */
  private end(line: TallyLine, at: number): void {
    if (line.from >= at && line.began === null) return;
    line.to = at;
    this.done.push(line);
  }
}

const beginningOf = (flow: Flow | undefined): Beginning | null =>
  flow === undefined || flow === 'sentBack' || flow === 'extended' ? null : flow;

function stateOf({ left, clock, signFors }: Standing): LineState {
  if (left !== null) return left;
  if (clock === 'none') return 'returned';
  if (clock !== 'running') return clock;
  return signFors.at(-1)?.signedAt === null ? 'assigned' : 'in_progress';
}
