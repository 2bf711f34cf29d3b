import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AccountActor, Caller } from '../../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import {
  CampaignMemberPage,
  type CampaignMemberView,
  CampaignPage,
  type CampaignView,
  CampaignWithPaceView,
  MembersAddedView,
} from './campaign.view.js';
import { CampaignMembers } from './campaign-members.js';
import { CampaignRegister } from './campaign-register.js';
import { CampaignBody, CampaignChangeBody, CampaignMembersBody, CampaignQuery } from './campaigns.dto.js';
import { ChangeCampaigns } from './change-campaigns.js';

@ApiTags('campaigns')
@Allow('campaigns.keep')
@Controller('campaigns')
export class CampaignsController {
  constructor(
    private readonly register: CampaignRegister,
    private readonly changes: ChangeCampaigns,
    private readonly memberships: CampaignMembers,
  ) {}

  @Get()
  @Allow('campaigns.read')
  @ApiOperation({ summary: 'Campaigns 专项行动 by final date, the whole city’s.' })
  @ApiOkResponse({ type: CampaignPage })
  list(@Query() query: CampaignQuery): Promise<Page<CampaignView>> {
    return this.register.list(query);
  }

  @Post()
  @ApiOperation({ summary: 'Begin a campaign; its members are added next.' })
  @ApiCreatedResponse({ type: CampaignWithPaceView })
  async add(@CurrentActor() actor: AccountActor, @Body() body: CampaignBody): Promise<CampaignWithPaceView> {
    return this.register.byId(await this.changes.add(actor, body));
  }

  @Get(':id')
  @Allow('campaigns.read')
  @ApiOperation({ summary: 'One campaign with its pace 进度 through today.' })
  @ApiOkResponse({ type: CampaignWithPaceView })
  one(@Param('id', ParseId) id: string): Promise<CampaignWithPaceView> {
    return this.register.byId(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change or end a campaign; days before keep what it was then.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: CampaignWithPaceView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: CampaignChangeBody,
  ): Promise<CampaignWithPaceView> {
    await this.changes.change(actor, id, ifMatch, body);
    return this.register.byId(id);
  }

  @Get(':id/members')
  @Allow('enterprises.read')
  @ApiOperation({
    summary:
      'Its enterprises or projects, within the scope of who asks, and when each reached the milestone.',
  })
  @ApiOkResponse({ type: CampaignMemberPage })
  members(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<CampaignMemberView>> {
    return this.register.members(caller, id, query);
  }

  @Post(':id/members')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Add one enterprise or project, or many by their credit codes or numbers: all or none.',
  })
  @ApiOkResponse({ type: MembersAddedView })
  addMembers(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: CampaignMembersBody,
  ): Promise<MembersAddedView> {
    return this.memberships.add(actor, id, body);
  }

  @Delete(':id/members/:memberId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a member out; it was one until now.' })
  @ApiNoContentResponse()
  removeMember(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Param('memberId', ParseId) memberId: string,
  ): Promise<void> {
    return this.memberships.remove(actor, id, memberId);
  }
}
