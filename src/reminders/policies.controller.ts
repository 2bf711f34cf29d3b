import { Body, Controller, Get, HttpCode, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ChangePolicy } from './change-policy.js';
import {
  CurrentPolicyQuery,
  PolicyBody,
  PolicyQuery,
  ReminderPolicyPage,
  ReminderPolicyView,
} from './policies.dto.js';
import { PolicyList } from './policy-list.js';
import { PolicyPreviewView, PreviewBody } from './preview.dto.js';
import { PreviewPolicy } from './preview-policy.js';

@ApiTags('reminders')
@Allow('reminders.read')
@Controller('reminder-policies')
export class PoliciesController {
  constructor(
    private readonly list: PolicyList,
    private readonly changing: ChangePolicy,
    private readonly previewing: PreviewPolicy,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every version of the ladders, newest first.' })
  @ApiOkResponse({ type: ReminderPolicyPage })
  versions(@Query() query: PolicyQuery): Promise<Page<ReminderPolicyView>> {
    return this.list.page(query);
  }

  @Get('current')
  @ApiOperation({ summary: 'The ladder in force for a deadline class: its own, else the default.' })
  @ApiOkResponse({ type: ReminderPolicyView })
  current(@Query() { appliesTo = 'default' }: CurrentPolicyQuery): Promise<ReminderPolicyView> {
    return this.list.current(appliesTo);
  }

  @Post()
  @Allow('reminder_policies.change')
  @ApiOperation({
    summary: 'Save another ladder for a deadline class; what is armed follows, what has been recorded stays.',
  })
  @ApiCreatedResponse({ type: ReminderPolicyView })
  async change(
    @CurrentActor() { accountId }: AccountActor,
    @Body() body: PolicyBody,
  ): Promise<ReminderPolicyView> {
    return this.list.version(await this.changing.run(accountId, body));
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('reminder_policies.change')
  @ApiOperation({
    summary: 'Whom a ladder would remind in the next sweep, were it saved now; changes nothing.',
  })
  @ApiOkResponse({ type: PolicyPreviewView })
  preview(@Body() { appliesTo, rungs }: PreviewBody): Promise<PolicyPreviewView> {
    return this.previewing.run(appliesTo, rungs);
  }
}
