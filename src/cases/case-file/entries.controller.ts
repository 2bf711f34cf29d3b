import { Body, Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import type { SubjectRef } from '../subject.js';
import { AddNote } from './add-note.js';
import { CaseFileReader } from './case-file-reader.js';
import { ProgressNoteBody, VisitBody } from './entry-bodies.js';
import { EntryReference, NotePage, type NoteView, VisitPage, type VisitView } from './entry-views.js';
import { RecordVisit } from './record-visit.js';

/** Dated entries of those who work on it: the task force, the county it lies in, lead and co-handling departments. */
@ApiTags('case file')
@Controller()
@Allow('case_file.read')
export class EntriesController {
  constructor(
    private readonly noting: AddNote,
    private readonly visiting: RecordVisit,
    private readonly file: CaseFileReader,
  ) {}

  @Get('cases/:id/notes')
  @ApiOperation({ summary: 'Progress notes on a case, the newest first' })
  @ApiOkResponse({ type: NotePage })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<NoteView>> {
    return this.file.notes(actor, { kind: 'case', id }, query);
  }

  @Post('cases/:id/notes')
  @Allow('notes.write')
  @ApiOperation({ summary: 'Add a progress note to a case' })
  @ApiCreatedResponse({ type: EntryReference })
  noteOnCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ProgressNoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<EntryReference> {
    return this.note(actor, { kind: 'case', id }, body, ifMatch);
  }

  @Get('problems/:id/notes')
  @ApiOperation({ summary: 'Progress notes on a problem, the newest first' })
  @ApiOkResponse({ type: NotePage })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<NoteView>> {
    return this.file.notes(actor, { kind: 'problem', id }, query);
  }

  @Post('problems/:id/notes')
  @Allow('notes.write')
  @ApiOperation({ summary: 'Add a progress note to a problem' })
  @ApiCreatedResponse({ type: EntryReference })
  noteOnProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ProgressNoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<EntryReference> {
    return this.note(actor, { kind: 'problem', id }, body, ifMatch);
  }

  @Get('cases/:id/visits')
  @ApiOperation({ summary: 'Visits to the enterprise, the last recorded first' })
  @ApiOkResponse({ type: VisitPage })
  visits(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<VisitView>> {
    return this.file.visits(actor, id, query);
  }

  @Post('cases/:id/visits')
  @Allow('visits.write')
  @ApiOperation({ summary: 'Record a visit, and report the problems found there in the same step' })
  @ApiCreatedResponse({ type: EntryReference })
  async visit(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: VisitBody,
  ): Promise<EntryReference> {
    return { id: await this.visiting.run(actor, id, body) };
  }

  private async note(
    actor: AccountActor,
    ref: SubjectRef,
    body: ProgressNoteBody,
    ifMatch: string | undefined,
  ): Promise<EntryReference> {
    return { id: await this.noting.run(actor, ref, body, ifMatch) };
  }
}
