import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { SUBJECT_TABLES } from '../cases/subject.js';
import { OFFICIAL_MOBILE } from '../organization/official-mobile.js';
import type { Transaction } from '../platform/database/transactions.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import type {
  KnownCase,
  KnownDepartment,
  KnownEnterprise,
  KnownFigure,
  KnownOfficial,
  KnownProblem,
  KnownUnit,
  LedgerKeys,
  LedgerKnown,
} from './ledger/ledger-known.js';
import { termsOf } from './commit/terms.js';

/** An assignment as the queries below give it; instants become office dates afterwards. */
type Dated<Known> = Omit<
  Known,
  'assignedOn' | 'dueOn' | 'currentDueOn' | 'acknowledgedOn' | 'resolvedOn' | 'lastEventOn'
> & {
  assignedAt: Date | null;
  firstDueAt: Date | null;
  currentDueAt: Date | null;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  lastEventAt: Date;
};

const ASSIGNMENT_COLUMNS = `
  a.id AS "assignmentId", a.assigned_at AS "assignedAt", d.name AS department, o.name AS official,
  a.limit_working_days AS "limitWorkingDays", coalesce(s.assignment_id = a.id, false) AS "isCurrent",
  coalesce((
    SELECT (ev.payload ->> 'dueAt')::timestamptz FROM case_events ev
     WHERE a.deadline_version > 1 AND ev.subject_id = s.id AND ev.payload ->> 'assignmentId' = a.id::text
       AND ev.type IN ('assigned', 'claimed', 'reassigned', 'reopened')
     ORDER BY ev.sequence LIMIT 1), a.due_at) AS "firstDueAt", a.due_at AS "currentDueAt",
  a.acknowledged_at AS "acknowledgedAt", s.status, s.last_event_at AS "lastEventAt",
  CASE WHEN a.end_reason = 'resolved' THEN a.ended_at END AS "resolvedAt"`;

const ASSIGNMENT_JOINS = `
  LEFT JOIN departments d ON d.id = a.department_id
  LEFT JOIN officials o ON o.id = a.official_id`;

/** Looks up in bulk what the database knows of the things that a ledger names. */
@Injectable()
export class KnownLoader {
  constructor(
    private readonly office: OfficeTime,
    private readonly personalData: PersonalData,
  ) {}

  async load(tx: Transaction, keys: LedgerKeys, calendar: WorkingCalendar): Promise<LedgerKnown> {
    const enterprises = await tx.query<KnownEnterprise>(
      `SELECT e.credit_code AS "creditCode", e.name, u.code AS "reportingUnitCode"
         FROM enterprises e JOIN reporting_units u ON u.id = e.reporting_unit_id
        WHERE e.credit_code = ANY ($1) OR e.name = ANY ($2)`,
      [keys.creditCodes, keys.problemEnterpriseNames],
    );
    const codes = enterprises.map((enterprise) => enterprise.creditCode);
    return {
      reportingUnits: await tx.query<KnownUnit>(
        'SELECT code, name, aliases, retired_codes AS "retiredCodes" FROM reporting_units ORDER BY position',
      ),
      departments: await tx.query<KnownDepartment>(
        `SELECT d.name, d.level, u.code AS "reportingUnitCode", d.is_task_force AS "isTaskForce",
                d.is_active AS "isActive"
           FROM departments d LEFT JOIN reporting_units u ON u.id = d.reporting_unit_id`,
      ),
      officials: await this.officials(tx),
      enterprises,
      cases: await this.cases(tx, codes),
      problems: await this.problems(tx, codes),
      loadFigures: (creditCodes) => loadFigures(tx, creditCodes),
      dueOn: (assignedOn, limit) =>
        this.office.dateOf(termsOf(assignedOn, limit, calendar, this.office).due.at),
    };
  }

  /** With their numbers, of which the directory may say something new; one that does not open is taken for none. */
  private async officials(tx: Transaction): Promise<KnownOfficial[]> {
    const rows = await tx.query<Omit<KnownOfficial, 'mobile'> & { mobileSealed: string | null }>(
      `SELECT o.id, d.name AS department, o.name, o.post, o.duty, o.mobile_sealed AS "mobileSealed", o.email,
              o.is_active AS "isActive"
         FROM officials o JOIN departments d ON d.id = o.department_id`,
    );
    return rows.map(({ mobileSealed, ...official }) => ({
      ...official,
      mobile: this.personalData.openOrTell(mobileSealed, OFFICIAL_MOBILE, official.id),
    }));
  }

