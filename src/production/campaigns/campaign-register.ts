import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { enterpriseScope, NOTHING, projectScope, type ScopeCondition } from '../../access/scope.js';
import { Reader } from '../../platform/database/reader.js';
import { notFound } from '../../platform/errors/refusal.js';
import { ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import {
  type CampaignMemberView,
  CAMPAIGNS,
  type CampaignView,
  type CampaignWithPaceView,
  MEMBERS,
} from './campaign.view.js';
import { CampaignPace } from './campaign-pace.js';
import type { CampaignQuery } from './campaigns.dto.js';
import { SafetyFlags } from '../safety-flags.js';

/** Reads of campaigns: what they aim at and how far they are is known to all; which enterprises, within the scope. */
@Injectable()
export class CampaignRegister {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly pace: CampaignPace,
    private readonly flags: SafetyFlags,
  ) {}

  /** By final date. */
  list(query: CampaignQuery): Promise<Page<CampaignView>> {
    const where = new Where().add(query.isActive, (isActive) => `c.is_active = ${isActive}`);
    return this.lists.page(CAMPAIGNS, where, query, (row) => row);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<CampaignWithPaceView> {
    const campaign = await this.known(id);
    const figures = await this.pace.today(id);
    if (figures === undefined) throw new Error(`campaign ${id} was never recorded`);
    const { on, reached, elapsedWorkingDays, totalWorkingDays, expected, isBehind } = figures;
    return {
      ...campaign,
      pace: { on, reached, elapsedWorkingDays, totalWorkingDays, expected, isBehind },
    };
  }

  /** In the order in which they were added. @throws Refusal 404 NOT_FOUND */
  async members(caller: Caller, id: string, query: PageQuery): Promise<Page<CampaignMemberView>> {
    const campaign = await this.known(id);
    const where = new Where()
      .add(id, (campaign) => `m.campaign_id = ${campaign} AND m.removed_at IS NULL`)
      .addScope((first) => memberScope(caller, campaign, first));
    const page = await this.lists.page(MEMBERS, where, query, (row) => row);
    const reached = await this.pace.membersReached(
      campaign,
      page.items.map((member) => member.id),
    );
    const flagged = await this.flags.last(
      page.items.flatMap(({ enterprise }) => (enterprise === null ? [] : [enterprise.id])),
    );
    return {
      ...page,
      items: page.items.map((member) => ({
        ...member,
        reachedOn: reached.get(member.id) ?? null,
        overCapacity: flagged.get(member.enterprise?.id ?? '') ?? null,
      })),
    };
  }

  private async known(id: string): Promise<CampaignView> {
    const [campaign] = await this.reader.query<CampaignView>(
      `SELECT ${CAMPAIGNS.select} FROM ${CAMPAIGNS.from} WHERE c.id = $1`,
      [id],
    );
    if (campaign === undefined) throw notFound('campaign', id);
    return campaign;
  }
}

/** Projects are closed to keys, whoever names them. */
function memberScope(caller: Caller, { memberKind }: CampaignView, first: number): ScopeCondition {
  if (memberKind === 'enterprise') return enterpriseScope(caller, 'e', first);
  return caller.kind === 'api_key' ? NOTHING : projectScope(caller, 'j', first);
}
