import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import type { Page } from '../platform/http/paging.js';
import { ReminderList } from './reminder-list.js';
import { ReminderPage, ReminderQuery, ReminderView } from './reminders.dto.js';

@ApiTags('reminders')
@Allow('reminders.read')
@Controller()
export class RemindersController {
  constructor(private readonly reminders: ReminderList) {}

  @Get('reminders')
  @ApiOperation({ summary: 'Rungs of the ladder on every clock: to come, due, cancelled; newest first.' })
  @ApiOkResponse({ type: ReminderPage })
  list(@Query() query: ReminderQuery): Promise<Page<ReminderView>> {
    return this.reminders.reminders(query);
  }
}
