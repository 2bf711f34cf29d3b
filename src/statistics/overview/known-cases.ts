import type { CaseEventType } from '../../cases/case-events.js';
import type { LightMarks } from '../../cases/deadlines/light.js';
import { IS_LIVE, isLateExpression, lightExpression } from '../../cases/subject-filter.js';
import { COUNTED_EVENTS } from '../table/history.js';
import type { KnownTally } from '../tally/known-tally.js';
import { type ClosureRow, TOLD } from './closures.js';
import type { ReplayedCase } from './replayed-stock.js';
import type { StockRow } from './stock.js';

/** Cases fetched at a time, with all their events. */
const BATCH = 500;
/** Events by which a case is replayed: those that count, and those that show that it is not silent. */
const REPLAYED: readonly CaseEventType[] = [...COUNTED_EVENTS, 'note_added', 'visit_recorded'];

/**
 * Cases of which something was learnt at `$1` or since: their rows say more than was known then. As of now there are
 * hardly any.
 */
const TOUCHED = `touched AS MATERIALIZED (
  SELECT e.subject_id AS id FROM case_events e WHERE e.recorded_at >= $1 AND e.subject_kind = 'case'
   UNION
  SELECT k.id FROM enterprise_revisions r JOIN cases k ON k.enterprise_id = r.enterprise_id
   WHERE r.recorded_at >= $1)`;

const UNTOUCHED = 'NOT EXISTS (SELECT 1 FROM touched t WHERE t.id = s.id)';

/** Live rows of `cases` as the front page counts them. `$2`–`$4` are the marks of lights, `$5` the time zone. */
const liveStatement = (isOfUnit: boolean): string => `
  WITH ${TOUCHED}, live AS (
    SELECT s.lead_department_id, n.size_class,
           ((CASE WHEN s.reopen_count = 0 THEN s.reported_at ELSE
               (SELECT max(e.effective_at) FROM case_events e WHERE e.subject_id = s.id AND e.type = 'reopened')
             END) AT TIME ZONE $5)::date AS opened_on,
           ${lightExpression('$2::timestamptz', '$3::timestamptz', '$4::timestamptz')} AS light,
           s.due_at IS NOT NULL AND ${isLateExpression('$2::timestamptz')} AS is_overdue
      FROM cases s JOIN enterprises n ON n.id = s.enterprise_id
     WHERE ${IS_LIVE} AND ${UNTOUCHED} ${isOfUnit ? 'AND s.reporting_unit_id = $6' : ''})
  SELECT CASE WHEN lead_department_id IS NULL THEN 'waiting' ELSE 'live' END AS standing,
         size_class AS "sizeClass", lead_department_id AS "departmentId", opened_on::text AS "openedOn", light,
         is_overdue AS "isOverdue", count(*)::int AS count
    FROM live GROUP BY lead_department_id, size_class, opened_on, light, is_overdue`;

/** Those that left the books. */
const leftStatement = (isOfUnit: boolean): string => `
  WITH ${TOUCHED}
  SELECT CASE WHEN s.status = 'resolved' THEN 'resolved' ELSE 'gone' END AS standing, n.size_class AS "sizeClass",
         NULL AS "departmentId", NULL AS "openedOn", NULL AS light, false AS "isOverdue", count(*)::int AS count
    FROM cases s JOIN enterprises n ON n.id = s.enterprise_id
   WHERE NOT (${IS_LIVE}) AND s.lead_department_id IS NOT NULL AND ${UNTOUCHED}
     ${isOfUnit ? 'AND s.reporting_unit_id = $2' : ''}
   GROUP BY s.status, n.size_class`;

/** What was known before `$1` of an enterprise `k.enterprise_id`, as it was at a moment. */
const ownerAt = (holds: string): string => `LEFT JOIN LATERAL (
  SELECT r.size_class, r.reporting_unit_id FROM enterprise_revisions r
   WHERE r.enterprise_id = k.enterprise_id AND r.recorded_at < $1
   ORDER BY ${holds} DESC, CASE WHEN ${holds} THEN r.effective_at END DESC, r.effective_at, r.recorded_at DESC
   LIMIT 1) owner ON true`;

const replayStatement = (isOfUnit: boolean): string => `
  DECLARE touched_cases NO SCROLL CURSOR FOR
  WITH ${TOUCHED}
  SELECT owner.size_class AS "sizeClass",
         (SELECT coalesce(json_agg(json_build_object('id', e.id, 'type', e.type, 'sequence', e.sequence, 'payload', e.payload,
                                    'effectiveAt', (extract(epoch FROM e.effective_at) * 1000)::float8,
                                    'recordedAt', (extract(epoch FROM e.recorded_at) * 1000)::float8)
                                  ORDER BY e.effective_at, e.sequence), '[]')
            FROM case_events e
           WHERE e.subject_id = k.id AND e.recorded_at < $1 AND e.type = ANY ($2::text[])) AS events
    FROM touched t JOIN cases k ON k.id = t.id ${ownerAt('r.effective_at < $1')}
   ${isOfUnit ? 'WHERE owner.reporting_unit_id = $3' : ''}`;

