import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { lockCaseHome } from '../problem-home.js';
import { type ProblemReport, ProblemWriter } from '../problem-writer.js';
import { SubjectDesk } from '../subject-desk.js';
import { requireFiles } from './named-files.js';
import type { Visit } from './visit.entity.js';
import { requireWorker } from './who-may.js';

export interface VisitInput {
  visitedOn: string;
  place: string;
  people: readonly string[];
  findings: string;
  /** What of the findings goes on the responsibility list at once. */
  problems?: readonly ProblemReport[] | undefined;
  fileIds?: readonly string[] | undefined;
}

/** A visit, and the problems found there, in one step: all of it or nothing. */
@Injectable()
export class RecordVisit {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly desk: SubjectDesk,
    private readonly problems: ProblemWriter,
    private readonly office: OfficeTime,
  ) {}

  /** @returns the visit's id. @throws Refusal 404, 403, 409 CASE_NOT_LIVE or CASE_BEING_VERIFIED, 400 DATE_IN_FUTURE */
  async run(actor: AccountActor, caseId: string, input: VisitInput): Promise<string> {
    const id = uuidv7();
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      const problemIds = await this.report({ tx, calendar }, actor, caseId, input.problems ?? []);
      await this.desk.noteIn(tx, calendar, { actor, ref: { kind: 'case', id: caseId } }, async (open) => {
        await requireWorker(open, 'record_visit');
        const { visitedOn, place } = input;
        if (visitedOn > this.office.dateOf(open.now)) {
          throw new Refusal(400, 'DATE_IN_FUTURE', {}, [{ pointer: '/visitedOn', code: 'DATE_IN_FUTURE' }]);
        }
        const fileIds = [...(input.fileIds ?? [])];
        await requireFiles(open, fileIds);
        const visit: Visit = {
          id,
          caseId,
          visitedOn,
          place,
          people: [...input.people],
          findings: input.findings,
          problemIds,
          fileIds,
          recordedAt: open.now,
          recordedBy: actor.accountId,
        };
        await bulkInsert(tx, 'visits', [visit]);
        return {
          event: { type: 'visit_recorded', payload: { visitId: id, visitedOn, place, problemIds } },
          patch: { progressedAt: open.now },
        };
      });
    });
    return id;
  }

  /** By the table that decides for every report: who may not report a problem may not find one either. */
  private async report(
    { tx, calendar }: { tx: Transaction; calendar: WorkingCalendar },
    actor: AccountActor,
    caseId: string,
    reports: readonly ProblemReport[],
  ): Promise<string[]> {
    if (reports.length === 0) return [];
    const home = await lockCaseHome(tx, actor, caseId);
    const refused = this.problems.refusalOf(actor, home);
    if (refused !== undefined) {
      throw new Refusal(refused.status, refused.code, { action: 'report', status: home.case?.status });
    }
    const written = await this.problems.write(
      tx,
      actor,
      reports.map((report) => ({ home, report })),
      calendar,
    );
    return written.map((problem) => problem.id);
  }
}
