import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { requireIfMatch } from '../../platform/http/etag.js';
import { given } from '../../platform/http/fields.js';
import { CampaignMember } from './campaign-member.entity.js';
import { Campaign } from './campaign.entity.js';
import { CampaignRevision } from './campaign-revision.entity.js';
import type { CampaignBody, CampaignChangeBody } from './campaigns.dto.js';
import { MilestoneBook } from './milestone-book.js';
import { memberKindOf } from './milestones.js';

/** By whom; `null`: nobody, as for the example of a first start. */
export interface By {
  accountId: string | null;
}

/** Writes of campaigns, by the task force alone; what a campaign was before stays as a revision. */
@Injectable()
export class ChangeCampaigns {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly book: MilestoneBook,
  ) {}

  /** @returns id of the new campaign. @throws Refusal 400 CAMPAIGN_DATES_INVALID */
  async add({ accountId }: By, body: CampaignBody): Promise<string> {
    const campaign = Object.assign(new Campaign(), { isActive: true }, given(body), {
      id: uuidv7(),
      version: 1,
    });
    requireOrder(campaign);
    await this.transactions.run(async (tx) => {
      await tx.manager.insert(Campaign, campaign);
      await this.record(tx, campaign, accountId);
    });
    return campaign.id;
  }

  /** @throws Refusal 404, 412, 428, 400 CAMPAIGN_DATES_INVALID, 409 CAMPAIGN_HAS_MEMBERS */
  async change(
    { accountId }: By,
    id: string,
    ifMatch: string | undefined,
    body: CampaignChangeBody,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const before = await tx.manager.findOne(Campaign, {
        where: { id },
        lock: { mode: 'for_no_key_update' },
      });
      if (before === null) throw notFound('campaign', id);
      requireIfMatch(ifMatch, before.version);
      const after = Object.assign(new Campaign(), before, given(body), { version: before.version + 1 });
      requireOrder(after);
      if (memberKindOf(after.milestone) !== memberKindOf(before.milestone)) await requireNoMembers(tx, id);
      await tx.manager.update(Campaign, { id, version: before.version }, after);
      await this.record(tx, after, accountId);
      if (after.milestone !== before.milestone || after.startsOn !== before.startsOn)
        await this.book.follow(tx, await enterprisesOf(tx, id), this.clock.now());
    });
  }

  private async record(
    tx: Transaction,
    { id: campaignId, name, milestone, target, startsOn, finalOn, isActive }: Campaign,
    recordedBy: string | null,
  ): Promise<void> {
    await tx.manager.insert(CampaignRevision, {
      id: uuidv7(),
      campaignId,
      recordedAt: this.clock.now(),
      recordedBy,
      name,
      milestone,
      target,
      startsOn,
      finalOn,
      isActive,
    });
  }
}

/** Also those that were taken out: days before are counted of them. */
async function requireNoMembers(tx: Transaction, campaignId: string): Promise<void> {
  if (await tx.manager.existsBy(CampaignMember, { campaignId }))
    throw new Refusal(409, 'CAMPAIGN_HAS_MEMBERS');
}

async function enterprisesOf(tx: Transaction, campaignId: string): Promise<string[]> {
  const members = await tx.query<{ id: string }>(
    `SELECT enterprise_id AS id FROM campaign_members
      WHERE campaign_id = $1 AND enterprise_id IS NOT NULL AND removed_at IS NULL`,
    [campaignId],
  );
  return members.map(({ id }) => id);
}

function requireOrder({ startsOn, finalOn }: Campaign): void {
  if (startsOn <= finalOn) return;
  const code = 'CAMPAIGN_DATES_INVALID';
  throw new Refusal(400, code, { startsOn, finalOn }, [{ pointer: '/finalOn', code }]);
}
