import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { CaseChanges, type ClocksChanged } from '../../cases/case-changes.js';
import { type NoticeDraft, Notices } from '../../notifications/notices/notices.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { type CarriedCoHandler, carriedCoHandlers, mayEnd, noticesOf } from './notices-of-change.js';

/** Tells people what has been done that concerns them, in the transaction in which it is done. */
@Injectable()
export class CaseNotices implements OnModuleInit {
  constructor(
    private readonly changes: CaseChanges,
    private readonly notices: Notices,
    private readonly office: OfficeTime,
  ) {}

  onModuleInit(): void {
    this.changes.listen((tx, changes) => this.hear(tx, changes));
  }

  private async hear(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    const ending = changes.filter(mayEnd).map(({ subjectId }) => subjectId);
    await this.notices.withdraw(tx, ending);
    const drafts = changes.flatMap((change) => noticesOf(change, this.office));
    const knowing = await whoKnow(tx, changes.flatMap(carriedCoHandlers));
    const news = drafts.filter(({ kind, cause }) => kind !== 'co_handling' || !knowing.has(cause));
    await this.notices.give(tx, await withAskers(tx, news));
  }
}

/**
 * Of the co-handlers `$1`, come along from the assignments `$2`, those who need not be told: there is no notice of theirs
 * that nothing has become of. What was given for the assignment before has just been withdrawn, sent or not.
 */
const WHO_KNOW = `
SELECT c.id
  FROM unnest($1::uuid[], $2::uuid[]) AS c(id, from_assignment_id)
 WHERE NOT EXISTS (
   SELECT FROM co_handlers h
     JOIN co_handlers b ON b.assignment_id = c.from_assignment_id AND b.department_id = h.department_id
     JOIN notices n ON n.kind = 'co_handling' AND n.cause = b.id::text
    WHERE h.id = c.id
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.notice_id = n.id AND d.status NOT IN ('pending', 'suppressed')))`;

async function whoKnow(tx: Transaction, carried: readonly CarriedCoHandler[]): Promise<Set<string>> {
  if (carried.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(WHO_KNOW, [
    carried.map(({ id }) => id),
    carried.map(({ fromAssignmentId }) => fromAssignmentId),
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** Who asked for more time is told of the decision: the official of that account, where it has one. */
async function withAskers(tx: Transaction, drafts: readonly NoticeDraft[]): Promise<NoticeDraft[]> {
  const extensions = drafts.filter(({ kind }) => kind === 'extension_decided').map(({ cause }) => cause);
  if (extensions.length === 0) return [...drafts];
  const askers = await tx.query<{ id: string; officialId: string | null }>(
    `SELECT x.id, a.official_id AS "officialId"
       FROM extensions x JOIN accounts a ON a.id = x.requested_by WHERE x.id = ANY($1::uuid[])`,
    [extensions],
  );
  const officialOf = new Map(askers.map(({ id, officialId }) => [id, officialId]));
  return drafts.map((draft) =>
    draft.kind === 'extension_decided'
      ? { ...draft, officialId: officialOf.get(draft.cause) ?? null }
      : draft,
  );
}
