import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { SavedViewBody, SavedViewPage, SavedViewPatch, SavedViewView } from './saved-views.dto.js';
import { SavedViews } from './saved-views.service.js';

@ApiTags('saved views')
@Controller('saved-views')
@Allow('saved_views.use')
export class SavedViewsController {
  constructor(private readonly views: SavedViews) {}

  @Get()
  @ApiOperation({ summary: 'List your own saved views, by name' })
  @ApiOkResponse({ type: SavedViewPage })
  list(@CurrentActor() actor: AccountActor, @Query() query: PageQuery): Promise<Page<SavedViewView>> {
    return this.views.list(actor.accountId, query);
  }

  @Post()
  @ApiOperation({ summary: 'Save the filters of a list under a name; 50 at most' })
  @ApiCreatedResponse({ type: SavedViewView })
  save(@CurrentActor() actor: AccountActor, @Body() body: SavedViewBody): Promise<SavedViewView> {
    return this.views.save(actor.accountId, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one of your own saved views' })
  @ApiOkResponse({ type: SavedViewView })
  get(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<SavedViewView> {
    return this.views.get(actor.accountId, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a saved view, or give it other filters; needs If-Match' })
  @ApiOkResponse({ type: SavedViewView })
  change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: SavedViewPatch,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<SavedViewView> {
    return this.views.change(actor.accountId, id, body, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget one of your own saved views' })
  @ApiNoContentResponse()
  remove(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<void> {
    return this.views.remove(actor.accountId, id);
  }
}
