import { Body, Controller, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { Post } from '../../platform/http/idempotency/post.js';
import type { Page } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import {
  ConfirmQueryBody,
  ProductionQueryPage,
  ProductionQueryQuery,
  ProductionQueryView,
} from './production-queries.dto.js';
import { ProductionQueries } from './production-queries.js';

@ApiTags('production')
@Controller('production-queries')
export class ProductionQueriesController {
  constructor(private readonly queries: ProductionQueries) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({ summary: 'Questions to enterprises about figures that are hard to believe.' })
  @ApiOkResponse({ type: ProductionQueryPage })
  list(
    @CurrentCaller() caller: Caller,
    @Query() query: ProductionQueryQuery,
    @Headers('accept-language') language: string | undefined,
  ): Promise<Page<ProductionQueryView>> {
    return this.queries.list(caller, query, localeOf(language));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('production.report')
  @ApiOperation({
    summary: 'The enterprise stands by its figures. A correction closes a question by itself.',
  })
  @ApiOkResponse({ type: ProductionQueryView })
  confirm(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ConfirmQueryBody,
    @Headers('accept-language') language: string | undefined,
  ): Promise<ProductionQueryView> {
    return this.queries.confirm(caller, id, ifMatch, body.answer, localeOf(language));
  }
}
