import { Body, Controller, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../../access/actor.js';
import { Allow, CurrentActor } from '../../../access/decorators.js';
import { Post } from '../../../platform/http/idempotency/post.js';
import type { Page } from '../../../platform/http/paging.js';
import { ParseId } from '../../../platform/http/parse-id.pipe.js';
import { FollowUpList } from './follow-up-list.js';
import { FollowUpPage, FollowUpQuery, FollowUpView, RecordFollowUpBody } from './follow-ups.dto.js';
import { RecordFollowUp } from './record-follow-up.js';

/** 回访: whether production still holds, some time after a closure as recovered. */
@ApiTags('detection')
@Controller('recovery-follow-ups')
@Allow('follow_ups.read')
export class FollowUpsController {
  constructor(
    private readonly followUps: FollowUpList,
    private readonly recording: RecordFollowUp,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is to be looked at after closures as recovered, by due date' })
  @ApiOkResponse({ type: FollowUpPage })
  list(@CurrentActor() actor: AccountActor, @Query() query: FollowUpQuery): Promise<Page<FollowUpView>> {
    return this.followUps.list(actor, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One follow-up' })
  @ApiOkResponse({ type: FollowUpView })
  one(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<FollowUpView> {
    return this.followUps.byId(actor, id);
  }

  @Post(':id/record')
  @Allow('follow_ups.record')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record what was found; falling or stopped production proposes reopening' })
  @ApiOkResponse({ type: FollowUpView })
  async record(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: RecordFollowUpBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<FollowUpView> {
    await this.recording.run(actor, id, body, ifMatch);
    return this.followUps.byId(actor, id);
  }
}
