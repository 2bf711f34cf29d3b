import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
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
import { DraftList } from './draft-list.js';
import { IssueList } from './issue-list.js';
import {
  ListItemPage,
  type ListItemView,
  ResponsibilityListPage,
  ResponsibilityListView,
} from './responsibility-list.view.js';
import {
  EditionBody,
  ListItemsBody,
  PatchListBody,
  ResponsibilityListBody,
  ResponsibilityListQuery,
} from './responsibility-lists.dto.js';
import { ResponsibilityListsRepository } from './responsibility-lists.repository.js';

/** 责任清单: drafted and issued by the task force. */
@ApiTags('responsibility lists')
@Allow('responsibility_lists.keep')
@Controller('responsibility-lists')
export class ResponsibilityListsController {
  constructor(
    private readonly lists: ResponsibilityListsRepository,
    private readonly drafts: DraftList,
    private readonly issuing: IssueList,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List editions of responsibility lists, newest first' })
  @ApiOkResponse({ type: ResponsibilityListPage })
  list(@Query() query: ResponsibilityListQuery): Promise<Page<ResponsibilityListView>> {
    return this.lists.list(query);
  }

  @Post()
  @ApiOperation({
    summary: 'Draft a responsibility list',
    description: 'Its items become problems when it is issued.',
  })
  @ApiCreatedResponse({ type: ResponsibilityListView })
  async draft(
    @CurrentActor() actor: AccountActor,
    @Body() body: ResponsibilityListBody,
  ): Promise<ResponsibilityListView> {
    return this.lists.byId(await this.drafts.begin(actor, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an edition of a responsibility list' })
  @ApiOkResponse({ type: ResponsibilityListView })
  get(@Param('id', ParseId) id: string): Promise<ResponsibilityListView> {
    return this.lists.byId(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change what a draft says of itself; needs If-Match' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: ResponsibilityListView })
  async change(
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: PatchListBody,
  ): Promise<ResponsibilityListView> {
    await this.drafts.change(id, body, ifMatch);
    return this.lists.byId(id);
  }

  @Post(':id/editions')
  @ApiOperation({
    summary: 'Draft the next edition of an issued list',
    description: 'It adds items to those of the editions before it, of which none is lost.',
  })
  @ApiCreatedResponse({ type: ResponsibilityListView })
  async nextEdition(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: EditionBody,
  ): Promise<ResponsibilityListView> {
    return this.lists.byId(await this.drafts.nextEdition(actor, id, body));
  }

  @Post(':id/issue')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Issue a list: every item becomes a problem 印发',
    description:
      'All of them or none, once. A problem belongs to the live case of its enterprise, or to the enterprise itself.',
  })
  @ApiOkResponse({ type: ResponsibilityListView })
  async issue(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ResponsibilityListView> {
    await this.issuing.run(actor, id, ifMatch);
    return this.lists.byId(id);
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'List the items of an edition and of those before it' })
  @ApiOkResponse({ type: ListItemPage })
  items(@Param('id', ParseId) id: string, @Query() query: PageQuery): Promise<Page<ListItemView>> {
    return this.lists.items(id, query);
  }

  @Post(':id/items')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add items to a draft, all of them or none' })
  @ApiOkResponse({ type: ResponsibilityListView })
  async addItems(
    @Param('id', ParseId) id: string,
    @Body() body: ListItemsBody,
  ): Promise<ResponsibilityListView> {
    await this.drafts.add(id, body.items);
    return this.lists.byId(id);
  }

  @Delete(':id/items/:itemId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an item out of a draft' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  async removeItem(
    @Param('id', ParseId) id: string,
    @Param('itemId', ParseId) itemId: string,
  ): Promise<void> {
    await this.drafts.remove(id, itemId);
  }
}
