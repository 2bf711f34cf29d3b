import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { AGAIN } from '../../notifications/notices/holds.js';
import { type NoticeDraft, Notices } from '../../notifications/notices/notices.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { followUpDraft, type FollowUpDue } from './follow-up-draft.js';
import { HAS_CONTACT } from './contacts-to-ask.js';
import { metricOf } from './metric-names.js';

const DRAFTS_A_RUN = 2_000;

/** Questions about figures that nobody was asked yet, `$1` at most; one that is being closed is left to the next run. */
const UNASKED = `
SELECT q.id, q.enterprise_id AS "enterpriseId", to_char(q.month, 'YYYY-MM') AS month, q.rule
  FROM production_queries q JOIN enterprises e ON e.id = q.enterprise_id
 WHERE q.status = 'open' AND q.asked_at IS NULL AND ${HAS_CONTACT}
 ORDER BY q.id LIMIT $1
   FOR UPDATE OF q SKIP LOCKED`;

const MARK_ASKED = `
UPDATE production_queries SET asked_at = $2 WHERE id = ANY($1::uuid[]) RETURNING id`;

/** Follow-ups that are due by `$1` and of which the second reminder was not given, `$2` at most; whom the case was last assigned to. */
const FOLLOW_UPS_DUE = `
SELECT f.id, f.case_id AS "caseId", f.after_days AS days, f.due_on::text AS "dueOn", c.enterprise_id AS "enterpriseId",
       c.lead_department_id AS "departmentId", c.official_id AS "officialId"
  FROM recovery_follow_ups f JOIN cases c ON c.id = f.case_id
 WHERE f.status = 'due' AND f.due_on <= $1
   AND NOT EXISTS (SELECT FROM notices n WHERE n.kind = 'follow_up_due' AND n.cause = f.id || '${AGAIN}')
 ORDER BY f.due_on, f.id LIMIT $2`;

/** Relapses that were proposed and nobody was told of, `$1` at most. */
const UNTOLD_RELAPSES = `
SELECT k.id, k.enterprise_id AS "enterpriseId", k.case_id AS "caseId", c.lead_department_id AS "departmentId",
       k.evidence -> 'months' AS months
  FROM distress_candidates k JOIN cases c ON c.id = k.case_id
 WHERE k.status = 'open' AND k.kind = 'relapse'
   AND NOT EXISTS (SELECT FROM notices n WHERE n.kind = 'relapse_proposed' AND n.cause = k.id::text)
 ORDER BY k.id LIMIT $1`;

/** How many candidates wait, and the week of `$1` for which that is said; nothing where it has been said. */
const WAITING = `
SELECT w.week, k.candidates
  FROM (SELECT to_char($1::date, 'IYYY-"W"IW') AS week) w
 CROSS JOIN (SELECT count(*)::int AS candidates FROM distress_candidates WHERE status = 'open') k
 WHERE k.candidates > 0 AND NOT EXISTS (SELECT FROM notices n WHERE n.kind = 'candidates_waiting' AND n.cause = w.week)`;

/**
 * Tells people of what the watch on production has found. It reads the rows, every minute in every worker, so that who
 * writes them need not know of messages; the unique key of the notice makes all of that one message.
 */
@Injectable()
export class ProductionNotices {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: Notices,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were told that had not been */
  run(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const queries = await this.queries(tx);
      const drafts = [
        ...queries,
        ...(await this.followUps(tx)),
        ...(await relapses(tx)),
        ...(await waiting(tx, this.today())),
      ];
      return (await this.notices.give(tx, drafts)).length;
    });
  }

  private today(): string {
    return this.office.dateOf(this.clock.now());
  }

  private async queries(tx: Transaction): Promise<NoticeDraft[]> {
    const rows = await tx.query<{ id: string; enterpriseId: string; month: string; rule: string }>(UNASKED, [
      DRAFTS_A_RUN,
    ]);
    if (rows.length > 0) await tx.query(MARK_ASKED, [rows.map(({ id }) => id), this.clock.now()]);
    return rows.map(({ id, enterpriseId, month, rule }) => ({
      kind: 'figure_query',
      cause: id,
      subjectId: id,
      enterpriseId,
      facts: { month, metric: metricOf(rule) },
    }));
  }

  private async followUps(tx: Transaction): Promise<NoticeDraft[]> {
    const [today, calendar] = [this.today(), await this.calendars.current()];
    const rows = await tx.query<FollowUpDue>(FOLLOW_UPS_DUE, [today, DRAFTS_A_RUN]);
    return rows.map((row) => followUpDraft(row, today, calendar, this.office));
  }
}

async function relapses(tx: Transaction): Promise<NoticeDraft[]> {
  const rows = await tx.query<{
    id: string;
    enterpriseId: string;
    caseId: string;
    departmentId: string | null;
    months: string[] | null;
  }>(UNTOLD_RELAPSES, [DRAFTS_A_RUN]);
  return rows.map(({ id, caseId, months, ...about }) => ({
    ...about,
    kind: 'relapse_proposed',
    cause: id,
    subjectId: caseId,
    caseId,
    facts: { months: months ?? [] },
  }));
}

async function waiting(tx: Transaction, today: string): Promise<NoticeDraft[]> {
  const rows = await tx.query<{ week: string; candidates: number }>(WAITING, [today]);
  return rows.map((facts) => ({ kind: 'candidates_waiting', cause: facts.week, facts }));
}
