import { Body, Controller, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { CaseFileReader } from './case-file-reader.js';
import { InstructionBody, OpinionBody, ReplyBody } from './entry-bodies.js';
import { EntryReference, InstructionPage, type InstructionView } from './entry-views.js';
import { GiveOpinion } from './give-opinion.js';
import { Instructions } from './instructions.js';

/** What is asked of departments beyond handling, and what they answer. */
@ApiTags('case file')
@Controller()
@Allow('case_file.read')
export class InstructionsController {
  constructor(
    private readonly instructions: Instructions,
    private readonly opinions: GiveOpinion,
    private readonly file: CaseFileReader,
  ) {}

  @Get('cases/:id/instructions')
  @ApiOperation({ summary: 'Instructions 批示 on a case with their replies, the newest first' })
  @ApiOkResponse({ type: InstructionPage })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<InstructionView>> {
    return this.file.instructions(actor, id, query);
  }

  @Post('cases/:id/instructions')
  @Allow('instructions.leave')
  @ApiOperation({ summary: 'Leave an instruction 批示; a leader, on what is paired to them' })
  @ApiCreatedResponse({ type: EntryReference })
  async leave(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: InstructionBody,
  ): Promise<EntryReference> {
    return { id: await this.instructions.leave(actor, id, body) };
  }

  @Post('instructions/:id/replies')
  @Allow('instructions.answer')
  @ApiOperation({ summary: 'Answer an instruction, by the lead department' })
  @ApiCreatedResponse({ type: EntryReference })
  async reply(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReplyBody,
  ): Promise<EntryReference> {
    return { id: await this.instructions.answer(actor, id, body.text) };
  }

  @Post('co-handlers/:id/opinion')
  @Allow('opinions.give')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the opinion of the co-handling department; it ends its clock' })
  @ApiOkResponse({ type: EntryReference })
  async opinion(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: OpinionBody,
  ): Promise<EntryReference> {
    await this.opinions.run(actor, id, body.opinion);
    return { id };
  }
}
