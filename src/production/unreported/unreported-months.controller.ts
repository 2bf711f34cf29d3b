import { Body, Controller, Get, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { UnreportedMonthBody, UnreportedMonthPage, UnreportedMonthView } from './unreported-months.dto.js';
import { UnreportedMonths } from './unreported-months.js';

@ApiTags('production')
@Controller('enterprises/:id/unreported-months')
export class UnreportedMonthsController {
  constructor(private readonly months: UnreportedMonths) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({ summary: 'Why months were not reported, by month: what was said last.' })
  @ApiOkResponse({ type: UnreportedMonthPage })
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<UnreportedMonthView>> {
    return this.months.list(caller, id, query);
  }

  @Post()
  @Allow('production.report')
  @ApiOperation({ summary: 'Say why nothing was reported of a month; it stays unknown.' })
  @ApiCreatedResponse({ type: UnreportedMonthView })
  record(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: UnreportedMonthBody,
  ): Promise<UnreportedMonthView> {
    return this.months.record(caller, id, body);
  }
}