/** `$1` as known when, `$2` since, `$3` the time zone, `$4` types of events. */
const closuresStatement = (isOfUnit: boolean): string => `
  SELECT owner.size_class AS "sizeClass", (c.effective_at AT TIME ZONE $3)::date::text AS "closedOn",
         ((c.payload ->> 'requestedAt')::timestamptz AT TIME ZONE $3)::date::text AS "askedOn",
         (SELECT coalesce(json_agg(json_build_array(e.type, (e.effective_at AT TIME ZONE $3)::date, e.payload ->> 'dayZeroOn')
                                   ORDER BY e.effective_at, e.sequence), '[]')
            FROM case_events e
           WHERE e.subject_id = c.subject_id AND e.type = ANY ($4::text[]) AND e.recorded_at < $1
             AND (e.effective_at, e.sequence) < (c.effective_at, c.sequence)) AS story
    FROM case_events c JOIN cases k ON k.id = c.subject_id ${ownerAt('r.effective_at <= c.effective_at')}
   WHERE c.type = 'resolved' AND c.subject_kind = 'case' AND c.effective_at >= $2 AND c.recorded_at < $1
   ${isOfUnit ? 'AND owner.reporting_unit_id = $5' : ''}`;

export interface NamedUnit {
  id: string;
  code: string;
  name: string;
}

/** Cases as they were known at a moment, read in the snapshot of the tally. */
export class KnownCases {
  constructor(
    private readonly tally: KnownTally,
    private readonly zone: string,
  ) {}

  private get asOf(): Date {
    return this.tally.asOf;
  }

  /** Whether anything was recorded before the moment, and at all. */
  async events(): Promise<{ areKnown: boolean; areThere: boolean }> {
    const [found] = await this.query<{ areKnown: boolean; areThere: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM case_events WHERE recorded_at < $1) AS "areKnown",
              EXISTS (SELECT 1 FROM case_events) AS "areThere"`,
      [this.asOf],
    );
    return found ?? { areKnown: false, areThere: false };
  }

  /** The reporting unit of a code, by its name at the moment. */
  async unit(code: string): Promise<NamedUnit | undefined> {
    const [unit] = await this.query<NamedUnit>(
      `SELECT reporting_unit_id AS id, code, name FROM reporting_unit_revisions
        WHERE code = $2 AND recorded_at < $1 AND effective_at < $1
        ORDER BY effective_at DESC, recorded_at DESC, id DESC LIMIT 1`,
      [this.asOf, code],
    );
    return unit;
  }

  /** Departments by id, as they were called at the moment. */
  async departments(ids: readonly string[]): Promise<Map<string, { code: string | null; name: string }>> {
    const found = await this.query<{ id: string; code: string | null; name: string }>(
      `SELECT d.id, CASE WHEN r.name IS NULL THEN d.code ELSE r.code END AS code, coalesce(r.name, d.name) AS name
         FROM departments d
         LEFT JOIN LATERAL (SELECT code, name FROM department_revisions r
                             WHERE r.department_id = d.id AND r.recorded_at < $1 AND r.effective_at < $1
                             ORDER BY r.effective_at DESC, r.recorded_at DESC, r.id DESC LIMIT 1) r ON true
        WHERE d.id = ANY ($2::uuid[])`,
      [this.asOf, ids],
    );
    return new Map(found.map(({ id, code, name }) => [id, { code, name }]));
  }

  /** Of what is as it was then, from the rows of cases. */
  async stock(marks: LightMarks, unitId: string | null): Promise<StockRow[]> {
    const ofUnit = unitId === null ? [] : [unitId];
    const parameters = [this.asOf, marks.now, marks.fewDaysLeftBefore, marks.silentSince, this.zone];
    const live = await this.query<StockRow>(liveStatement(unitId !== null), [...parameters, ...ofUnit]);
    const left = await this.query<StockRow>(leftStatement(unitId !== null), [this.asOf, ...ofUnit]);
    return [...live, ...left];
  }

  /** All others, from their events. */
  async *touched(unitId: string | null): AsyncGenerator<ReplayedCase[]> {
    const parameters = [this.asOf, REPLAYED, ...(unitId === null ? [] : [unitId])];
    await this.query(replayStatement(unitId !== null), parameters);
    for (;;) {
      const batch = await this.query<ReplayedCase>(`FETCH ${BATCH} FROM touched_cases`);
      yield batch;
      if (batch.length < BATCH) break;
    }
    await this.query('CLOSE touched_cases');
  }

  /** Closures since a moment, with what came before each. */
  closures(since: Date, unitId: string | null): Promise<ClosureRow[]> {
    const parameters = [this.asOf, since, this.zone, TOLD, ...(unitId === null ? [] : [unitId])];
    return this.query(closuresStatement(unitId !== null), parameters);
  }

  private query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.tally.query(sql, [...parameters]);
  }
}
