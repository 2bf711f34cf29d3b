import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { byCaller, SecurityTrail } from '../../access/security-trail.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { attachment } from '../../platform/files/attachment.js';
import { asOfOf, cutOf, WEEK } from '../weekly-query.js';
import { WeeklyExportQuery } from './export-query.js';
import { FORMATS } from './formats.js';
import { WeeklyExports } from './weekly-exports.js';

/** A week as a file. Its tables are published city-wide; its lists hold what the caller may see. */
@ApiTags('statistics')
@Allow('statistics.export')
@Controller('statistics/weekly/:week')
export class WeeklyExportController {
  constructor(
    private readonly exports: WeeklyExports,
    private readonly trail: SecurityTrail,
  ) {}

  @Get('export')
  @ApiOperation({
    summary: 'A week as a file: a workbook to print, CSV, or JSON',
    description:
      'Streamed as it is computed: a download that breaks off is not whole. The same query with the same `asOf` gives the same bytes.',
  })
  @ApiParam(WEEK)
  @ApiProduces(...Object.values(FORMATS).map(({ mediaType }) => mediaType))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Param('week') week: string,
    @Query() query: WeeklyExportQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { format = 'xlsx', table = 'closure', lang: locale = localeOf(languages) } = query;
    const cut = cutOf(query);
    const file = await this.exports.prepare(format, {
      week,
      cut,
      asOf: asOfOf(query),
      table,
      locale,
      actor: caller,
    });
    await this.trail.recordAlone({
      type: 'exported',
      actor: byCaller(caller),
      payload: { what: 'weekly_table', week, format, table, ...cut, asOf: query.asOf ?? null, lang: locale },
    });
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    return new StreamableFile(file.content(), {
      type: file.mediaType,
      disposition: attachment(file.name, file.plainName),
    });
  }
}
