import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/decorators.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { GroupDigestPage, GroupDigestView } from './group-digests.dto.js';

const LIST: NewestFirst<GroupDigestView> = {
  name: 'group-digests',
  select: `id, robot, on_day AS "onDay", content, status, attempts, queued_at AS "queuedAt", sent_at AS "sentAt",
    gateway_code AS "gatewayCode", gateway_text AS "gatewayText"`,
  from: 'group_digests',
  keys: [['id', 'uuid']],
  positionOf: (row) => [row.id],
};

@ApiTags('reminders')
@Allow('deliveries.read')
@Controller('group-digests')
export class GroupDigestsController {
  constructor(private readonly lists: NewestFirstReader) {}

  @Get()
  @ApiOperation({ summary: 'What the robots told the groups of the task force, newest first.' })
  @ApiOkResponse({ type: GroupDigestPage })
  list(@Query() query: PageQuery): Promise<Page<GroupDigestView>> {
    return this.lists.page(LIST, new Where(), query, (row) => row);
  }
}
