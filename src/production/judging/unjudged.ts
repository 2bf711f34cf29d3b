import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { WakeUps } from '../../platform/queue/wake-ups.js';

export const JUDGE_TASK = 'judge-production';

/** Enterprises of which something has changed that judgements follow from: figures, stops, a baseline, the policy. */
@Injectable()
export class Unjudged {
  constructor(private readonly wakeUps: WakeUps) {}

  /**
   * In the transaction of the change; rings after its commit. A row each time: nobody waits for whoever changes or
   * judges the same enterprise just now, and what is written while it is being judged has a row of its own.
   */
  async add(tx: Transaction, enterpriseIds: readonly string[]): Promise<void> {
    if (enterpriseIds.length === 0) return;
    await tx.query(
      'INSERT INTO production_unjudged (enterprise_id) SELECT DISTINCT id FROM unnest($1::uuid[]) AS id',
      [enterpriseIds],
    );
    tx.afterCommit(() => this.wakeUps.ring(JUDGE_TASK));
  }
}
