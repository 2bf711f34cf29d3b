import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { type Locale, localeOf } from '../../platform/errors/message-text.js';
import type { Page } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import {
  ProductionStatePage,
  ProductionStateQuery,
  ProductionStateView,
  ProductionStatusView,
} from './production-states.dto.js';
import { ProductionStates } from './production-states.js';

@ApiTags('production')
@Controller('enterprises/:id')
@Allow('production.read')
export class ProductionStatesController {
  constructor(private readonly states: ProductionStates) {}

  @Get('production-states')
  @ApiOperation({ summary: 'What was judged of each month and why, newest first.' })
  @ApiOkResponse({ type: ProductionStatePage })
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: ProductionStateQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<ProductionStateView>> {
    return this.states.list(caller, id, query, saidIn(languages, reply));
  }

  @Get('production-status')
  @ApiOperation({ summary: 'How it produces, as its last known month was judged, and since when.' })
  @ApiOkResponse({ type: ProductionStatusView })
  present(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductionStatusView> {
    return this.states.present(caller, id, saidIn(languages, reply));
  }
}

function saidIn(languages: string | undefined, reply: FastifyReply): Locale {
  const locale = localeOf(languages);
  void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
  return locale;
}
