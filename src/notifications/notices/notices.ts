import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { sendingTime } from '../sending-time.js';
import type { NoticeFacts } from './notice-facts.js';
import type { NoticeKind } from './notice-kinds.js';

/** What is to be told, and of whom; see {@link Notice}. */
export type NoticeDraft = {
  [Kind in NoticeKind]: { kind: Kind; cause: string; facts: NoticeFacts[Kind] } & Partial<NoticeAbout>;
}[NoticeKind];

interface NoticeAbout {
  subjectId: string;
  caseId: string | null;
  problemId: string | null;
  assignmentId: string;
  coHandlerId: string;
  departmentId: string | null;
  officialId: string | null;
  enterpriseId: string;
  deadlineAt: Date;
}

/** One department's share in a published week. */
export interface WeeklyShare {
  departmentId: string;
  cumulativeAssigned: number;
  /** From 0 to 1; `null` where nothing was assigned. */
  closureRate: number | null;
  overdue: number;
}

export interface GivenNotice {
  id: string;
  firesAt: Date;
}

/** `$1` drafts · `$2` when they fall due. One that was given before is left as it is. */
const GIVE = `
INSERT INTO notices (id, kind, cause, subject_id, case_id, problem_id, assignment_id, co_handler_id, department_id,
                     official_id, enterprise_id, facts, deadline_at, fires_at)
SELECT uuidv7(), kind, cause, "subjectId", "caseId", "problemId", "assignmentId", "coHandlerId", "departmentId",
       "officialId", "enterpriseId", facts, "deadlineAt", $2::timestamptz
  FROM jsonb_to_recordset($1::jsonb)
    AS d(kind text, cause text, "subjectId" uuid, "caseId" uuid, "problemId" uuid, "assignmentId" uuid,
         "coHandlerId" uuid, "departmentId" uuid, "officialId" uuid, "enterpriseId" uuid, facts jsonb, "deadlineAt" timestamptz)
    ON CONFLICT (kind, cause) DO NOTHING
RETURNING id, fires_at AS "firesAt"`;

/**
 * What is no longer so of the subjects `$1`. Deliveries that a sweep writes at this moment are not in this statement's
 * snapshot; the claim, which looks at `is_current` again, leaves them out.
 */
const WITHDRAW = `
WITH over AS (
  UPDATE notices n SET is_current = false
   WHERE n.subject_id = ANY($1::uuid[]) AND n.is_current
     AND (EXISTS (SELECT FROM assignments a WHERE a.id = n.assignment_id AND a.ended_at IS NOT NULL)
          OR EXISTS (SELECT FROM co_handlers h WHERE h.id = n.co_handler_id AND h.opinion_at IS NOT NULL))
  RETURNING n.id
)
UPDATE deliveries d SET status = 'suppressed', reason = 'NO_LONGER_TRUE' FROM over
 WHERE d.notice_id = over.id AND d.status = 'pending'`;

/** What tells of `$1`, which is taken back; what is being sent at this moment goes. */
const RECALL = `
WITH over AS (
  UPDATE notices SET is_current = false WHERE subject_id = $1 AND is_current RETURNING id
)
UPDATE deliveries d SET status = 'suppressed', reason = 'NO_LONGER_TRUE' FROM over
 WHERE d.notice_id = over.id AND d.status = 'pending'`;

/**
 * Gives notices in the transaction of what they tell of. The next sweep, within half a minute in sending time, looks
 * up whom they go to and makes messages of them: nobody waits for it, and what one person is told meanwhile is one
 * message, also of a bulk of assignments.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @returns those that had not been given before */
  async give(tx: Transaction, drafts: readonly NoticeDraft[]): Promise<GivenNotice[]> {
    if (drafts.length === 0) return [];
    const firesAt = sendingTime(this.clock.now(), await this.calendars.current(), this.office);
    const values = [JSON.stringify(drafts), firesAt];
    return drafts.length === 1 ? tx.prepared<GivenNotice>(GIVE, values) : tx.query<GivenNotice>(GIVE, values);
  }

  /** After a change that may have ended an assignment or brought an opinion. */
  async withdraw(tx: Transaction, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length > 0) await tx.query(WITHDRAW, [subjectIds]);
  }

  /** Whatever was given of a subject, and has not left yet, is not sent. */
  async recall(tx: Transaction, subjectId: string): Promise<void> {
    await tx.query(RECALL, [subjectId]);
  }

  /**
   * 周通报已发: called in the transaction that publishes a week, once for each department it says something of.
   * @param week such as `2021-W44`; published again, nobody is told again
   */
  async giveWeeklyPublished(tx: Transaction, week: string, shares: readonly WeeklyShare[]): Promise<void> {
    await this.give(
      tx,
      shares.map(({ departmentId, cumulativeAssigned, closureRate, overdue }) => ({
        kind: 'weekly_published',
        cause: `${week} ${departmentId}`,
        departmentId,
        facts: { week, assigned: cumulativeAssigned, closureRate, overdue },
      })),
    );
  }
}