  /**
   * Versions, by id, of the cases and problems that a ledger may touch. Asked before the rest, so that a change made
   * meanwhile shows as one.
   * @param isLocked keeps them from changing until the transaction ends
   */
  async versions(tx: Transaction, keys: LedgerKeys, isLocked: boolean): Promise<Map<string, number>> {
    const versions = new Map<string, number>();
    for (const table of [SUBJECT_TABLES.case, SUBJECT_TABLES.problem]) {
      const rows = await tx.query<{ id: string; version: number }>(
        `SELECT s.id, s.version FROM ${table} s JOIN enterprises e ON e.id = s.enterprise_id
          WHERE e.credit_code = ANY ($1) OR e.name = ANY ($2)
          ORDER BY s.id ${isLocked ? 'FOR UPDATE OF s' : ''}`,
        [keys.creditCodes, keys.problemEnterpriseNames],
      );
      for (const { id, version } of rows) versions.set(id, version);
    }
    return versions;
  }

  private async cases(tx: Transaction, codes: readonly string[]): Promise<KnownCase[]> {
    const rows = await tx.query<Dated<KnownCase>>(
      `SELECT s.id AS "caseId", e.credit_code AS "creditCode", s.distress_type AS "distressType", ${ASSIGNMENT_COLUMNS}
         FROM cases s
         JOIN enterprises e ON e.id = s.enterprise_id
         LEFT JOIN assignments a ON a.case_id = s.id ${ASSIGNMENT_JOINS}
        WHERE e.credit_code = ANY ($1)
        ORDER BY s.number, a.assigned_at, a.id`,
      [codes],
    );
    return rows.map((row) => this.dated(row));
  }

  private async problems(tx: Transaction, codes: readonly string[]): Promise<KnownProblem[]> {
    const rows = await tx.query<Dated<KnownProblem>>(
      `SELECT s.id AS "problemId", e.credit_code AS "creditCode", s.title AS text, s.category, s.cause,
              ${ASSIGNMENT_COLUMNS},
              coalesce((SELECT array_agg(chd.name ORDER BY ch.id) FROM co_handlers ch
                          JOIN departments chd ON chd.id = ch.department_id
                         WHERE ch.assignment_id = a.id), '{}') AS "coDepartments",
              (SELECT r.rating FROM ratings r WHERE r.problem_id = s.id AND r.source = 'ledger'
                ORDER BY r.effective_at DESC, r.recorded_at DESC LIMIT 1) AS "ledgerRating",
              (SELECT r.rating FROM ratings r WHERE r.problem_id = s.id
                ORDER BY r.effective_at DESC, r.recorded_at DESC LIMIT 1) AS "lastRating"
         FROM problems s
         JOIN enterprises e ON e.id = s.enterprise_id
         LEFT JOIN assignments a ON a.problem_id = s.id ${ASSIGNMENT_JOINS}
        WHERE e.credit_code = ANY ($1)
        ORDER BY s.number, a.assigned_at, a.id`,
      [codes],
    );
    return rows.map((row) => this.dated(row));
  }

  private dated<Row extends Dated<object>>(row: Row) {
    const { assignedAt, firstDueAt, currentDueAt, acknowledgedAt, resolvedAt, lastEventAt, ...rest } = row;
    const on = (at: Date | null): string | null => (at === null ? null : this.office.dateOf(at));
    return {
      ...rest,
      assignedOn: on(assignedAt),
      dueOn: on(firstDueAt),
      currentDueOn: on(currentDueAt),
      acknowledgedOn: on(acknowledgedAt),
      resolvedOn: on(resolvedAt),
      lastEventOn: this.office.dateOf(lastEventAt),
    };
  }
}

/** The newest revision of every figure of these enterprises. */
const loadFigures = (tx: Transaction, creditCodes: readonly string[]): Promise<KnownFigure[]> =>
  tx.query<KnownFigure>(
    `SELECT DISTINCT ON (f.enterprise_id, f.month, f.metric, f.source)
            e.credit_code AS "creditCode", f.metric, f.source, f.month::text AS month, f.value::text AS value, f.revision,
            f.covers_months AS "coversMonths"
       FROM production_figures f JOIN enterprises e ON e.id = f.enterprise_id
      WHERE e.credit_code = ANY ($1)
      ORDER BY f.enterprise_id, f.month, f.metric, f.source, f.revision DESC`,
    [creditCodes],
  );
