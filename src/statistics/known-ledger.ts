import type { QueryRunner } from 'typeorm';
import { type StatedDay, WorkingCalendar } from '../calendar/working-calendar.js';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import type { Attributes, DepartmentAttributes, OwnerRevisionAttributes } from './table/attributes.js';
import { grouped } from './grouped.js';
import { COUNTED_EVENTS, type RatingGiven, type SubjectEvent, type SubjectHistory } from './table/history.js';

/** Events fetched at a time: what a table costs in memory does not grow with the ledger. */
const BATCH = 2_000;
/** PostgreSQL keeps microseconds. */
const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** The ledger as it was known at a moment, read inside one snapshot. */
export class KnownLedger {
  constructor(
    private readonly runner: QueryRunner,
    readonly asOf: Date,
  ) {}

  /** @param until what held before this moment */
  async attributes(until: Date): Promise<Attributes> {
    return {
      units: await this.query(
        `SELECT DISTINCT ON (reporting_unit_id) reporting_unit_id AS id, code, name FROM reporting_unit_revisions
         WHERE recorded_at < $1 AND effective_at < $2
         ORDER BY reporting_unit_id, effective_at DESC, recorded_at DESC, id DESC`,
        [this.asOf, until],
      ),
      departments: await this.departments(),
      owners: await this.owners(),
    };
  }

  /** The newest loading known for each day. */
  async calendar(): Promise<WorkingCalendar> {
    const days = await this.query<StatedDay>(
      `SELECT DISTINCT ON (day) day::text AS day, is_working AS "isWorking" FROM calendar_days
       WHERE recorded_at < $1 ORDER BY day, recorded_at DESC`,
      [this.asOf],
    );
    return WorkingCalendar.of(days);
  }

  /** Every case, or every problem, with what happened to it before `until`; so many at a time as came in one batch. */
  async *histories(subject: SubjectKind, until: Date): AsyncGenerator<SubjectHistory[]> {
    const ratings = await this.ratings(subject, until);
    let current: SubjectHistory | undefined;
    for await (const batch of this.events(subject, until)) {
      const complete: SubjectHistory[] = [];
      for (const event of batch) {
        if (current?.subjectId !== event.subjectId) {
          if (current !== undefined) complete.push(current);
          current = { subjectId: event.subjectId, events: [], ratings: ratings.get(event.subjectId) ?? [] };
        }
        current.events.push(event);
      }
      yield complete;
    }
    if (current !== undefined) yield [current];
  }

  private async *events(
    subject: SubjectKind,
    until: Date,
  ): AsyncGenerator<Array<SubjectEvent & { subjectId: string }>> {
    await this.query(
      `DECLARE counted_events NO SCROLL CURSOR FOR
       SELECT subject_id AS "subjectId", type, ${milliseconds('effective_at')} AS "effectiveAt",
              ${milliseconds('recorded_at')} AS "recordedAt", sequence, payload
       FROM case_events
       WHERE subject_kind = $1 AND recorded_at < $2 AND effective_at < $3 AND type = ANY ($4::text[])
       ORDER BY subject_id, effective_at, sequence`,
      [subject, this.asOf, until, COUNTED_EVENTS],
    );
    for (;;) {
      const batch = await this.query<SubjectEvent & { subjectId: string }>(
        `FETCH ${BATCH} FROM counted_events`,
      );
      yield batch;
      if (batch.length < BATCH) break;
    }
    await this.query('CLOSE counted_events');
  }

  private async ratings(subject: SubjectKind, until: Date): Promise<Map<string, RatingGiven[]>> {
    const column = subject === 'case' ? 'case_id' : 'problem_id';
    const rows = await this.query<RatingGiven & { subjectId: string }>(
      `SELECT ${column} AS "subjectId", rating, ${milliseconds('effective_at')} AS "effectiveAt",
              ${milliseconds('recorded_at')} AS "recordedAt"
       FROM ratings WHERE ${column} IS NOT NULL AND recorded_at < $1 AND effective_at < $2
       ORDER BY effective_at, recorded_at, id`,
      [this.asOf, until],
    );
    return grouped(rows, ({ subjectId }) => subjectId);
  }

  /** Whether only leaders sit in one is judged by where officials sat as it was known at `asOf`. */
  private departments(): Promise<DepartmentAttributes[]> {
    return this.query(
      `SELECT d.id, d.is_task_force AS "isTaskForce",
              coalesce(seats.are_leaders, false) AS "isLeadersOffice",
              jsonb_build_object('code', d.code, 'name', d.name, 'level', d.level) AS current,
              coalesce((SELECT jsonb_agg(jsonb_build_object(
                          'effectiveAt', ${milliseconds('r.effective_at')}, 'recordedAt', ${milliseconds('r.recorded_at')},
                          'code', r.code, 'name', r.name, 'level', r.level) ORDER BY r.effective_at, r.recorded_at, r.id)
                        FROM department_revisions r WHERE r.department_id = d.id AND r.recorded_at < $1), '[]')
                AS revisions
       FROM departments d
       LEFT JOIN (SELECT department_id, bool_and(duty = 'leader') AS are_leaders
                    FROM (SELECT DISTINCT ON (official_id) department_id, duty FROM official_revisions
                          WHERE recorded_at < $1 ORDER BY official_id, recorded_at DESC, id DESC) known
                   GROUP BY department_id) seats ON seats.department_id = d.id
       ORDER BY d.id`,
      [this.asOf],
    );
  }

  private async owners(): Promise<Map<string, OwnerRevisionAttributes[]>> {
    const columns = `reporting_unit_id, effective_at, recorded_at, id`;
    const rows = await this.query<OwnerRevisionAttributes & { ownerId: string }>(
      `SELECT owner_id AS "ownerId", reporting_unit_id AS "reportingUnitId",
              ${milliseconds('effective_at')} AS "effectiveAt", ${milliseconds('recorded_at')} AS "recordedAt"
       FROM (SELECT enterprise_id AS owner_id, ${columns} FROM enterprise_revisions
             UNION ALL SELECT project_id, ${columns} FROM project_revisions) AS revisions
       WHERE recorded_at < $1 ORDER BY owner_id, effective_at, recorded_at, id`,
      [this.asOf],
    );
    return grouped(rows, ({ ownerId }) => ownerId);
  }

  private query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.runner.query(sql, parameters);
  }
}
