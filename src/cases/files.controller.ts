import { Controller, Get, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { attachment } from '../platform/files/attachment.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { AddFile } from './add-file.js';
import { EVIDENCE_SOURCES, type CaseFile, type EvidenceSource } from './case-file.entity.js';
import { FilesRepository } from './files.repository.js';
import { readFileUpload } from './file-upload.js';
import type { SubjectKind } from './lifecycle/states.js';

export class FileView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '用电证明.pdf' })
  name!: string;
  @ApiProperty({ type: 'integer', description: 'Bytes.' })
  size!: number;
  @ApiProperty({ description: 'Hex.' })
  sha256!: string;
  @ApiProperty({ description: 'What it is, lower snake case.', example: 'electricity_bill' })
  kind!: string;
  @ApiProperty({ enum: EVIDENCE_SOURCES })
  source!: EvidenceSource;
  @ApiProperty({ description: 'By its first bytes, never by its name.', example: 'application/pdf' })
  mediaType!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  uploadedAt!: Date;
}

export class FileList {
  @ApiProperty({ type: [FileView] })
  items!: FileView[];
}

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

/** Files on cases and on problems; a closure names those that show it. */
@ApiTags('files')
@Controller()
@Allow('task_force', 'department', 'county', 'leader')
export class FilesController {
  constructor(
    private readonly adding: AddFile,
    private readonly files: FilesRepository,
  ) {}

  @Post('cases/:id/files')
  @Allow('task_force', 'department', 'county')
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a file to a case' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(uploadBody)
  @ApiCreatedResponse({ type: FileView })
  addToCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Req() request: FastifyRequest,
  ) {
    return this.add(actor, 'case', id, request);
  }

  @Post('problems/:id/files')
  @Allow('task_force', 'department', 'county')
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a file to a problem' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(uploadBody)
  @ApiCreatedResponse({ type: FileView })
  addToProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Req() request: FastifyRequest,
  ) {
    return this.add(actor, 'problem', id, request);
  }

  @Get('cases/:id/files')
  @ApiOperation({ summary: 'List the files of a case' })
  @ApiOkResponse({ type: FileList })
  async ofCase(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<FileList> {
    return { items: (await this.files.list(actor, { kind: 'case', id })).map(viewOf) };
  }

  @Get('problems/:id/files')
  @ApiOperation({ summary: 'List the files of a problem' })
  @ApiOkResponse({ type: FileList })
  async ofProblem(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<FileList> {
    return { items: (await this.files.list(actor, { kind: 'problem', id })).map(viewOf) };
  }

  @Get('files/:id')
  @ApiOperation({ summary: 'Download a file; always as an attachment' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<StreamableFile> {
    const { file, content } = await this.files.open(actor, id);
    return new StreamableFile(content, {
      type: 'application/octet-stream',
      length: file.size,
      disposition: attachment(file.name),
    });
  }

  private async add(
    actor: AccountActor,
    kind: SubjectKind,
    id: string,
    request: FastifyRequest,
  ): Promise<FileView> {
    const input = await readFileUpload(request, (content) => this.adding.keep(content));
    return viewOf(await this.adding.run(actor, { kind, id }, input));
  }
}

const viewOf = ({ id, name, size, sha256, kind, source, mediaType, uploadedAt }: CaseFile): FileView => ({
  id,
  name,
  size,
  sha256,
  kind,
  source,
  mediaType,
  uploadedAt,
});
