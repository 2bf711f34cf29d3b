import { Injectable } from '@nestjs/common';
import { BY_SYSTEM, byAccount, SecurityTrail } from '../../access/security-trail.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { parseWeek } from '../week.js';
import { DraftIssue } from './draft-issue.js';
import type { BulletinIssue } from './issue.entity.js';
import { IssueNotices } from './issue-notices.js';
import { Issues, type WeekIssue } from './issues.repository.js';
import { replacedBy, requireNone } from './week-issues.js';

/** Makes the issue of a week ready, with its figures and files as they are now; somebody approves it. */
@Injectable()
export class PrepareIssue {
  constructor(
    private readonly drafting: DraftIssue,
    private readonly issues: Issues,
    private readonly transactions: Transactions,
    private readonly notices: IssueNotices,
    private readonly trail: SecurityTrail,
  ) {}

  /** @returns its id. @throws Refusal 409 WEEK_PUBLISHED, WEEK_PREPARED, WEEK_WITHDRAWN, and those of `ComposeIssue` */
  async byHand(week: string, accountId: string): Promise<string> {
    requireNone(parseWeek(week).name, await this.issues.ofWeek(week));
    return this.store(await this.drafting.fresh(week, accountId), (there) => requireNone(week, there));
  }

  /** @throws Refusal 409 NOTHING_TO_REISSUE, WEEK_PUBLISHED, WEEK_PREPARED, and those of `ComposeIssue` */
  async inPlaceOfWithdrawn(week: string, accountId: string, reason: string): Promise<string> {
    const { id, number } = replacedBy(parseWeek(week).name, await this.issues.ofWeek(week));
    const issue = await this.drafting.fresh(week, accountId, { id, number, reason });
    return this.store(issue, (there) => replacedBy(week, there));
  }

  /** @returns `null` where there is, or was, an issue of that week: it is prepared by itself once at most */
  async bySchedule(week: string): Promise<string | null> {
    if ((await this.issues.ofWeek(week)).length > 0) return null;
    const issue = await this.drafting.fresh(week, null);
    return this.transactions.run(async (tx) => {
      await this.issues.lock(tx);
      if ((await this.issues.ofWeek(week, tx)).length > 0) return null;
      return this.write(tx, issue);
    });
  }

  private store(issue: BulletinIssue, check: (there: readonly WeekIssue[]) => unknown): Promise<string> {
    return this.transactions.run(async (tx) => {
      await this.issues.lock(tx);
      check(await this.issues.ofWeek(issue.week, tx));
      return this.write(tx, issue);
    });
  }

  private async write(tx: Transaction, issue: BulletinIssue): Promise<string> {
    const { id, week, preparedBy, replaces } = issue;
    await this.issues.insert(tx, issue);
    await this.notices.prepared(tx, issue);
    await this.trail.record(tx, {
      type: 'issue_prepared',
      actor: preparedBy === null ? BY_SYSTEM : byAccount(preparedBy),
      subject: { kind: 'bulletin_issue', id },
      payload: { week, asOf: issue.asOf.toISOString(), replaces },
    });
    return id;
  }
}
