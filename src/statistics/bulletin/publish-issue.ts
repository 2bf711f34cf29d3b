import { Injectable } from '@nestjs/common';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { parseWeek } from '../week.js';
import { BulletinPolicies } from './bulletin-policies.js';
import { DraftIssue } from './draft-issue.js';
import type { BulletinIssue } from './issue.entity.js';
import { issueHash } from './issue-hash.js';
import { IssueNotices } from './issue-notices.js';
import { Issues, type WeekIssue } from './issues.repository.js';
import { StoreIssue } from './store-issue.js';
import { replacedBy, requireNeverPublished, requireNotPublished } from './week-issues.js';

/** What is about to be published. */
interface Ready {
  issue: BulletinIssue;
  /** The prepared issue that it was, which gives way to it. */
  preparedId: string | null;
  /** Asked again under the lock. */
  check: (there: readonly WeekIssue[]) => unknown;
}

/**
 * Publishes the issue of a week. Its files are in the store before the one transaction that writes all of it, so that
 * a process killed at any moment leaves no issue or a whole one.
 */
@Injectable()
export class PublishIssue {
  constructor(
    private readonly drafting: DraftIssue,
    private readonly issues: Issues,
    private readonly policies: BulletinPolicies,
    private readonly storing: StoreIssue,
    private readonly notices: IssueNotices,
    private readonly trail: SecurityTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Approves what is prepared; where nothing is, publishes the week as it is known now.
   * @returns its id
   * @throws Refusal 403 OWN_ISSUE, 409 PREPARE_FIRST, WEEK_PUBLISHED, WEEK_WITHDRAWN, and those of `ComposeIssue`
   */
  run(week: string, accountId: string, note: string | null): Promise<string> {
    const { name } = parseWeek(week);
    return this.publish(accountId, note, () => this.ready(name, accountId));
  }

  /**
   * Publishes, as it is known now, a week whose issue was withdrawn. Not where somebody else must approve.
   * @throws Refusal 409 NOTHING_TO_REISSUE, WEEK_PUBLISHED, WEEK_PREPARED, and those of `ComposeIssue`
   */
  again(week: string, accountId: string, reason: string): Promise<string> {
    const { name } = parseWeek(week);
    return this.publish(accountId, null, async () => {
      const { id, number } = replacedBy(name, await this.issues.ofWeek(name));
      const issue = await this.drafting.fresh(name, accountId, { id, number, reason });
      return { issue, preparedId: null, check: (there) => replacedBy(name, there) };
    });
  }

  private async ready(week: string, accountId: string): Promise<Ready> {
    const there = await this.issues.ofWeek(week);
    requireNotPublished(week, there);
    const { needsAnother } = await this.policies.current();
    const prepared = await this.issues.prepared(week);
    if (prepared === null) {
      requireNeverPublished(week, there);
      if (needsAnother) throw new Refusal(409, 'PREPARE_FIRST', { week });
      const issue = await this.drafting.fresh(week, accountId);
      return { issue, preparedId: null, check: (now) => requireNeverPublished(week, now) };
    }
    if (needsAnother && prepared.preparedBy === accountId) throw new Refusal(403, 'OWN_ISSUE', { week });
    const issue = await this.drafting.upToDate(prepared);
    return { issue, preparedId: prepared.id, check: (now) => requireNotPublished(week, now) };
  }

  private publish(accountId: string, note: string | null, ready: () => Promise<Ready>): Promise<string> {
    return this.storing.run(ready, async (tx, one) => {
      const there = await this.issues.ofWeek(one.issue.week, tx);
      one.check(there);
      const prepared = there.find(({ state }) => state === 'prepared');
      if ((prepared?.id ?? null) !== one.preparedId) return undefined;
      await this.write(tx, one, accountId, note);
      return one.issue.id;
    });
  }

  private async write(
    tx: Transaction,
    { issue: prepared, preparedId }: Ready,
    accountId: string,
    note: string | null,
  ): Promise<void> {
    const unhashed = { ...prepared, publishedAt: this.clock.now(), publishedBy: accountId, note };
    const hash = issueHash(unhashed);
    const issue: BulletinIssue = { ...unhashed, state: 'published', hash };
    if (preparedId !== null) await this.issues.removePrepared(tx, preparedId);
    await this.issues.insert(tx, issue);
    await this.notices.published(tx, issue);
    const { id, week, year, number, replaces } = issue;
    await this.trail.record(tx, {
      type: 'issue_published',
      actor: byAccount(accountId),
      subject: { kind: 'bulletin_issue', id },
      payload: { week, year, number, asOf: issue.asOf.toISOString(), hash: hash.toString('hex'), replaces },
    });
  }
}
