import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import { LineQuery } from './lines/line-query.js';
import { LinePage } from './lines/line-view.js';
import { PeriodLines } from './lines/period-lines.js';
import { StatisticsService } from './statistics.service.js';
import type { PeriodAnswer } from './weekly-answer.js';
import { asOfOf, cutOf, WeeklyQuery } from './weekly-query.js';
import { PeriodTableView } from './weekly-table-view.js';

const PERIOD = {
  name: 'period',
  description:
    'A week `2021-W44`, a month `2021-10`, a quarter `2021-Q4`, a year to date `2021`, or a range of at most 106 weeks `2021-W40..2021-W44`.',
  schema: { type: 'string', maxLength: 18, example: '2021-10' },
} as const;

/** The closure table of any period, and the lines behind its figures. */
@ApiTags('statistics')
@Allow('statistics.read')
@Controller('statistics/periods/:period')
export class PeriodsController {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly lines: PeriodLines,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who closed how much in a period, as known at a moment' })
  @ApiParam(PERIOD)
  @ApiOkResponse({ type: PeriodTableView })
  table(@Param('period') period: string, @Query() query: WeeklyQuery): Promise<PeriodAnswer> {
    return this.statistics.periodTable(period, cutOf(query), asOfOf(query));
  }

  @Get('lines')
  @Allow('statistics.lines')
  @ApiOperation({
    summary: 'What is behind a figure: a line for each counted event, case or problem that you may see',
  })
  @ApiParam(PERIOD)
  @ApiOkResponse({ type: LinePage })
  page(
    @CurrentCaller() caller: Caller,
    @Param('period') period: string,
    @Query() query: LineQuery,
  ): Promise<LinePage> {
    const { row, column } = query;
    const cell = { period, ...cutOf(query), row, column, asOf: asOfOf(query) };
    return this.lines.page(caller, cell, query);
  }
}
