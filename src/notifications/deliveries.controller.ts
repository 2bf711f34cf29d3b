import { Body, Controller, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CountDeliveries, MOST_DAYS } from './count-deliveries.js';
import {
  DeliveryCountsView,
  DeliveryPage,
  DeliveryQuery,
  DeliveryView,
  ResolveBody,
  RetriedView,
  RetryQuery,
} from './deliveries.dto.js';
import { DeliveryFilter } from './delivery-filter.dto.js';
import { DeliveryList } from './delivery-list.js';
import { ResolveDelivery } from './resolve-delivery.js';
import { MOST_RETRIED, RetryDelivery } from './retry-delivery.js';

@ApiTags('reminders')
@Allow('deliveries.read')
@Controller('deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryList,
    private readonly counts: CountDeliveries,
    private readonly retries: RetryDelivery,
    private readonly resolutions: ResolveDelivery,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Deliveries of reminders and what became of them, newest first.' })
  @ApiOkResponse({ type: DeliveryPage })
  list(@Query() query: DeliveryQuery): Promise<Page<DeliveryView>> {
    return this.deliveries.page(query);
  }

  @Get('counts')
  @ApiOperation({
    summary: 'How many deliveries came to what, by status and channel.',
    description: `Of the last 30 days unless \`queuedFrom\` says otherwise, and of ${MOST_DAYS} days at most.`,
  })
  @ApiOkResponse({ type: DeliveryCountsView })
  count(@Query() filter: DeliveryFilter): Promise<DeliveryCountsView> {
    return this.counts.run(filter);
  }

  @Post('retry')
  @Allow('deliveries.retry')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send all that failed within a filter again, as long as its clocks run.',
    description: `${MOST_RETRIED} messages at most, the oldest first; \`hasMore\` says whether there are others.`,
  })
  @ApiOkResponse({ type: RetriedView })
  retryAll(@CurrentActor() actor: AccountActor, @Query() filter: RetryQuery): Promise<RetriedView> {
    return this.retries.runAll(actor, filter);
  }

  @Post(':id/retry')
  @Allow('deliveries.retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a failed delivery again, as long as its clock runs.' })
  @ApiOkResponse({ type: DeliveryView })
  async retry(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<DeliveryView> {
    await this.retries.run(actor, id);
    return this.deliveries.byId(id);
  }

  @Post(':id/resolve')
  @Allow('deliveries.resolve')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say what became of a delivery that is `unknown`, after asking; its whole message goes along.',
  })
  @ApiOkResponse({ type: DeliveryView })
  async resolve(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ResolveBody,
  ): Promise<DeliveryView> {
    await this.resolutions.run(actor, id, body);
    return this.deliveries.byId(id);
  }
}
