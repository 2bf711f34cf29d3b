import type { QueryRunner } from 'typeorm';
import type { Actor } from '../../access/actor.js';
import { caseScope, problemScope } from '../../access/scope.js';
import { nameKey } from '../ledger/cells/text.js';
import { LEADERS_DEPARTMENT } from '../ledger/decide-cases.js';
import type { LedgerOfficial } from './ledger-directory.js';
import { LEDGER_STATUSES, type StandingCase, type StandingProblem } from './standing.js';

/** Read at a time, by a statement of its own. */
const BATCH = 1_000;
const STATUSES = LEDGER_STATUSES.map((status) => `'${status}'`).join(', ');

/** Office date of an instant; `$1` is the zone in every statement here. */
const dateOf = (instant: string): string => `(${instant} AT TIME ZONE $1::text)::date`;

const STANDING = `
  s.id, s.number, s.status, s.outcome, s.reopen_count AS "reopenCount", e.name AS "enterpriseName",
  d.name AS lead, o.name AS official, o.department_id = a.department_id AS "isOfficialThere",
  ${dateOf('a.assigned_at')}::text AS "assignedOn", ${dateOf('a.acknowledged_at')}::text AS "acknowledgedOn",
  ${dateOf('a.due_at')}::text AS "dueOn", coalesce(a.deadline_version > 1, false) AS "isDueChanged",
  CASE WHEN s.status = 'resolved' THEN ${dateOf('a.ended_at')}::text END AS "resolvedOn"`;

const JOINS = `
  LEFT JOIN assignments a ON a.id = s.assignment_id
  LEFT JOIN departments d ON d.id = a.department_id
  LEFT JOIN officials o ON o.id = a.official_id`;

/** A live case stands before closed ones, a later assignment before earlier ones. */
const rankOf = (subject: string, assignment: string): string =>
  `(${subject}.status <> 'resolved', ${assignment}.assigned_at, ${subject}.id)`;

/** What a ledger is made of, read inside one snapshot under the scope of who asks. */
export class LedgerReading {
  constructor(
    private readonly runner: QueryRunner,
    private readonly actor: Actor,
    private readonly zone: string,
  ) {}

  /** By number. */
  cases(): AsyncGenerator<StandingCase[]> {
    const scope = caseScope(this.actor, 's', 4);
    const others = caseScope(this.actor, 'other', 4);
    return this.batches<StandingCase>(
      `SELECT ${STANDING}, e.id AS "enterpriseId", e.credit_code AS "creditCode", u.name AS unit,
              e.industry_code AS "industryCode", e.size_class AS "sizeClass", e.is_above_scale AS "isAboveScale",
              e.is_key AS "isKey", e.employees, e.baseline_monthly_output::text AS baseline,
              e.contact_name AS "contactName", e.contact_phone_sealed AS "contactPhoneSealed",
              s.distress_type AS "distressType", s.note,
              (SELECT lo.name FROM pairings p JOIN officials lo ON lo.id = p.official_id
                 JOIN departments ld ON ld.id = lo.department_id
                WHERE p.enterprise_id = e.id AND p.to_on IS NULL AND p.duty = 'leader'
                  AND ld.name = '${LEADERS_DEPARTMENT}'
                ORDER BY p.tier <> 'city', p.from_on, p.id LIMIT 1) AS leader,
              EXISTS (SELECT 1 FROM cases other JOIN assignments oa ON oa.id = other.assignment_id
                       WHERE other.enterprise_id = s.enterprise_id AND other.id <> s.id
                         AND other.status IN (${STATUSES}) AND (${others.sql})
                         AND ${rankOf('other', 'oa')} > ${rankOf('s', 'a')}) AS "isEarlier",
              EXISTS (SELECT 1 FROM cases k JOIN assignments b ON b.case_id = k.id
                       WHERE k.enterprise_id = s.enterprise_id
                         AND ${dateOf('b.assigned_at')} = ${dateOf('a.assigned_at')}
                         AND (k.number, b.assigned_at, b.id) > (s.number, a.assigned_at, a.id)) AS "isDayTaken"
         FROM (SELECT * FROM cases s WHERE (s.number, s.id) > ($2, $3::uuid) AND ${scope.sql}
                ORDER BY s.number, s.id LIMIT ${BATCH}) s
         JOIN enterprises e ON e.id = s.enterprise_id
         JOIN reporting_units u ON u.id = e.reporting_unit_id ${JOINS}
        ORDER BY s.number, s.id`,
      scope.parameters,
    );
  }

  /** By number, as the intake tells equal ones apart. Those of projects are no part of a ledger. */
  problems(): AsyncGenerator<StandingProblem[]> {
    const scope = problemScope(this.actor, 's', 4);
    return this.batches<StandingProblem>(
      `SELECT ${STANDING}, s.case_id AS "caseId", s.title, s.category, s.cause,
              coalesce((SELECT array_agg(chd.name ORDER BY ch.id) FROM co_handlers ch
                          JOIN departments chd ON chd.id = ch.department_id
                         WHERE ch.assignment_id = a.id), '{}') AS "coDepartments",
              (SELECT r.rating FROM ratings r
                WHERE s.status = 'resolved' AND r.problem_id = s.id AND r.effective_at >= s.resolved_at
                ORDER BY r.effective_at DESC, r.recorded_at DESC LIMIT 1) AS rating
         FROM (SELECT * FROM problems s WHERE (s.number, s.id) > ($2, $3::uuid) AND ${scope.sql}
                ORDER BY s.number, s.id LIMIT ${BATCH}) s
         LEFT JOIN enterprises e ON e.id = s.enterprise_id ${JOINS}
        ORDER BY s.number, s.id`,
      scope.parameters,
    );
  }

  /** Everybody, by department and name; how their numbers are told is for who asks. */
  officials(): Promise<Array<Omit<LedgerOfficial, 'mobile'> & { id: string; mobileSealed: string | null }>> {
    return this.runner.query(
      `SELECT o.id, d.name AS department, d.level, u.name AS unit, d.is_task_force AS "isTaskForce", o.name, o.post,
              o.is_active AND d.is_active AS "isActive", o.mobile_sealed AS "mobileSealed", o.email
         FROM officials o JOIN departments d ON d.id = o.department_id
         LEFT JOIN reporting_units u ON u.id = d.reporting_unit_id
        ORDER BY d.level, d.name, o.id`,
    );
  }

  /** As the intake knows them: those that several enterprises bear, however each is written. */
  async sharedNames(): Promise<ReadonlySet<string>> {
    const rows: Array<{ name: string }> = await this.runner.query(
      `SELECT min(name) AS name FROM enterprises
        GROUP BY lower(translate(regexp_replace(normalize(name, NFKC), '\\s', '', 'g'), '‐‑‒–—―−', '-------'))
       HAVING count(*) > 1`,
    );
    return new Set(rows.map(({ name }) => nameKey(name)));
  }

  private async *batches<Row extends { id: string; number: string }>(
    sql: string,
    scope: readonly unknown[],
  ): AsyncGenerator<Row[]> {
    let after: [string, string] = ['', '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const rows: Row[] = await this.runner.query(sql, [this.zone, ...after, ...scope]);
      yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return;
      after = [last.number, last.id];
    }
  }
}
