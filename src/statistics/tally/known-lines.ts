import type { OfficeTime } from '../../calendar/office-time.js';
import type { DatedAttributes, DistressRevision } from '../table/attributes.js';
import { hasChangedLevel, leadersOf, ownerOf, SubjectDimensions } from '../table/dimensions.js';
import { knownThrough, type SubjectHistory } from '../table/history.js';
import type { KnownCalendars } from './known-calendars.js';
import { Derivation, deriveLines } from './derive-lines.js';
import type { TallyLine } from './tally-line.js';

/** All that the lines of one case or problem are made from, whenever it was recorded. */
export interface Subject {
  history: SubjectHistory;
  /** Of the case; of a problem that of its case. */
  distress: readonly DistressRevision[];
}

export interface Register extends DatedAttributes {
  calendars: KnownCalendars;
  office: OfficeTime;
}

/**
 * The lines of one case or problem, each with when it was known. At every moment at which something was learnt the lines
 * are derived, and compared with what was believed before: so whatever is asked of an earlier moment is answered as it
 * would have been then, also where attributes, ratings or the calendar were entered late.
 */
export function knownLines(subject: Subject, register: Register): TallyLine[] {
  const beliefs = new Beliefs();
  const moments = momentsOf(subject, register);
  const [first] = moments;
  if (first === undefined) return [];
  const derive = isSteady(subject, register, first) ? goingOn(subject, register) : anew(subject, register);
  for (const moment of moments) beliefs.learn(derive(moment), moment);
  return beliefs.all();
}

/** The lines as known at moments that are asked for one after the other. */
type Deriving = (moment: number) => TallyLine[];

const anew =
  ({ history, distress }: Subject, register: Register): Deriving =>
  (moment) => {
    const known = knownThrough(history, moment);
    const dimensions = new SubjectDimensions(known, distress, register, moment);
    return deriveLines(known, dimensions, {
      calendar: register.calendars.through(moment),
      office: register.office,
    });
  };

/** Where events and ratings alone were learnt, in their order, what was derived before stays, and is gone on with. */
function goingOn({ history, distress }: Subject, register: Register): Deriving {
  const { events, ratings } = knownThrough(history, Infinity);
  const dimensions = new SubjectDimensions(history, distress, register, Infinity);
  const days = { calendar: register.calendars.through(Infinity), office: register.office };
  const derivation = new Derivation(dimensions, days);
  let next = 0;
  return (moment) => {
    for (let event = events[next]; event !== undefined && event.recordedAt <= moment; event = events[next]) {
      derivation.step(event.effectiveAt, event);
      next += 1;
    }
    return derivation.lines(ratings.filter(({ recordedAt }) => recordedAt <= moment));
  };
}

/** Whether all that it is grouped by was known by a moment, and has not changed. */
function isSteady({ history, distress }: Subject, register: Register, first: number): boolean {
  const owner = register.owners.get(ownerOf(history)) ?? [];
  const isOne = (revisions: ReadonlyArray<{ recordedAt: number }>): boolean =>
    revisions.length === 0 || (revisions.length === 1 && (revisions[0]?.recordedAt ?? 0) <= first);
  return (
    isOne(owner) &&
    isOne(distress) &&
    [...leadersOf(history)].every((id) => !hasChangedLevel(register.departments.get(id))) &&
    !(isClosed(history) && register.calendars.changes.some((moment) => moment > first)) &&
    isLearntInOrder(history)
  );
}

const isClosed = ({ events }: SubjectHistory): boolean => events.some(({ type }) => type === 'resolved');

function isLearntInOrder(history: SubjectHistory): boolean {
  const { events } = knownThrough(history, Infinity);
  return events.every(({ recordedAt }, place) => recordedAt >= (events[place - 1]?.recordedAt ?? 0));
}

/** Moments at which something was learnt that may matter, from the first assignment on: before it nothing counts. */
function momentsOf({ history, distress }: Subject, register: Register): number[] {
  const { events, ratings } = history;
  let first = Infinity;
  for (const { type, recordedAt } of events)
    if ((type === 'assigned' || type === 'claimed') && recordedAt < first) first = recordedAt;
  if (first === Infinity) return [];
  const moments = new Set<number>();
  const add = (dated: ReadonlyArray<{ recordedAt: number }>): void => {
    for (const { recordedAt } of dated) if (recordedAt >= first) moments.add(recordedAt);
  };
  [events, ratings, distress, register.owners.get(ownerOf(history)) ?? []].forEach(add);
  for (const id of leadersOf(history)) {
    const department = register.departments.get(id);
    if (hasChangedLevel(department)) add(department?.revisions ?? []);
  }
  // The calendar counts where something was closed.
  if (isClosed(history))
    for (const moment of register.calendars.changes) if (moment >= first) moments.add(moment);
  return [...moments].toSorted((one, other) => one - other);
}

/** What was believed of one subject as it was learnt, one moment after the other. */
class Beliefs {
  private believed = new Map<string, TallyLine>();
  private readonly former: TallyLine[] = [];
  private readonly keys = new Map<TallyLine, string>();

  learn(lines: readonly TallyLine[], moment: number): void {
    const before = this.believed;
    this.believed = new Map();
    for (const line of lines) {
      const key = this.keyOf(line);
      const known = before.get(key);
      before.delete(key);
      this.believed.set(key, this.stamped(line, known, moment));
    }
    for (const line of before.values()) this.leave(line, moment);
  }

  all(): TallyLine[] {
    return [...this.former, ...this.believed.values()];
  }

  private stamped(line: TallyLine, known: TallyLine | undefined, moment: number): TallyLine {
    if (known === undefined) return stampedAt(line, moment);
    const isEndNew = known.endRecordedAt === Infinity && line.to !== Infinity;
    if (!isEndNew && known.to === line.to) return known;
    // An end that is learnt takes nothing back: before it was known the line went on to the moment that was asked for.
    if (isEndNew) {
      known.to = line.to;
      known.endRecordedAt = moment;
      return known;
    }
    this.leave(known, moment);
    return stampedAt(line, moment);
  }

  /** What was given up before it could have counted, such as a deadline that was met, was never in any table. */
  private leave(line: TallyLine, moment: number): void {
    if (line.from < moment) this.former.push({ ...line, recordedUntil: moment });
  }

  /** All that a line says but its end; equal ones are told apart by their number. */
  private keyOf(line: TallyLine): string {
    let key = this.keys.get(line);
    if (key === undefined) {
      key = contentOf(line);
      this.keys.set(line, key);
    }
    while (this.believed.has(key)) key += '+';
    return key;
  }
}

function stampedAt(line: TallyLine, moment: number): TallyLine {
  line.recordedFrom = moment;
  if (line.to !== Infinity) line.endRecordedAt = moment;
  return line;
}

function contentOf({
  what,
  began,
  state,
  outcome,
  isGood,
  days,
  dueAt,
  moved,
  sourceId,
  from,
  ...more
}: TallyLine): string {
  const { reportingUnit, leadDepartment, department, official, distressType, ...stated } = more.dimensions;
  const { category, cause, size, industry } = stated;
  const own = `${what}|${began}|${state}|${outcome}|${isGood}|${days}|${dueAt}|${moved}|${sourceId}|${from}`;
  const seat = `${reportingUnit}|${leadDepartment}|${department}|${official}`;
  return `${own}|${seat}|${distressType}|${category}|${cause}|${size}|${industry}`;
}
