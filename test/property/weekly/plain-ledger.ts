import { dayNamed, PlainCalendar } from '../plain-days.js';

/** What is dated both ways: when it holds from, and when the system learnt it. Milliseconds. */
interface Dated {
  id: string;
  at: number;
  known: number;
}

export interface PlainEvent extends Dated {
  chain: string;
  sequence: number;
  subject: string;
  kind: 'case' | 'problem';
  type: string;
  facts: Readonly<Record<string, unknown>>;
}

export interface PlainRating extends Dated {
  subject: string;
  rating: string;
}

/** Of an enterprise, a project, a department or a reporting unit: whatever is said of it. */
export interface PlainRevision extends Dated {
  of: string;
  unit: string | null;
  size: string | null;
  industry: string | null;
  level: string | null;
  name: string;
  code: string | null;
}

interface PlainDay {
  day: string;
  known: number;
  isWorked: boolean;
}

export interface PlainLedger {
  events: readonly PlainEvent[];
  ratings: readonly PlainRating[];
  revisions: readonly PlainRevision[];
  days: readonly PlainDay[];
  /** Names of officials, by id; they are not dated. */
  officials: ReadonlyMap<string, string>;
}

export type Query = <Row>(sql: string) => Promise<Row[]>;

const DATES = `(extract(epoch FROM effective_at) * 1000)::float8 AS at, (extract(epoch FROM recorded_at) * 1000)::float8 AS known`;

/** Everything there is, as it is stored; what of it is known at a moment is sorted out later. */
export async function readLedger(query: Query): Promise<PlainLedger> {
  const officials = await query<{ id: string; name: string }>('SELECT id, name FROM officials');
  return {
    events: await query<PlainEvent>(
      `SELECT id, chain_id AS chain, sequence, subject_id AS subject, subject_kind AS kind, type, ${DATES}, payload AS facts
         FROM case_events ORDER BY subject_id, effective_at, sequence`,
    ),
    ratings: await query<PlainRating>(
      `SELECT id, coalesce(case_id, problem_id) AS subject, rating, ${DATES} FROM ratings`,
    ),
    revisions: await query<PlainRevision>(
      `SELECT id, enterprise_id AS "of", reporting_unit_id AS unit, size_class AS size, industry_code AS industry,
              NULL AS level, name, NULL AS code, ${DATES} FROM enterprise_revisions
       UNION ALL
       SELECT id, project_id, reporting_unit_id, NULL, NULL, NULL, name, NULL, ${DATES} FROM project_revisions
       UNION ALL
       SELECT id, department_id, NULL, NULL, NULL, level, name, code, ${DATES} FROM department_revisions
       UNION ALL
       SELECT id, reporting_unit_id, NULL, NULL, NULL, NULL, name, code, ${DATES} FROM reporting_unit_revisions`,
    ),
    days: await query<PlainDay>(
      `SELECT day::text AS day, (extract(epoch FROM recorded_at) * 1000)::float8 AS known, is_working AS "isWorked"
         FROM calendar_days`,
    ),
    officials: new Map(officials.map(({ id, name }) => [id, name])),
  };
}

/** What was known at a moment, and nothing else. */
export class KnownLedger {
  readonly calendar: PlainCalendar;
  /** In their order, by subject. */
  readonly events: ReadonlyMap<string, readonly PlainEvent[]>;
  readonly ratings: ReadonlyMap<string, readonly PlainRating[]>;
  private readonly revisions: ReadonlyMap<string, readonly PlainRevision[]>;

  constructor(
    readonly ledger: PlainLedger,
    readonly asOf: number,
  ) {
    const isKnown = ({ known }: { known: number }): boolean => known < asOf;
    this.calendar = calendarOf(ledger.days.filter(isKnown));
    this.events = grouped(ledger.events.filter(isKnown), ({ subject }) => subject);
    this.ratings = grouped(ledger.ratings.filter(isKnown), ({ subject }) => subject);
    this.revisions = grouped(ledger.revisions.filter(isKnown), (revision) => revision.of);
  }

  revisionsOf(what: string | null): readonly PlainRevision[] {
    return what === null ? [] : (this.revisions.get(what) ?? []);
  }

  /** What held of something before a moment, or at it too: the latest, and of corrections of one moment the last. */
  inForce(what: string | null, moment: number, isInclusive: boolean): PlainRevision | null {
    const so = this.revisionsOf(what).filter(({ at }) => (isInclusive ? at <= moment : at < moment));
    const last = so.reduce<PlainRevision | null>(
      (best, one) => (best === null || comesAfter(one, best) ? one : best),
      null,
    );
    return last ?? this.firstToldOf(what);
  }

  /** What was not known yet counts as what was first told of it. */
  private firstToldOf(what: string | null): PlainRevision | null {
    const all = this.ledger.revisions.filter((revision) => revision.of === what);
    return all.toSorted((one, other) => one.known - other.known)[0] ?? null;
  }
}

/** By when it happened, then by when it was learnt. */
export function comesAfter(one: Dated, other: Dated): boolean {
  if (one.at !== other.at) return one.at > other.at;
  return one.known === other.known ? one.id > other.id : one.known > other.known;
}

function calendarOf(days: readonly PlainDay[]): PlainCalendar {
  const stated = new Map<number, PlainDay>();
  for (const one of days) {
    const before = stated.get(dayNamed(one.day));
    if (before === undefined || one.known > before.known) stated.set(dayNamed(one.day), one);
  }
  return new PlainCalendar((day) => {
    const isWeekend = [2, 3].includes(((day % 7) + 7) % 7);
    const isNewYear = new Date(day * 86_400_000).toISOString().slice(5, 10) === '01-01';
    return stated.get(day)?.isWorked ?? (!isWeekend && !isNewYear);
  });
}

export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
