import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { handlingWorkingDays } from '../../cases/deadlines/handling-time.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import { type Dimensions, isSame, movedBetween, type SubjectDimensions } from '../table/dimensions.js';
import type { SubjectEvent, SubjectHistory } from '../table/history.js';
import { applyEvent, type Flow, lateFrom, type Standing, unreported } from '../table/standing.js';
import type { Beginning, LineState, TallyLine } from './tally-line.js';

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
  return [...derivation.lines(), ...derivation.signFors(), ...derivation.ratings(history)];
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

/** What a line is unless it says otherwise. */
const PLAIN = {
  began: null,
  state: null,
  outcome: null,
  isGood: null,
  days: null,
  dueAt: null,
  moved: 0,
  sourceId: null,
  to: Infinity,
} satisfies Partial<TallyLine>;

class Derivation {
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
      this.done.push({ ...PLAIN, what: MARKS[flow], sourceId, dimensions, from: at });
    this.stand(dimensions, at, beginningOf(flow), sourceId);
    this.beLate(dimensions, at, sourceId);
  }

  lines(): TallyLine[] {
    return [...this.done, ...(this.stands ? [this.stands] : []), ...(this.isLate ? [this.isLate] : [])];
  }

  /** An assignment counts where its sign-for time fell, for the department that was to sign. */
  *signFors(): Generator<TallyLine> {
    for (const { departmentId, officialId, ...signFor } of this.standing.signFors) {
      const by = Date.parse(signFor.acknowledgeBy);
      const isMoot = signFor.signedAt === null && signFor.endedAt !== null && signFor.endedAt < by;
      if (isMoot) continue;
      yield {
        ...PLAIN,
        what: 'sign_for',
        isGood: signFor.signedAt !== null && signFor.signedAt <= by,
        sourceId: signFor.sourceId,
        dimensions: this.dimensions.at({ reported: this.standing.reported, departmentId, officialId }, by),
        from: by,
      };
    }
  }

  /** Of several ratings of one closure the last one counts, from when it was given. */
  *ratings({ ratings }: SubjectHistory): Generator<TallyLine> {
    if (ratings.length === 0) return;
    for (const { resolvedAt, reopenedAt, departmentId, officialId } of this.standing.closures) {
      const ofClosure = ratings.filter(
        ({ effectiveAt: at }) => at >= resolvedAt && (reopenedAt === null || at <= reopenedAt),
      );
      for (const [place, { id, rating, effectiveAt: from }] of ofClosure.entries()) {
        const to = ofClosure[place + 1]?.effectiveAt ?? Infinity;
        if (to === from) continue;
        const holder = { reported: this.standing.reported, departmentId, officialId };
        yield {
          ...PLAIN,
          what: 'rated',
          isGood: SATISFIED.has(rating),
          sourceId: id,
          dimensions: this.dimensions.at(holder, from),
          from,
          to,
        };
      }
    }
  }

  /** Each move on the books is one out and one in. */
  private move(dimensions: Dimensions, at: number, sourceId: string | null): void {
    if (this.stands === undefined) return;
    const moved = movedBetween(this.stands.dimensions, dimensions);
    if (moved === 0) return;
    const move = { ...PLAIN, moved, sourceId, from: at };
    this.done.push(
      { ...move, what: 'moved_out', dimensions: this.stands.dimensions },
      { ...move, what: 'moved_in', dimensions },
    );
  }

  private stand(dimensions: Dimensions, at: number, began: Beginning | null, sourceId: string | null): void {
    const state = stateOf(this.standing);
    const { stands } = this;
    if (stands !== undefined) {
      if (began === null && stands.state === state && isSame(stands.dimensions, dimensions)) return;
      this.end(stands, at);
    }
    const closure = state === 'resolved' ? this.standing.closures.at(-1) : undefined;
    this.stands = {
      ...PLAIN,
      what: 'standing',
      began,
      state,
      outcome: closure?.outcome ?? null,
      isGood: closure?.isOnTime ?? null,
      days: closure !== undefined && began === 'resolved' ? this.handlingDays(closure) : null,
      sourceId,
      dimensions,
      from: at,
    };
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
      if (isLate.from < at) this.done.push({ ...isLate, to: at });
      this.isLate = undefined;
    }
    if (from !== null) this.isLate = { ...PLAIN, what: 'overdue', state, dueAt, sourceId, dimensions, from };
  }

  /** What lasted no time at all still counts where something began with it. */
  private end(line: TallyLine, at: number): void {
    if (line.from < at || line.began !== null) this.done.push({ ...line, to: at });
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
