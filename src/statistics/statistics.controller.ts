import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import { byCaller, SecurityTrail } from '../access/security-trail.js';
import type { Cut } from './statistics.service.js';
import { StatisticsService } from './statistics.service.js';
import type { WeeklyAnswer } from './weekly-answer.js';
import { weeklyCsv } from './export/weekly-csv.js';
import { asOfOf, cutOf, type Format, WeeklyExportQuery, WeeklyQuery } from './weekly-query.js';
import { WeeklyTableView } from './weekly-table-view.js';

const MEDIA_TYPES: Record<Format, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
const WEEK = {
  name: 'week',
  description: 'ISO 8601 week in the office time zone.',
  schema: { type: 'string', pattern: '^[1-9]\\d{3}-W(0[1-9]|[1-4]\\d|5[0-3])$', example: '2021-W44' },
} as const;

/** The weekly closure table. It is published city-wide, so whoever handles cases may read the whole of it. */
@ApiTags('statistics')
@Allow('statistics.read')
@Controller('statistics/weekly/:week')
export class StatisticsController {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly trail: SecurityTrail,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who closed how much in a week, as known at a moment' })
  @ApiParam(WEEK)
  @ApiOkResponse({ type: WeeklyTableView })
  table(@Param('week') week: string, @Query() query: WeeklyQuery): Promise<WeeklyAnswer> {
    return this.statistics.table(week, cutOf(query), asOfOf(query));
  }

  @Get('export')
  @Allow('statistics.export')
  @ApiOperation({ summary: 'The same as a file: a workbook to print, CSV, or JSON' })
  @ApiParam(WEEK)
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Param('week') week: string,
    @Query() query: WeeklyExportQuery,
  ): Promise<StreamableFile> {
    const format = query.format ?? 'xlsx';
    const cut = cutOf(query);
    const bytes = await this.bytes(format, week, cut, asOfOf(query));
    await this.trail.recordAlone({
      type: 'exported',
      actor: byCaller(caller),
      payload: { what: 'weekly_table', week, format, ...cut, asOf: query.asOf ?? null },
    });
    const name = format === 'xlsx' ? `weekly-${week}` : `weekly-${week}-${cut.subject}-${cut.by}`;
    return new StreamableFile(bytes, {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="${name}.${format}"`,
    });
  }

  private async bytes(format: Format, week: string, cut: Cut, asOf: Date | undefined): Promise<Buffer> {
    if (format === 'xlsx') return this.statistics.workbook(week, asOf);
    const table = await this.statistics.table(week, cut, asOf);
    return Buffer.from(format === 'csv' ? weeklyCsv(table) : JSON.stringify(table));
  }
}
