import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { WakeUps } from '../../platform/queue/wake-ups.js';

export const JUDGE_TASK = 'judge-production';
/** Any number, the same in every process: who judged the same enterprise at the same time would number alike. */
export const JUDGING_LOCK = 7_264_070;

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
    this.wake(tx);
  }

  /**
   * Everyone of whom anything was judged; the others wait already. It waits for a batch that is being judged, and the next
   * begins when it has been committed: none is judged by what held before and missed.
   */
  async addAll(tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [JUDGING_LOCK]);
    await tx.query(
      'INSERT INTO production_unjudged (enterprise_id) SELECT enterprise_id FROM production_statuses',
    );
    this.wake(tx);
  }

  private wake(tx: Transaction): void {
    tx.afterCommit(() => this.wakeUps.ring(JUDGE_TASK));
  }
}
