import { Body, Controller, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor, Caller } from '../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { PairingBody, PairingPage, PairingView } from './pairings.dto.js';
import { PairingsService } from './pairings.service.js';

@ApiTags('enterprises')
@Allow('enterprises.pair')
@Controller('enterprises/:id/pairings')
export class PairingsController {
  constructor(private readonly pairings: PairingsService) {}

  @Get()
  @Allow('enterprises.read')
  @ApiOperation({
    summary: 'Leaders, units and officials of three tiers paired with the enterprise (包联), now and before.',
  })
  @ApiOkResponse({ type: PairingPage })
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<PairingView>> {
    return this.pairings.list(caller, { kind: 'enterprise', id }, query);
  }

  @Post()
  @ApiOperation({ summary: 'Pair a leader, a unit or an official with the enterprise.' })
  @ApiCreatedResponse({ type: PairingView })
  pair(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: PairingBody,
  ): Promise<PairingView> {
    return this.pairings.pair(actor, { kind: 'enterprise', id }, body);
  }

  @Post(':pairingId/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a pairing; today is its last day.' })
  @ApiOkResponse({ type: PairingView })
  end(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Param('pairingId', ParseId) pairingId: string,
  ): Promise<PairingView> {
    return this.pairings.end(actor, { kind: 'enterprise', id }, pairingId);
  }
}
