import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { DeliveryPage, type DeliveryView } from './deliveries.dto.js';
import { DeliveryList } from './delivery-list.js';

@ApiTags('reminders')
@Controller('own-deliveries')
export class OwnDeliveriesController {
  constructor(private readonly deliveries: DeliveryList) {}

  @Get()
  @Allow('own_deliveries.use')
  @ApiOperation({ summary: 'What was sent to the official of the account, newest first.' })
  @ApiOkResponse({ type: DeliveryPage })
  async list(
    @CurrentActor() { officialId: official }: AccountActor,
    @Query() query: PageQuery,
  ): Promise<Page<DeliveryView>> {
    // An account of nobody gets nothing, rather than everybody's.
    if (official === null)
      return { items: [], nextCursor: null, ...(query.count === undefined ? {} : { total: 0 }) };
    return this.deliveries.page({ ...query, official });
  }
}
