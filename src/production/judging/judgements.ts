import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import type { EnterpriseJudgement } from './known-production.js';

/** Hears of every enterprise that was judged anew, also where no month changed: what it makes of it must be harmless to repeat. */
export interface JudgementListener {
  judged(tx: Transaction, judgements: readonly EnterpriseJudgement[], now: Date): Promise<void>;
}

/** How judging tells the rest of production, inside its transaction, without knowing who listens. */
@Injectable()
export class Judgements {
  private readonly listeners: JudgementListener[] = [];

  listen(listener: JudgementListener): void {
    this.listeners.push(listener);
  }

  async announce(tx: Transaction, judgements: readonly EnterpriseJudgement[], now: Date): Promise<void> {
    for (const listener of this.listeners) await listener.judged(tx, judgements, now);
  }
}
