import { Controller, Get, HttpCode, Param, Req, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PassThrough } from 'node:stream';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { AppConfig } from '../platform/config/app-config.js';
import { FileStore } from '../platform/files/file-store.js';
import { Refusal } from '../platform/errors/refusal.js';
import { Post } from '../platform/http/idempotency/post.js';
import { withUpload } from '../platform/http/multipart.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { ImportView, viewOfImport } from './import-view.js';
import { IMPORT_FIELDS, importOptionsOf } from './import-upload.js';
import { ImportsService } from './imports.service.js';
import { IMPORT_MODES, ON_ERROR } from './ledger-import.entity.js';
import { openLedger } from './ledger/read-ledger.js';
import { writeReport } from './report/write-report.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The ledger workbook that counties send. */
@ApiTags('imports')
@Controller('imports')
@Allow('imports.run')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly files: FileStore,
    private readonly config: AppConfig,
    private readonly trail: SecurityTrail,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a ledger workbook in; a preview changes nothing',
    description: 'The same file twice changes nothing and says so. Read the answer at `GET /imports/{id}`.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        mode: { type: 'string', enum: [...IMPORT_MODES], default: 'preview' },
        onError: {
          type: 'string',
          enum: [...ON_ERROR],
          default: 'reject_all',
          description: '`keep_valid` takes all valid rows, `reject_all` takes none if one is refused.',
        },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  @ApiAcceptedResponse({ type: ImportView })
  async submit(@CurrentActor() actor: AccountActor, @Req() request: FastifyRequest): Promise<ImportView> {
    return withUpload(
      request,
      IMPORT_FIELDS,
      (content) => this.imports.receive(content),
      async (upload) => {
        const { fileName, draft } = upload;
        const options = importOptionsOf(upload);
        const id = await this.imports.submit({ fileName, draft, ...options, createdBy: actor.accountId });
        return viewOfImport(await this.imports.get(id));
      },
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read how an import stands and what came of each row' })
  @ApiOkResponse({ type: ImportView })
  async get(@Param('id', ParseId) id: string): Promise<ImportView> {
    return viewOfImport(await this.imports.get(id));
  }

  @Get(':id/report.xlsx')
  @ApiOperation({ summary: 'The sheets as they were sent, with a column of reasons' })
  @ApiOkResponse({ content: { [XLSX]: { schema: { type: 'string', format: 'binary' } } } })
  async report(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<StreamableFile> {
    const found = await this.imports.get(id);
    if (found.finishedAt === null) throw new Refusal(409, 'IMPORT_NOT_FINISHED', { status: found.status });
    await this.trail.recordAlone({
      type: 'exported',
      actor: byAccount(actor.accountId),
      subject: { kind: 'import', id },
      payload: { what: 'ledger_report' },
    });
    const workbook = await this.files.withFile(found.sha256, (file) => openLedger(file));
    const content = new PassThrough();
    writeReport(workbook, found.sheets, content, this.config.locale)
      .catch((error: Error) => content.destroy(error))
      .finally(() => workbook.close());
    return new StreamableFile(content, {
      type: XLSX,
      disposition: `attachment; filename="import-${id}.xlsx"`,
    });
  }
}
