import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { CaseChanges, type ClocksChanged } from '../../cases/case-changes.js';
import { type NoticeDraft, Notices } from '../../notifications/notices/notices.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { mayEnd, noticesOf } from './notices-of-change.js';

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
    await this.notices.give(tx, await withAskers(tx, drafts));
  }
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
