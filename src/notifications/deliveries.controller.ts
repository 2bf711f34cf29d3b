import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { DeliveryPage, DeliveryQuery, DeliveryView } from './deliveries.dto.js';
import { DeliveryList } from './delivery-list.js';
import { RetryDelivery } from './retry-delivery.js';

@ApiTags('reminders')
@Allow('deliveries.read')
@Controller('deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryList,
    private readonly retries: RetryDelivery,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Deliveries of reminders and what became of them, newest first.' })
  @ApiOkResponse({ type: DeliveryPage })
  list(@Query() query: DeliveryQuery): Promise<Page<DeliveryView>> {
    return this.deliveries.page(query);
  }

  @Post(':id/retry')
  @Allow('deliveries.retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a failed delivery again, as long as its clock runs.' })
  @ApiOkResponse({ type: DeliveryView })
  async retry(@Param('id', ParseId) id: string): Promise<DeliveryView> {
    await this.retries.run(id);
    return this.deliveries.byId(id);
  }
}
