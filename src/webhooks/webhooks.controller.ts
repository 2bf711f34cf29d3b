import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { instantOf } from '../platform/http/instant.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { KeepWebhooks } from './keep-webhooks.js';
import { SendAgain } from './send-again.js';
import { WebhookDeliveryPage, WebhookDeliveryQuery, WebhookDeliveryView } from './webhook-deliveries.dto.js';
import { WebhookReads } from './webhook-reads.js';
import {
  ReplayBody,
  ReplayView,
  RotateSecretBody,
  WebhookBody,
  WebhookPage,
  WebhookPatch,
  WebhookView,
  WebhookWithSecretView,
} from './webhooks.dto.js';

@ApiTags('webhooks')
@Allow('webhooks.keep')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: KeepWebhooks,
    private readonly again: SendAgain,
    private readonly reads: WebhookReads,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Webhooks of portals, newest first' })
  @ApiOkResponse({ type: WebhookPage })
  list(@Query() query: PageQuery): Promise<Page<WebhookView>> {
    return this.reads.page(query);
  }

  @Post()
  @ApiOperation({
    summary: 'Tell a portal of events from now on; the secret that signs is shown this once',
  })
  @ApiCreatedResponse({ type: WebhookWithSecretView })
  async create(
    @CurrentActor() { accountId }: AccountActor,
    @Body() body: WebhookBody,
  ): Promise<WebhookWithSecretView> {
    const { id, secret } = await this.webhooks.create(accountId, body);
    return { webhook: await this.reads.byId(id), secret };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook' })
  @ApiOkResponse({ type: WebhookView })
  one(@Param('id', ParseId) id: string): Promise<WebhookView> {
    return this.reads.byId(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change address, types or units, or whether it is active; needs If-Match' })
  @ApiOkResponse({ type: WebhookView })
  async change(
    @CurrentActor() { accountId }: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: WebhookPatch,
  ): Promise<WebhookView> {
    await this.webhooks.change(accountId, id, body, ifMatch);
    return this.reads.byId(id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new secret, shown this once; the one before signs as well for a while' })
  @ApiOkResponse({ type: WebhookWithSecretView })
  async rotateSecret(
    @CurrentActor() { accountId }: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { overlapHours }: RotateSecretBody,
  ): Promise<WebhookWithSecretView> {
    const secret = await this.webhooks.rotateSecret(accountId, id, overlapHours, ifMatch);
    return { webhook: await this.reads.byId(id), secret };
  }

  @Post(':id/test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a `webhook.test`' })
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  async test(@Param('id', ParseId) id: string): Promise<WebhookDeliveryView> {
    return this.reads.delivery(await this.again.test(id));
  }

  @Post(':id/replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send what was recorded in a while again, under the same ids; 10,000 events at most',
  })
  @ApiAcceptedResponse({ type: ReplayView })
  async replay(
    @CurrentActor() { accountId }: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() { from, to }: ReplayBody,
  ): Promise<ReplayView> {
    const period = [instantOf(from, '/from'), instantOf(to, '/to')] as const;
    return { replayed: await this.again.replay(accountId, id, ...period) };
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent to it and what became of it, newest first' })
  @ApiOkResponse({ type: WebhookDeliveryPage })
  deliveries(
    @Param('id', ParseId) id: string,
    @Query() query: WebhookDeliveryQuery,
  ): Promise<Page<WebhookDeliveryView>> {
    return this.reads.deliveries(id, query);
  }
}
