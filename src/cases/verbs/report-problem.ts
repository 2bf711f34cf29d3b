import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { lockCaseHome, lockEnterpriseHome, lockProjectHome, type ProblemHome } from '../problem-home.js';
import { type ProblemReport, ProblemWriter } from '../problem-writer.js';

/** A concrete problem goes on the books: of a live case, of an enterprise that has none, or of a project. */
@Injectable()
export class ReportProblem {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly problems: ProblemWriter,
  ) {}

  /** @returns the problem's id. @throws Refusal 404 case out of scope, 403, 409 CASE_NOT_LIVE or CASE_BEING_VERIFIED */
  run(actor: Actor, caseId: string, report: ProblemReport): Promise<string> {
    return this.report(actor, report, (tx) => lockCaseHome(tx, actor, caseId));
  }

  /**
   * Of the enterprise's live case, or of the enterprise itself where it has none.
   * @returns the problem's id. @throws Refusal 404 enterprise out of scope, 403, 409 CASE_BEING_VERIFIED
   */
  ofEnterprise(actor: Actor, enterpriseId: string, report: ProblemReport): Promise<string> {
    return this.report(actor, report, (tx) => lockEnterpriseHome(tx, actor, enterpriseId));
  }

  /** @returns the problem's id. @throws Refusal 404 project out of scope, 403, 409 PROJECT_INACTIVE */
  ofProject(actor: Actor, projectId: string, report: ProblemReport): Promise<string> {
    return this.report(actor, report, (tx) => lockProjectHome(tx, actor, projectId));
  }

  private async report(
    actor: Actor,
    report: ProblemReport,
    lockHome: (tx: Transaction) => Promise<ProblemHome>,
  ): Promise<string> {
    const calendar = await this.calendars.current();
    return this.transactions.run(async (tx) => {
      const home = await lockHome(tx);
      const refused = this.problems.refusalOf(actor, home);
      if (refused !== undefined) {
        const status = home.case?.status ?? null;
        throw new Refusal(refused.status, refused.code, { status, action: 'report', allowedActions: [] });
      }
      const [problem] = await this.problems.write(tx, actor, [{ home, report }], calendar);
      if (problem === undefined) throw new Error('a problem was not written');
      return problem.id;
    });
  }
}
