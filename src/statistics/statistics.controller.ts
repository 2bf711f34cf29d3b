import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { StatisticsService } from './statistics.service.js';
import type { WeeklyAnswer } from './weekly-answer.js';
import { WEEK_PARAMETER } from './week-parameter.js';
import { asOfOf, cutOf, WeeklyQuery } from './weekly-query.js';
import { WeeklyTableView } from './weekly-table-view.js';

/** The weekly closure table. It is published city-wide, so whoever handles cases may read the whole of it. */
@ApiTags('statistics')
@Allow('statistics.read')
@Controller('statistics/weekly/:week')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @ApiOperation({ summary: 'Who closed how much in a week, as known at a moment' })
  @ApiParam(WEEK_PARAMETER)
  @ApiOkResponse({ type: WeeklyTableView })
  table(@Param('week') week: string, @Query() query: WeeklyQuery): Promise<WeeklyAnswer> {
    return this.statistics.table(week, cutOf(query), asOfOf(query));
  }
}
