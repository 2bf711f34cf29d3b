import { Injectable } from '@nestjs/common';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { IssueNotices } from './issue-notices.js';
import { Issues } from './issues.repository.js';

/** Takes an issue back, published or only prepared. It stays, with its number, and says that it was withdrawn and why. */
@Injectable()
export class WithdrawIssue {
  constructor(
    private readonly issues: Issues,
    private readonly transactions: Transactions,
    private readonly notices: IssueNotices,
    private readonly trail: SecurityTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 409 ISSUE_WITHDRAWN */
  async run(id: string, accountId: string, reason: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.issues.lock(tx);
      const { week, year, number, publishedAt } = await this.issues.toWithdraw(tx, id);
      await this.issues.withdraw(tx, id, accountId, reason, this.clock.now());
      await this.notices.withdrawn(tx, id);
      await this.trail.record(tx, {
        type: 'issue_withdrawn',
        actor: byAccount(accountId),
        subject: { kind: 'bulletin_issue', id },
        payload: { week, year, number, wasPublished: publishedAt !== null },
      });
    });
  }
}
