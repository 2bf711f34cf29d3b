import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { Issues } from './issues.repository.js';

/** Others who publish at the same moment make figures or numbers stale, one after another. */
const ATTEMPTS = 5;

/** Stores issues one after the other, and none that was drawn up before another was published or withdrawn. */
@Injectable()
export class StoreIssue {
  constructor(
    private readonly issues: Issues,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Numbers and what is to be corrected hang on what stands published: where that changed between drawing up and
   * storing, it is drawn up anew.
   * @param store under the lock of all issues; answers `undefined` where what was drawn up is stale in another way
   * @throws Refusal 503 PUBLISHING_BUSY
   */
  async run<Drawn, Result>(
    drawUp: () => Promise<Drawn>,
    store: (tx: Transaction, drawn: Drawn) => Promise<Result | undefined>,
  ): Promise<Result> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const statements = await this.issues.statements();
      const drawn = await drawUp();
      const stored = await this.transactions.run(async (tx) => {
        await this.issues.lock(tx);
        return (await this.issues.statements(tx)) === statements ? store(tx, drawn) : undefined;
      });
      if (stored !== undefined) return stored;
    }
    throw new Refusal(503, 'PUBLISHING_BUSY', {}, [], 1);
  }
}
