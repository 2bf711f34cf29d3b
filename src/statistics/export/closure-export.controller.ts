import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { byCaller, SecurityTrail } from '../../access/security-trail.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { attachment } from '../../platform/files/attachment.js';
import { PERIOD_PARAMETER, WEEK_PARAMETER } from '../week-parameter.js';
import { asOfOf, cutOf } from '../weekly-query.js';
import { ClosureExports } from './closure-exports.js';
import type { ExportAsk } from './export-ask.js';
import { ExportQuery } from './export-query.js';
import { exportedEvent } from './exported-event.js';
import { FORMATS } from './formats.js';

const MEDIA_TYPES = Object.values(FORMATS).map(({ mediaType }) => mediaType);
const OF_A_FILE = `Streamed as it is computed: a download that breaks off is not whole. The same query with the same \`asOf\` gives the same bytes.`;
const FILE = { schema: { type: 'string', format: 'binary' } } as const;

/** Closure tables as files. The tables are published city-wide; lists in them hold what the caller may see. */
@ApiTags('statistics')
@Allow('statistics.export')
@Controller('statistics')
export class ClosureExportController {
  constructor(
    private readonly exports: ClosureExports,
    private readonly trail: SecurityTrail,
  ) {}

  @Get('weekly/:week/export')
  @ApiOperation({ summary: 'A week as a file: a workbook to print, CSV, or JSON', description: OF_A_FILE })
  @ApiParam(WEEK_PARAMETER)
  @ApiProduces(...MEDIA_TYPES)
  @ApiOkResponse(FILE)
  week(
    @CurrentCaller() caller: Caller,
    @Param('week') week: string,
    @Query() query: ExportQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.give(caller, query, { ...asked(query, languages), period: week, isWeek: true }, reply);
  }

  @Get('periods/:period/export')
  @ApiOperation({ summary: 'The same of any period', description: OF_A_FILE })
  @ApiParam(PERIOD_PARAMETER)
  @ApiProduces(...MEDIA_TYPES)
  @ApiOkResponse(FILE)
  period(
    @CurrentCaller() caller: Caller,
    @Param('period') period: string,
    @Query() query: ExportQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.give(caller, query, { ...asked(query, languages), period, isWeek: false }, reply);
  }

  private async give(
    caller: Caller,
    { format = 'xlsx' }: ExportQuery,
    asking: Omit<ExportAsk, 'actor'>,
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ask = { ...asking, actor: caller };
    const file = await this.exports.prepare(format, ask);
    await this.trail.recordAlone(exportedEvent(byCaller(caller), format, ask, file.asOf));
    void reply.header('Content-Language', ask.locale).header('Vary', 'Accept-Language');
    return new StreamableFile(file.content(), {
      type: file.mediaType,
      disposition: attachment(file.name, file.plainName),
    });
  }
}

const asked = (
  query: ExportQuery,
  languages: string | undefined,
): Pick<ExportAsk, 'cut' | 'asOf' | 'table' | 'locale'> => ({
  cut: cutOf(query),
  asOf: asOfOf(query),
  table: query.table ?? 'closure',
  locale: query.lang ?? localeOf(languages),
});
