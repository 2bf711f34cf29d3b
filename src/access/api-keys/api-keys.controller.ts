import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import type { AccountActor } from '../actor.js';
import { Allow, CurrentActor } from '../decorators.js';
import { ApiKeyView, NewApiKeyView } from './api-key.view.js';
import { ApiKeyReads } from './api-key-reads.js';
import { ApiKeyBody, ApiKeyChangeBody, ApiKeyPage, ApiKeyRotationBody } from './api-keys.dto.js';
import { ApiKeys } from './api-keys.service.js';

/** Keys of portals that are machines. */
@ApiTags('api keys')
@Allow('api_keys.keep')
@Controller('api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly reads: ApiKeyReads,
  ) {}

  @Get()
  @Allow('api_keys.read')
  @ApiOperation({ summary: 'Keys by name, those that have ended among them.' })
  @ApiOkResponse({ type: ApiKeyPage })
  list(@Query() query: PageQuery): Promise<Page<ApiKeyView>> {
    return this.reads.list(query);
  }

  @Get(':id')
  @Allow('api_keys.read')
  @ApiOperation({ summary: 'One key.' })
  @ApiOkResponse({ type: ApiKeyView })
  one(@Param('id', ParseId) id: string): Promise<ApiKeyView> {
    return this.reads.byId(id);
  }

  @Post()
  @ApiOperation({ summary: 'Make a key; its token is shown this once.' })
  @ApiCreatedResponse({ type: NewApiKeyView })
  async create(@CurrentActor() actor: AccountActor, @Body() body: ApiKeyBody): Promise<NewApiKeyView> {
    const { id, token } = await this.keys.create(actor.accountId, body);
    return { apiKey: await this.reads.byId(id), token };
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Another name, other scopes or reporting units; works on the very next request.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: ApiKeyView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ApiKeyChangeBody,
  ): Promise<ApiKeyView> {
    await this.keys.change(actor.accountId, id, ifMatch, body);
    return this.reads.byId(id);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a key for good; works on the very next request.' })
  @ApiHeader({ name: 'If-Match', required: false, example: '"1"' })
  @ApiOkResponse({ type: ApiKeyView })
  async revoke(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ApiKeyView> {
    await this.keys.revoke(actor.accountId, id, ifMatch);
    return this.reads.byId(id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new secret, shown this once; the present one stays good for the overlap.' })
  @ApiHeader({ name: 'If-Match', required: false, example: '"1"' })
  @ApiOkResponse({ type: NewApiKeyView })
  async rotate(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ApiKeyRotationBody,
  ): Promise<NewApiKeyView> {
    const token = await this.keys.rotate(actor.accountId, id, ifMatch, body);
    return { apiKey: await this.reads.byId(id), token };
  }
}
