import { Controller, Get, Header, HttpCode, Param, Query, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AccountActor, Caller } from '../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../access/decorators.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { attachment } from '../platform/files/attachment.js';
import { Post } from '../platform/http/idempotency/post.js';
import { withUpload } from '../platform/http/multipart.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { AddFile } from './add-file.js';
import { EVIDENCE_SOURCES } from './case-file.entity.js';
import { FilesRepository } from './files.repository.js';
import { FILE_FIELDS, fileInputOf } from './file-upload.js';
import { FilePage, FileView, fileViewOf } from './file-views.js';
import type { SubjectKind } from './lifecycle/states.js';

const uploadBody = {
  schema: {
    type: 'object',
    required: ['kind', 'source', 'file'],
    properties: {
      kind: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$', example: 'electricity_bill' },
      source: { type: 'string', enum: [...EVIDENCE_SOURCES] },
      file: { type: 'string', format: 'binary' },
    },
  },
};

/** Whatever it is: nothing is shown in place. */
const DOWNLOAD = 'application/octet-stream';

/** Files on cases and on problems; a closure names those that show it. */
@ApiTags('files')
@Controller()
@Allow('files.read')
export class FilesController {
  constructor(
    private readonly adding: AddFile,
    private readonly files: FilesRepository,
    private readonly trail: SecurityTrail,
  ) {}

  @Post('cases/:id/files')
  @Allow('files.add')
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a file to a case' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(uploadBody)
  @ApiCreatedResponse({ type: FileView })
  addToCase(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Req() request: FastifyRequest,
  ) {
    return this.add(caller, 'case', id, request);
  }

  @Post('problems/:id/files')
  @Allow('files.add')
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a file to a problem' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(uploadBody)
  @ApiCreatedResponse({ type: FileView })
  addToProblem(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Req() request: FastifyRequest,
  ) {
    return this.add(caller, 'problem', id, request);
  }

  @Get('cases/:id/files')
  @ApiOperation({ summary: 'Files of a case, the newest first' })
  @ApiOkResponse({ type: FilePage })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<FileView>> {
    return this.files.list(actor, { kind: 'case', id }, query);
  }

  @Get('problems/:id/files')
  @ApiOperation({ summary: 'Files of a problem, the newest first' })
  @ApiOkResponse({ type: FilePage })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<FileView>> {
    return this.files.list(actor, { kind: 'problem', id }, query);
  }

  @Get('files/:id')
  // Should a browser show it all the same: no script, no form, no origin.
  @Header('Content-Security-Policy', "default-src 'none'; sandbox")
  @ApiOperation({ summary: 'Download a file; always as an attachment' })
  @ApiProduces(DOWNLOAD)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<StreamableFile> {
    const file = await this.files.find(actor, id);
    const subject = { kind: 'file', id };
    await this.trail.recordAlone({ type: 'file_downloaded', actor: byAccount(actor.accountId), subject });
    return new StreamableFile(await this.files.open(file), {
      type: DOWNLOAD,
      length: file.size,
      disposition: attachment(file.name),
    });
  }

  private async add(
    actor: Caller,
    kind: SubjectKind,
    id: string,
    request: FastifyRequest,
  ): Promise<FileView> {
    const ref = { kind, id };
    await this.adding.allow(actor, ref);
    return withUpload(
      request,
      FILE_FIELDS,
      (content) => this.adding.receive(content),
      async (upload) => fileViewOf(await this.adding.run(actor, ref, fileInputOf(upload))),
    );
  }
}
