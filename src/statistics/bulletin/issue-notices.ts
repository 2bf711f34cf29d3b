import { Injectable } from '@nestjs/common';
import type { IssueFacts } from '../../notifications/notices/notice-facts.js';
import { Notices, type WeeklyShare } from '../../notifications/notices/notices.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { WakeUps } from '../../platform/queue/wake-ups.js';
import { BulletinPolicies } from './bulletin-policies.js';
import type { IssueFile } from './issue-content.js';
import type { BulletinIssue } from './issue.entity.js';
import { pathOf } from './issue-path.js';

/** Bytes of all files of one mail: many servers take ten megabytes, and a mail is a third larger than its files. */
export const MOST_ATTACHED = 7 * 1024 * 1024;

/** Of each department the key of its row, as it is and as it ever was; what holds now comes last. */
const DEPARTMENT_KEYS = `
SELECT key, id FROM (
  SELECT coalesce(code, name) AS key, department_id AS id, 0 AS rank FROM department_revisions
   UNION ALL
  SELECT coalesce(code, name), id, 1 FROM departments
) keys ORDER BY rank`;

/** Tells people of issues, in the transaction of what is told. */
@Injectable()
export class IssueNotices {
  constructor(
    private readonly notices: Notices,
    private readonly policies: BulletinPolicies,
    private readonly wakeUps: WakeUps,
  ) {}

  /** The task force, one of whom approves it. */
  async prepared(tx: Transaction, { id, week, year, number }: BulletinIssue): Promise<void> {
    const facts = { week, year, number };
    await this.notices.give(tx, [{ kind: 'issue_prepared', cause: id, subjectId: id, facts }]);
    tx.afterCommit(() => this.wakeUps.ring('sweep'));
  }

  /** The departments, each of its own figures, and the subscribers, each with the files it asked for. */
  async published(tx: Transaction, issue: BulletinIssue): Promise<void> {
    // What waited for approval has it.
    await this.notices.recall(tx, issue.id);
    await this.notices.giveWeeklyPublished(tx, issue.week, await sharesOf(tx, issue));
    const replacesNumber = await numberOf(tx, issue.replaces);
    const { subscribers } = await this.policies.currentIn(tx);
    await this.notices.give(
      tx,
      subscribers.map(({ officialId, formats }) => ({
        kind: 'weekly_issue',
        cause: `${issue.id} ${officialId}`,
        subjectId: issue.id,
        officialId,
        facts: factsFor(issue, replacesNumber, formats),
      })),
    );
    tx.afterCommit(() => this.wakeUps.ring('sweep'));
  }

  /** What has not left yet is not sent. */
  withdrawn(tx: Transaction, id: string): Promise<void> {
    return this.notices.recall(tx, id);
  }
}

async function sharesOf(tx: Transaction, { tables }: BulletinIssue): Promise<WeeklyShare[]> {
  const byLead = tables.find(({ subject, by }) => subject === 'case' && by === 'leadDepartment');
  const keys = await tx.query<{ key: string; id: string }>(DEPARTMENT_KEYS);
  const idOf = new Map(keys.map(({ key, id }) => [key, id]));
  return (byLead?.rows ?? []).flatMap(({ key, cumulativeAssigned, closureRate, overdue }) => {
    const departmentId = idOf.get(key);
    return departmentId === undefined || cumulativeAssigned === 0
      ? []
      : [{ departmentId, cumulativeAssigned, closureRate, overdue }];
  });
}

async function numberOf(tx: Transaction, id: string | null): Promise<number | null> {
  const [issue] = await tx.query<{ number: number }>('SELECT number FROM bulletin_issues WHERE id = $1', [
    id,
  ]);
  return issue?.number ?? null;
}

/** Files go along as long as there is room, in their order; the others are fetched. */
export function factsFor(
  { id, week, year, number, files }: Pick<BulletinIssue, 'id' | 'week' | 'year' | 'number' | 'files'>,
  replacesNumber: number | null,
  formats: readonly string[],
): IssueFacts {
  const attached: IssueFile[] = [];
  const linked: IssueFile[] = [];
  let left = MOST_ATTACHED;
  for (const file of files.filter(({ format }) => formats.includes(format))) {
    const isAttached = file.size <= left;
    if (isAttached) left -= file.size;
    (isAttached ? attached : linked).push(file);
  }
  return {
    ...{ week, year, number, replacesNumber },
    attached: attached.map(({ name, mediaType, sha256 }) => ({ name, mediaType, sha256 })),
    linked: linked.map((file) => ({ name: file.name, path: pathOf(id, file) })),
  };
}
