import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/decorators.js';
import { instantOf } from '../../platform/http/instant.js';
import { OverviewQuery, TrendQuery, WEEKS } from './overview-query.js';
import { Overview } from './overview.service.js';
import { OverviewView } from './overview.view.js';
import { Trend } from './trend.service.js';
import { TrendView } from './trend.view.js';

/** Counts for a front page: of the weekly table's kind, so that whoever may read that may read the whole of them. */
@ApiTags('statistics')
@Allow('statistics.read')
@Controller('statistics')
export class OverviewController {
  constructor(
    private readonly overview: Overview,
    private readonly trend: Trend,
  ) {}

  @Get('overview')
  @ApiOperation({ summary: 'How it stands: figures for a front page' })
  @ApiOkResponse({ type: OverviewView })
  now(@Query() { asOf, reportingUnit }: OverviewQuery): Promise<OverviewView> {
    return this.overview.at(momentOf(asOf), reportingUnit);
  }

  @Get('trend')
  @ApiOperation({ summary: 'Figures of the weekly table, week by week' })
  @ApiOkResponse({ type: TrendView })
  byWeek(@Query() { weeks, subject, by, row, asOf }: TrendQuery): Promise<TrendView> {
    const question = {
      weeks: weeks ?? WEEKS,
      subject: subject ?? 'case',
      by: by ?? 'reportingUnit',
      row: row ?? null,
    };
    return this.trend.of(question, momentOf(asOf));
  }
}

const momentOf = (asOf: string | undefined): Date | undefined =>
  asOf === undefined ? undefined : instantOf(asOf, '?asOf');
