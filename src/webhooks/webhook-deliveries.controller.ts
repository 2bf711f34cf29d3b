import { Controller, Get, HttpCode, Param } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { SendAgain } from './send-again.js';
import { WebhookDeliveryView } from './webhook-deliveries.dto.js';
import { WebhookReads } from './webhook-reads.js';

@ApiTags('webhooks')
@Allow('webhooks.keep')
@Controller('webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(
    private readonly again: SendAgain,
    private readonly reads: WebhookReads,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'One delivery to a portal' })
  @ApiOkResponse({ type: WebhookDeliveryView })
  one(@Param('id', ParseId) id: string): Promise<WebhookDeliveryView> {
    return this.reads.delivery(id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send one again under the same id, or now rather than later' })
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  async retry(@Param('id', ParseId) id: string): Promise<WebhookDeliveryView> {
    await this.again.retry(id);
    return this.reads.delivery(id);
  }
}
