import { Body, Controller, Get, Headers, HttpCode, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountActor, Caller } from '../../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../../access/decorators.js';
import { type Locale, localeOf } from '../../platform/errors/message-text.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { AcceptCandidate } from './accept-candidate.js';
import { CandidateList } from './candidate-list.js';
import {
  AcceptCandidateBody,
  CandidateQuery,
  DismissCandidateBody,
  MergeCandidateBody,
} from './candidates.dto.js';
import { CandidatePage, CandidateView } from './candidates.view.js';
import { DismissCandidate } from './dismiss-candidate.js';
import { MergeCandidate } from './merge-candidate.js';

/** What detection found. Answered in the language of Accept-Language. */
@ApiTags('detection')
@Controller('detection/candidates')
@Allow('candidates.decide')
export class CandidatesController {
  constructor(
    private readonly candidates: CandidateList,
    private readonly accepting: AcceptCandidate,
    private readonly merging: MergeCandidate,
    private readonly dismissing: DismissCandidate,
  ) {}

  @Get()
  @Allow('candidates.read')
  @ApiOperation({ summary: 'What waits for somebody to accept, merge or dismiss, the newest first' })
  @ApiOkResponse({ type: CandidatePage })
  list(
    @CurrentCaller() caller: Caller,
    @Query() query: CandidateQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CandidatePage> {
    return this.candidates.list(caller, query, inLanguage(languages, reply));
  }

  @Get(':id')
  @Allow('candidates.read')
  @ApiOperation({ summary: 'One candidate with its evidence' })
  @ApiOkResponse({ type: CandidateView })
  one(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CandidateView> {
    return this.candidates.byId(caller, id, inLanguage(languages, reply));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take it for what it says',
    description:
      '`new_distress`, `suspected`: opens a case; `worsening`: changes the distress type of the live case; `relapse`: reopens the closed case, with the body of reopening.',
  })
  @ApiOkResponse({ type: CandidateView })
  async accept(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: AcceptCandidateBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CandidateView> {
    await this.accepting.run(actor, id, body, ifMatch);
    return this.candidates.byId(actor, id, inLanguage(languages, reply));
  }

  @Post(':id/merge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put its evidence into the story of the live case of the enterprise' })
  @ApiOkResponse({ type: CandidateView })
  async merge(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: MergeCandidateBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CandidateView> {
    await this.merging.run(actor, id, body, ifMatch);
    return this.candidates.byId(actor, id, inLanguage(languages, reply));
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say why it is nothing; it is not raised again for a time unless it gets worse' })
  @ApiOkResponse({ type: CandidateView })
  async dismiss(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: DismissCandidateBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CandidateView> {
    await this.dismissing.run(actor, id, body, ifMatch);
    return this.candidates.byId(actor, id, inLanguage(languages, reply));
  }
}

function inLanguage(languages: string | undefined, reply: FastifyReply): Locale {
  const locale = localeOf(languages);
  void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
  return locale;
}
