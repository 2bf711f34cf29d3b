import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../access/actor.js';
import { caseScope } from '../../access/scope.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { camelRow } from '../../platform/database/rows.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { CaseChanges } from '../case-changes.js';
import type { Case } from '../case.entity.js';
import { dayZeroOf, deadlineAfter } from '../deadlines/deadline.js';
import { LIMITS } from '../deadlines/limits.js';
import { runningClocks } from '../deadlines/running-clocks.js';
import { insertEvents, nextEvent } from '../event-chain.js';
import type { Cause, ProblemCategory } from '../lifecycle/states.js';
import { transition } from '../lifecycle/transition.js';
import { newProblem } from '../new-subject.js';
import { Numbers } from '../numbers.js';
import { askerOf } from '../subject.js';

export interface ProblemReport {
  title: string;
  description?: string | undefined;
  category: ProblemCategory;
  cause: Cause;
}

/** A concrete problem of a live case goes on the responsibility list. */
@Injectable()
export class ReportProblem {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly calendars: CalendarService,
    private readonly numbers: Numbers,
    private readonly changes: CaseChanges,
  ) {}

  /** @returns the problem's id. @throws Refusal 404 case out of scope, 403, 409 CASE_NOT_LIVE or CASE_BEING_VERIFIED */
  async run(actor: Actor, caseId: string, report: ProblemReport): Promise<string> {
    const calendar = await this.calendars.current();
    return this.transactions.run(async (tx) => {
      const owner = await lockScopedCase(tx, actor, caseId);
      const now = new Date(Math.max(this.clock.now().getTime(), owner.lastEventAt.getTime()));
      refuseUnlessAllowed(actor, owner, now);
      const [number = ''] = await this.numbers.take(tx, 'problem', [now]);
      const eventId = uuidv7();
      const assignBy = deadlineAfter(
        dayZeroOf(now, calendar, this.office),
        LIMITS.assign,
        calendar,
        this.office,
      ).at;
      const row = newProblem(
        {
          id: uuidv7(),
          number,
          reportingUnitId: owner.reportingUnitId,
          reportedAt: now,
          assignBy,
          assignClockRunId: eventId,
        },
        {
          caseId,
          enterpriseId: owner.enterpriseId,
          title: report.title,
          description: report.description ?? '',
          category: report.category,
          cause: report.cause,
        },
      );
      const event = nextEvent(
        owner,
        {
          id: eventId,
          type: 'reported',
          payload: {
            number,
            enterpriseId: row.enterpriseId,
            reportingUnitId: row.reportingUnitId,
            assignBy: assignBy.toISOString(),
            category: row.category,
            cause: row.cause,
            caseId,
          },
        },
        { subjectId: row.id, subjectKind: 'problem', effectiveAt: now, recordedAt: now, actor },
      );
      await bulkInsert(tx, 'problems', [row]);
      await insertEvents(tx, [event]);
      await tx.query(
        `UPDATE cases SET problems_total = problems_total + 1, problems_open = problems_open + 1,
                last_sequence = $2, last_hash = $3, version = version + 1
          WHERE id = $1`,
        [caseId, owner.lastSequence, owner.lastHash],
      );
      const clocks = runningClocks({ ...row, assignment: null, coHandlers: [], closureRequest: null });
      await this.changes.announce(tx, [{ subjectId: row.id, caseId, problemId: row.id, clocks }]);
      return row.id;
    });
  }
}

async function lockScopedCase(tx: Transaction, actor: Actor, id: string): Promise<Case> {
  const scope = caseScope(actor, 'c', 2);
  const [found] = await tx.query(`SELECT c.* FROM cases c WHERE c.id = $1 AND ${scope.sql} FOR UPDATE OF c`, [
    id,
    ...scope.parameters,
  ]);
  if (found === undefined) throw notFound('case', id);
  return camelRow<Case>(found);
}

function refuseUnlessAllowed(actor: Actor, owner: Case, now: Date): void {
  const decision = transition(
    {
      kind: 'problem',
      status: 'reported',
      reportingUnitId: owner.reportingUnitId,
      leadDepartmentId: null,
      returnCount: 0,
      assignment: null,
      closureRequest: null,
      caseStatus: owner.status,
      openProblems: 0,
      hasOtherLiveCase: false,
    },
    'report',
    askerOf(actor),
    now,
  );
  if ('refused' in decision) {
    throw new Refusal(decision.refused.status, decision.refused.code, {
      action: 'report',
      status: owner.status,
    });
  }
}
