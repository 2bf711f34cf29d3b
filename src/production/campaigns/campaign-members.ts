import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound } from '../../platform/errors/refusal.js';
import type { MembersAddedView } from './campaign.view.js';
import type { CampaignMembersBody } from './campaigns.dto.js';
import type { By } from './change-campaigns.js';
import { MilestoneBook } from './milestone-book.js';
import { type MemberKind, memberKindOf, type Milestone } from './milestones.js';
import { invalid, namedMembers } from './named-members.js';

const COLUMN: Record<MemberKind, string> = { enterprise: 'enterprise_id', project: 'project_id' };

/** Puts enterprises or projects into campaigns and takes them out. */
@Injectable()
export class CampaignMembers {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly book: MilestoneBook,
  ) {}

  /**
   * All of them or none; who belongs to it already stays as it is.
   * @throws Refusal 404, 400 CAMPAIGN_MEMBERS_REQUIRED, CAMPAIGN_MEMBERS_INVALID with a fault for each, DATE_IN_FUTURE
   */
  async add({ accountId }: By, id: string, body: CampaignMembersBody): Promise<MembersAddedView> {
    const now = this.clock.now();
    const today = this.office.dateOf(now);
    const since = body.since ?? today;
    return this.transactions.run(async (tx) => {
      const kind = memberKindOf(await milestoneOf(tx, id));
      const members = await namedMembers(tx, kind, body);
      if (since > today) throw invalid('DATE_IN_FUTURE', [{ pointer: '/since', code: 'DATE_IN_FUTURE' }]);
      const rows = await tx.query(
        `INSERT INTO campaign_members (id, campaign_id, ${COLUMN[kind]}, since, added_at, added_by)
         SELECT new.id, $1, new.member_id, $4, $5, $6 FROM unnest($2::uuid[], $3::uuid[]) AS new (id, member_id)
         ON CONFLICT (campaign_id, ${COLUMN[kind]}) WHERE removed_at IS NULL DO NOTHING
         RETURNING id`,
        [id, members.map(() => uuidv7()), members, since, now, accountId],
      );
      if (kind === 'enterprise') await this.book.follow(tx, members, now);
      return { added: rows.length, unchanged: members.length - rows.length };
    });
  }

  /** It was a member until now. @throws Refusal 404 */
  async remove({ accountId }: By, id: string, memberId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const removed = await tx.query(
        `UPDATE campaign_members SET removed_at = $3, removed_by = $4
          WHERE id = $2 AND campaign_id = $1 AND removed_at IS NULL RETURNING id`,
        [id, memberId, this.clock.now(), accountId],
      );
      if (removed.length === 0) throw notFound('campaign_member', memberId);
    });
  }
}

/** It stays as it is until the members are in. */
async function milestoneOf(tx: Transaction, id: string): Promise<Milestone> {
  const [found] = await tx.query<{ milestone: Milestone }>(
    'SELECT milestone FROM campaigns WHERE id = $1 FOR SHARE',
    [id],
  );
  if (found === undefined) throw notFound('campaign', id);
  return found.milestone;
}
