import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import type { SubjectRef } from '../subject.js';
import { AssignmentsReader } from './assignments-reader.js';
import { TimelineReader } from './timeline-reader.js';
import {
  AssignmentPage,
  type PastAssignmentView,
  type TimelineEntry,
  TimelinePage,
} from './timeline.views.js';

/** What happened to a case or problem, and who answered for it when. */
@ApiTags('timeline')
@Controller()
@Allow('timeline.read')
export class TimelineController {
  constructor(
    private readonly timeline: TimelineReader,
    private readonly history: AssignmentsReader,
  ) {}

  @Get('cases/:id/timeline')
  @ApiOperation({ summary: 'The story of a case and of the problems of it you may see, from its beginning' })
  @ApiOkResponse({ type: TimelinePage })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<TimelineEntry>> {
    return this.tell(actor, { kind: 'case', id }, query, languages, reply);
  }

  @Get('problems/:id/timeline')
  @ApiOperation({ summary: 'The story of a problem, from its beginning' })
  @ApiOkResponse({ type: TimelinePage })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<TimelineEntry>> {
    return this.tell(actor, { kind: 'problem', id }, query, languages, reply);
  }

  @Get('cases/:id/assignments')
  @ApiOperation({
    summary: 'Every assignment of a case with its co-handlers and extensions, the first first',
  })
  @ApiOkResponse({ type: AssignmentPage })
  assignmentsOfCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<PastAssignmentView>> {
    return this.history.page(actor, { kind: 'case', id }, query);
  }

  @Get('problems/:id/assignments')
  @ApiOperation({
    summary: 'Every assignment of a problem with its co-handlers and extensions, the first first',
  })
  @ApiOkResponse({ type: AssignmentPage })
  assignmentsOfProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<PastAssignmentView>> {
    return this.history.page(actor, { kind: 'problem', id }, query);
  }

  private tell(
    actor: AccountActor,
    ref: SubjectRef,
    query: PageQuery,
    languages: string | undefined,
    reply: FastifyReply,
  ): Promise<Page<TimelineEntry>> {
    const locale = localeOf(languages);
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    return this.timeline.page(actor, ref, query, locale);
  }
}
