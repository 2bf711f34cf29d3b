import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseChanges, type ClocksChanged } from '../../cases/case-changes.js';
import type { CaseEventType } from '../../cases/case-events.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Unjudged } from '../judging/unjudged.js';
import { cancelOutdated } from './follow-ups/follow-up-statements.js';

/** After these, what figures give reason to is another matter. Reports are told by their clocks alone. */
const TURNS: ReadonlySet<CaseEventType> = new Set([
  'resolved',
  'rejected',
  'terminated',
  'reopened',
  'corrected',
]);

/** A case that begins, ends, comes back or is corrected changes what its enterprise's figures mean. */
@Injectable()
export class WatchCases implements OnModuleInit {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unjudged: Unjudged,
  ) {}

  onModuleInit(): void {
    this.changes.listen((tx, changes) => this.changed(tx, changes));
  }

  private async changed(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    const turned = changes.filter(
      ({ problemId, event }) => problemId === null && (event === undefined || TURNS.has(event.type)),
    );
    if (turned.length === 0) return;
    const ids = turned.map(({ subjectId }) => subjectId);
    const judged = await tx.query<{ id: string }>(
      `SELECT DISTINCT c.enterprise_id AS id FROM cases c
        WHERE c.id = ANY ($1::uuid[])
          AND (EXISTS (SELECT 1 FROM production_figures f WHERE f.enterprise_id = c.enterprise_id)
            OR EXISTS (SELECT 1 FROM distress_candidates k WHERE k.enterprise_id = c.enterprise_id AND k.status = 'open'))`,
      [ids],
    );
    await this.unjudged.add(
      tx,
      judged.map(({ id }) => id),
    );
    if (turned.some(({ event }) => event?.type === 'reopened')) await cancelOutdated(tx, ids);
  }
}
