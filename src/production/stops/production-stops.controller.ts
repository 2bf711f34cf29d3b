import { Body, Controller, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor, Caller } from '../../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import {
  EndStopBody,
  ProductionStopBody,
  ProductionStopPage,
  ProductionStopView,
  WithdrawStopBody,
} from './production-stops.dto.js';
import { ProductionStops } from './production-stops.js';

@ApiTags('production')
@Allow('production.keep_stops')
@Controller('enterprises/:id/production-stops')
export class ProductionStopsController {
  constructor(private readonly stops: ProductionStops) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({ summary: 'Planned and seasonal stops by first month; their months are no distress.' })
  @ApiOkResponse({ type: ProductionStopPage })
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<ProductionStopView>> {
    return this.stops.list(caller, id, query);
  }

  @Post()
  @ApiOperation({ summary: 'Announce a stop; one that overlaps another is refused.' })
  @ApiCreatedResponse({ type: ProductionStopView })
  add(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ProductionStopBody,
  ): Promise<ProductionStopView> {
    return this.stops.add(actor, id, body);
  }
}

@ApiTags('production')
@Allow('production.keep_stops')
@Controller('production-stops')
export class StopChangesController {
  constructor(private readonly stops: ProductionStops) {}

  @Post(':id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a stop earlier than announced, once; what was announced stays on record.' })
  @ApiOkResponse({ type: ProductionStopView })
  end(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: EndStopBody,
  ): Promise<ProductionStopView> {
    return this.stops.end(actor, { id, ifMatch }, body.toMonth);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw a stop: it counts no more, and stays on record.' })
  @ApiOkResponse({ type: ProductionStopView })
  withdraw(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: WithdrawStopBody,
  ): Promise<ProductionStopView> {
    return this.stops.withdraw(actor, { id, ifMatch }, body.reason);
  }
}
