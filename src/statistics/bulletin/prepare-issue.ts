import { Injectable } from '@nestjs/common';
import { BY_SYSTEM, byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { parseWeek } from '../week.js';
import { DraftIssue } from './draft-issue.js';
import type { BulletinIssue } from './issue.entity.js';
import { IssueNotices } from './issue-notices.js';
import { Issues } from './issues.repository.js';
import { StoreIssue } from './store-issue.js';
import { replacedBy, requireNone } from './week-issues.js';

/** Makes the issue of a week ready, with its figures and files as they are now; somebody approves it. */
@Injectable()
export class PrepareIssue {
  constructor(
    private readonly drafting: DraftIssue,
    private readonly issues: Issues,
    private readonly storing: StoreIssue,
    private readonly notices: IssueNotices,
    private readonly trail: SecurityTrail,
    private readonly clock: Clock,
  ) {}

  /** @returns its id. @throws Refusal 409 WEEK_PUBLISHED, WEEK_PREPARED, WEEK_WITHDRAWN, and those of `ComposeIssue` */
  async byHand(week: string, accountId: string): Promise<string> {
    const { name } = parseWeek(week);
    requireNone(name, await this.issues.ofWeek(name));
    return this.storing.run(
      () => this.drafting.fresh(name, accountId),
      async (tx, issue) => {
        requireNone(name, await this.issues.ofWeek(name, tx));
        return this.write(tx, issue);
      },
    );
  }

  /** @throws Refusal 409 NOTHING_TO_REISSUE, WEEK_PUBLISHED, WEEK_PREPARED, and those of `ComposeIssue` */
  async inPlaceOfWithdrawn(week: string, accountId: string, reason: string): Promise<string> {
    const { name } = parseWeek(week);
    return this.storing.run(
      async () => {
        const { id, number } = replacedBy(name, await this.issues.ofWeek(name));
        return this.drafting.fresh(name, accountId, { id, number, reason });
      },
      async (tx, issue) => {
        replacedBy(name, await this.issues.ofWeek(name, tx));
        return this.write(tx, issue);
      },
    );
  }

  /** @returns `null` where there is, or was, an issue of that week: it is prepared by itself once at most */
  async bySchedule(week: string): Promise<string | null> {
    if ((await this.issues.ofWeek(week)).length > 0) return null;
    return this.storing.run(
      () => this.drafting.fresh(week, null),
      async (tx, issue) => ((await this.issues.ofWeek(week, tx)).length > 0 ? null : this.write(tx, issue)),
    );
  }

  private async write(tx: Transaction, drawn: BulletinIssue): Promise<string> {
    // Under the lock: whatever is published after it is published later.
    const issue = { ...drawn, preparedAt: this.clock.now() };
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
