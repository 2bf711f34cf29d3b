import { Body, Controller, Get, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor, Caller } from '../../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { RatingBody } from './entry-bodies.js';
import { EntryReference, RatingPage, ReopenProposalPage, type ReopenProposalView } from './entry-views.js';
import { RateClosure } from './rate-closure.js';
import { RatingsReader } from './ratings-reader.js';

/** 企业评价: what enterprises think of closures; the last one for a closure counts. */
@ApiTags('case file')
@Controller()
@Allow('case_file.read')
export class RatingsController {
  constructor(
    private readonly rating: RateClosure,
    private readonly reader: RatingsReader,
  ) {}

  @Get('cases/:id/ratings')
  @ApiOperation({ summary: 'Ratings of the closures of a case, and whether reopening is proposed' })
  @ApiOkResponse({ type: RatingPage })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<RatingPage> {
    return this.reader.ratings(actor, { kind: 'case', id }, query);
  }

  @Post('cases/:id/ratings')
  @Allow('ratings.record')
  @ApiOperation({ summary: 'Record how the enterprise rates the closure; the lower two propose reopening' })
  @ApiCreatedResponse({ type: EntryReference })
  async rateCase(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: RatingBody,
  ): Promise<EntryReference> {
    return { id: await this.rating.run(caller, { kind: 'case', id }, body) };
  }

  @Get('problems/:id/ratings')
  @ApiOperation({ summary: 'Ratings of the closures of a problem, and whether reopening is proposed' })
  @ApiOkResponse({ type: RatingPage })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<RatingPage> {
    return this.reader.ratings(actor, { kind: 'problem', id }, query);
  }

  @Post('problems/:id/ratings')
  @Allow('ratings.record')
  @ApiOperation({ summary: 'Record how the enterprise rates the closure; the lower two propose reopening' })
  @ApiCreatedResponse({ type: EntryReference })
  async rateProblem(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: RatingBody,
  ): Promise<EntryReference> {
    return { id: await this.rating.run(caller, { kind: 'problem', id }, body) };
  }

  @Get('reopen-proposals')
  @ApiOperation({
    summary: 'Closed cases and problems whose enterprise was not satisfied or has relapsed, the newest first',
  })
  @ApiOkResponse({ type: ReopenProposalPage })
  proposals(
    @CurrentActor() actor: AccountActor,
    @Query() query: PageQuery,
  ): Promise<Page<ReopenProposalView>> {
    return this.reader.proposals(actor, query);
  }
}
