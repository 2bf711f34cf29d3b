import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { Policies } from './policies.js';
import { ReminderList } from './reminder-list.js';
import {
  ReminderPage,
  ReminderPolicyPage,
  ReminderPolicyView,
  ReminderQuery,
  ReminderView,
} from './reminders.dto.js';

@ApiTags('reminders')
@Allow('reminders.read')
@Controller()
export class RemindersController {
  constructor(
    private readonly reminders: ReminderList,
    private readonly policies: Policies,
  ) {}

  @Get('reminders')
  @ApiOperation({ summary: 'Rungs of the ladder on every clock: to come, due, cancelled; newest first.' })
  @ApiOkResponse({ type: ReminderPage })
  list(@Query() query: ReminderQuery): Promise<Page<ReminderView>> {
    return this.reminders.reminders(query);
  }

  @Get('reminder-policies')
  @ApiOperation({ summary: 'Every version of the ladder, newest first.' })
  @ApiOkResponse({ type: ReminderPolicyPage })
  versions(@Query() query: PageQuery): Promise<Page<ReminderPolicyView>> {
    return this.reminders.policies(query);
  }

  @Get('reminder-policies/current')
  @ApiOperation({ summary: 'The ladder in force.' })
  @ApiOkResponse({ type: ReminderPolicyView })
  async current(): Promise<ReminderPolicyView> {
    const { version, rungs, recordedAt, recordedBy } = await this.policies.current();
    return { version, rungs: [...rungs], recordedAt, recordedBy };
  }
}
