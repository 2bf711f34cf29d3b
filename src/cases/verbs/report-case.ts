import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { CaseChanges } from '../case-changes.js';
import type { CandidateFacts } from '../case-events.js';
import { dayZeroOf, deadlineAfter } from '../deadlines/deadline.js';
import { LIMITS } from '../deadlines/limits.js';
import { runningClocks } from '../deadlines/running-clocks.js';
import { insertEvents, nextEvent } from '../event-chain.js';
import type { DistressType, Status } from '../lifecycle/states.js';
import { transition } from '../lifecycle/transition.js';
import { newCase } from '../new-subject.js';
import { Numbers } from '../numbers.js';
import { askerOf } from '../subject.js';

export interface CaseReport {
  enterpriseId: string;
  distressType: DistressType;
  note?: string | undefined;
  /** What of detection it was opened upon. */
  candidate?: CandidateFacts | undefined;
}

/** 上报: an enterprise in distress becomes a case, and the clock by which someone must be made answerable starts. */
@Injectable()
export class ReportCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly calendars: CalendarService,
    private readonly numbers: Numbers,
    private readonly changes: CaseChanges,
    private readonly config: AppConfig,
  ) {}

  /** @returns the case's id. @throws Refusal 404 enterprise out of scope, 403 not yours, 409 LIVE_CASE_EXISTS */
  async run(actor: Actor, report: CaseReport): Promise<string> {
    const calendar = await this.calendars.current();
    return this.transactions.run((tx) => this.runIn(tx, calendar, actor, report));
  }

  /** The same inside a transaction that does more than this. */
  async runIn(tx: Transaction, calendar: WorkingCalendar, actor: Actor, report: CaseReport): Promise<string> {
    const now = this.clock.now();
    const enterprise = await lockEnterprise(tx, actor, report.enterpriseId);
    refuseUnlessAllowed(actor, enterprise, now);
    const [number = ''] = await this.numbers.take(tx, 'case', [now]);
    const eventId = uuidv7();
    const assignBy = deadlineAfter(
      dayZeroOf(now, calendar, this.office),
      LIMITS.assign,
      calendar,
      this.office,
    ).at;
    const row = newCase(
      {
        id: uuidv7(),
        number,
        reportingUnitId: enterprise.reportingUnitId,
        reportedAt: now,
        assignBy,
        assignClockRunId: eventId,
      },
      { enterpriseId: report.enterpriseId, distressType: report.distressType, note: report.note ?? null },
    );
    const event = nextEvent(
      row,
      {
        id: eventId,
        type: 'reported',
        payload: {
          number,
          enterpriseId: row.enterpriseId,
          reportingUnitId: row.reportingUnitId,
          assignBy: assignBy.toISOString(),
          distressType: row.distressType,
          ...(report.candidate === undefined ? {} : { candidate: report.candidate }),
        },
      },
      {
        subjectId: row.id,
        subjectKind: 'case',
        effectiveAt: now,
        recordedAt: now,
        actor,
        algorithm: this.config.eventHash,
      },
    );
    await bulkInsert(tx, 'cases', [row]);
    await insertEvents(tx, [event]);
    const clocks = runningClocks({ ...row, assignment: null, coHandlers: [], closureRequest: null });
    await this.changes.announce(tx, [{ subjectId: row.id, caseId: row.id, problemId: null, clocks }]);
    return row.id;
  }
}

interface LockedEnterprise {
  reportingUnitId: string;
  /** Of its live case, where it has one. */
  liveStatus: Status | null;
}

/** Locked, so that of two reports at once the second sees the first. @throws Refusal 404 NOT_FOUND */
async function lockEnterprise(tx: Transaction, actor: Actor, id: string): Promise<LockedEnterprise> {
  const scope = enterpriseScope(actor, 'e', 2);
  const [enterprise] = await tx.query<{ reportingUnitId: string }>(
    `SELECT e.reporting_unit_id AS "reportingUnitId" FROM enterprises e
      WHERE e.id = $1 AND ${scope.sql} FOR NO KEY UPDATE OF e`,
    [id, ...scope.parameters],
  );
  if (enterprise === undefined) throw notFound('enterprise', id);
  const [live] = await tx.query<{ status: Status }>(
    `SELECT status FROM cases WHERE enterprise_id = $1 AND status NOT IN ('resolved', 'rejected', 'terminated')`,
    [id],
  );
  return { ...enterprise, liveStatus: live?.status ?? null };
}

function refuseUnlessAllowed(actor: Actor, enterprise: LockedEnterprise, now: Date): void {
  const decision = transition(
    {
      kind: 'case',
      status: 'reported',
      reportingUnitId: enterprise.reportingUnitId,
      leadDepartmentId: null,
      returnCount: 0,
      assignment: null,
      closureRequest: null,
      caseStatus: null,
      openProblems: 0,
      hasOtherLiveCase: enterprise.liveStatus !== null,
      claimUntil: null,
    },
    'report',
    askerOf(actor),
    now,
  );
  if ('refused' in decision) {
    const { status, code } = decision.refused;
    // Of a case that does not come to be there is nothing to be done.
    throw new Refusal(status, code, { status: enterprise.liveStatus, action: 'report', allowedActions: [] });
  }
}
