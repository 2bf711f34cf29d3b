import type { OfficeTime } from '../../calendar/office-time.js';
import type { DatedAttributes, DistressRevision } from '../table/attributes.js';
import { leadersOf, ownerOf, SubjectDimensions } from '../table/dimensions.js';
import { knownThrough, type SubjectHistory } from '../table/history.js';
import type { KnownCalendars } from './known-calendars.js';
import { deriveLines } from './derive-lines.js';
import type { StampedLine, TallyLine } from './tally-line.js';

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
 * are derived anew, and compared with what was believed before: so whatever is asked of an earlier moment is answered
 * as it would have been then, also where attributes, ratings or the calendar were entered late.
 */
export function knownLines(subject: Subject, register: Register): StampedLine[] {
  const beliefs = new Beliefs();
  for (const moment of momentsOf(subject, register)) {
    const history = knownThrough(subject.history, moment);
    const dimensions = new SubjectDimensions(history, subject.distress, register, moment);
    const days = { calendar: register.calendars.through(moment), office: register.office };
    beliefs.learn(deriveLines(history, dimensions, days), moment);
  }
  return beliefs.all();
}

/** Moments at which something was learnt that may matter, from the first assignment on: before it nothing counts. */
function momentsOf({ history, distress }: Subject, register: Register): number[] {
  const { events, ratings } = history;
  const first = Math.min(
    ...events.flatMap(({ type, recordedAt }) =>
      type === 'assigned' || type === 'claimed' ? [recordedAt] : [],
    ),
  );
  if (first === Infinity) return [];
  const owner = register.owners.get(ownerOf(history)) ?? [];
  const departments = [...leadersOf(history)].flatMap((id) => register.departments.get(id)?.revisions ?? []);
  const isClosed = events.some(({ type }) => type === 'resolved');
  const moments = new Set<number>();
  for (const dated of [events, ratings, distress, owner, departments])
    for (const { recordedAt } of dated) if (recordedAt >= first) moments.add(recordedAt);
  // The calendar counts where something was closed.
  if (isClosed) for (const moment of register.calendars.changes) if (moment >= first) moments.add(moment);
  return [...moments].toSorted((one, other) => one - other);
}

/** What was believed of one subject as it was learnt, one moment after the other. */
class Beliefs {
  private believed = new Map<string, StampedLine>();
  private readonly former: StampedLine[] = [];

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

  all(): StampedLine[] {
    return [...this.former, ...this.believed.values()];
  }

  private stamped(line: TallyLine, known: StampedLine | undefined, moment: number): StampedLine {
    if (known?.to === line.to) return known;
    // An end that is learnt takes nothing back: before it was known the line went on to the moment that was asked for.
    if (known?.to === Infinity) return { ...known, to: line.to, endRecordedAt: moment };
    if (known !== undefined) this.leave(known, moment);
    return {
      ...line,
      recordedFrom: moment,
      endRecordedAt: line.to === Infinity ? Infinity : moment,
      recordedUntil: Infinity,
    };
  }

  /** What was given up before it could have counted, such as a deadline that was met, was never in any table. */
  private leave(line: StampedLine, moment: number): void {
    if (line.from < moment) this.former.push({ ...line, recordedUntil: moment });
  }

  /** All that a line says but its end; equal ones are told apart by their number. */
  private keyOf(line: TallyLine): string {
    const { what, began, state, outcome, isGood, days, dueAt, moved, sourceId, from } = line;
    const own = `${what}|${began}|${state}|${outcome}|${isGood}|${days}|${dueAt}|${moved}|${sourceId}|${from}`;
    let key = `${own}|${Object.values(line.dimensions).join('|')}`;
    while (this.believed.has(key)) key += '+';
    return key;
  }
}
