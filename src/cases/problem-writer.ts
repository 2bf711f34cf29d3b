import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import type { Transaction } from '../platform/database/transactions.js';
import { CaseChanges } from './case-changes.js';
import type { CaseEvent } from './case-event.entity.js';
import type { Case } from './case.entity.js';
import { dayZeroOf, deadlineAfter } from './deadlines/deadline.js';
import { LIMITS } from './deadlines/limits.js';
import { runningClocks } from './deadlines/running-clocks.js';
import { type EventContext, insertEvents, nextEvent } from './event-chain.js';
import type { Cause, ProblemCategory } from './lifecycle/states.js';
import type { Refused } from './lifecycle/snapshot.js';
import { transition } from './lifecycle/transition.js';
import { newProblem } from './new-subject.js';
import { Numbers } from './numbers.js';
import type { Problem } from './problem.entity.js';
import type { ProblemHome } from './problem-home.js';
import { askerOf } from './subject.js';

/** What is said of a problem when it is reported. */
export interface ProblemReport {
  title: string;
  description?: string | undefined;
  category: ProblemCategory;
  cause: Cause;
}

/** A problem to be written: of which case, enterprise or project, and of which responsibility list, if of any. */
export interface ProblemDraft {
  home: ProblemHome;
  report: ProblemReport;
  list?: { id: string; claimUntil: Date | null };
}

/** Writes reported problems: rows, events and clocks, in the transaction of whoever reports them. */
@Injectable()
export class ProblemWriter {
  constructor(
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly numbers: Numbers,
    private readonly changes: CaseChanges,
    private readonly config: AppConfig,
  ) {}

  /** Why the actor may not report a problem there, by the table that decides everything. */
  refusalOf(actor: Actor, home: ProblemHome): Refused | undefined {
    const decision = transition(
      {
        kind: 'problem',
        status: 'reported',
        reportingUnitId: home.reportingUnitId,
        leadDepartmentId: null,
        returnCount: 0,
        assignment: null,
        closureRequest: null,
        caseStatus: home.case?.status ?? null,
        openProblems: 0,
        hasOtherLiveCase: false,
        claimUntil: null,
      },
      'report',
      askerOf(actor),
      this.clock.now(),
    );
    if ('refused' in decision) return decision.refused;
    return home.isOpen ? undefined : { status: 409, code: 'PROJECT_INACTIVE' };
  }

  /** The homes are locked and take them. Answers the problems in the order of the drafts. */
  async write(
    tx: Transaction,
    actor: Actor,
    drafts: readonly ProblemDraft[],
    calendar: WorkingCalendar,
  ): Promise<Problem[]> {
    const present = this.clock.now();
    const moments = drafts.map(({ home }) => notBefore(present, home.case));
    const numbers = await this.numbers.take(tx, 'problem', moments);
    const rows: Problem[] = [];
    const events: CaseEvent[] = [];
    for (const [index, draft] of drafts.entries()) {
      const reportedAt = moments[index] ?? present;
      const dayZeroOn = dayZeroOf(reportedAt, calendar, this.office);
      const assignBy = deadlineAfter(dayZeroOn, LIMITS.assign, calendar, this.office).at;
      const row = problemOf(draft, { number: numbers[index] ?? '', reportedAt, assignBy });
      // Appended at the chain of its case; one that has none begins a chain of its own.
      events.push(reportedEvent(row, draft, { actor, algorithm: this.config.eventHash }));
      rows.push(row);
    }
    await bulkInsert(tx, 'problems', rows);
    await insertEvents(tx, events);
    await countOnCases(tx, drafts);
    await this.changes.announce(
      tx,
      rows.map((row) => ({
        subjectId: row.id,
        caseId: row.caseId,
        problemId: row.id,
        clocks: runningClocks({ ...row, assignment: null, coHandlers: [], closureRequest: null }),
      })),
    );
    return rows;
  }
}

/** Never before the last event of the chain: clocks of two machines may differ by a little. */
const notBefore = (moment: Date, owner: Case | null): Date =>
  new Date(Math.max(moment.getTime(), owner?.lastEventAt.getTime() ?? 0));

const problemOf = (
  { home, report, list }: ProblemDraft,
  beginning: { number: string; reportedAt: Date; assignBy: Date },
): Problem =>
  newProblem(
    {
      id: uuidv7(),
      reportingUnitId: home.reportingUnitId,
      assignClockRunId: uuidv7(),
      ...beginning,
    },
    {
      caseId: home.case?.id ?? null,
      enterpriseId: home.enterpriseId,
      projectId: home.projectId,
      title: report.title,
      description: report.description ?? '',
      category: report.category,
      cause: report.cause,
      claimUntil: list?.claimUntil ?? null,
    },
  );

function reportedEvent(
  row: Problem,
  { home, list }: ProblemDraft,
  by: Pick<EventContext, 'actor' | 'algorithm'>,
): CaseEvent {
  return nextEvent(
    home.case ?? row,
    {
      // The event starts the assign clock, and is its run.
      ...(row.assignClockRunId === null ? {} : { id: row.assignClockRunId }),
      type: 'reported',
      payload: {
        number: row.number,
        ...(row.enterpriseId === null ? {} : { enterpriseId: row.enterpriseId }),
        ...(row.projectId === null ? {} : { projectId: row.projectId }),
        reportingUnitId: row.reportingUnitId,
        assignBy: row.assignBy?.toISOString() ?? '',
        category: row.category,
        cause: row.cause,
        ...(row.caseId === null ? {} : { caseId: row.caseId }),
        ...(list === undefined ? {} : { responsibilityListId: list.id }),
        ...(row.claimUntil === null ? {} : { claimUntil: row.claimUntil.toISOString() }),
      },
    },
    {
      subjectId: row.id,
      subjectKind: 'problem',
      effectiveAt: row.reportedAt,
      recordedAt: row.reportedAt,
      ...by,
    },
  );
}

async function countOnCases(tx: Transaction, drafts: readonly ProblemDraft[]): Promise<void> {
  const added = new Map<Case, number>();
  for (const { home } of drafts) {
    if (home.case !== null) added.set(home.case, (added.get(home.case) ?? 0) + 1);
  }
  for (const [owner, count] of added) {
    await tx.query(
      `UPDATE cases SET problems_total = problems_total + $2, problems_open = problems_open + $2,
              last_sequence = $3, last_hash = $4, version = version + 1
        WHERE id = $1`,
      [owner.id, count, owner.lastSequence, owner.lastHash],
    );
  }
}
