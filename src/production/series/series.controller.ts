import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../access/actor.js';
import { Allow, CurrentCaller } from '../../access/decorators.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { ProductionSeries } from './production-series.js';
import { ProductionSeriesView, SeriesQuery } from './series.dto.js';

@ApiTags('production')
@Controller('enterprises/:id/production-series')
export class ProductionSeriesController {
  constructor(private readonly series: ProductionSeries) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({
    summary:
      'Figures by month for a chart, with what was judged of them, baselines, cases, milestones and stops.',
  })
  @ApiOkResponse({ type: ProductionSeriesView })
  read(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: SeriesQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductionSeriesView> {
    const locale = localeOf(languages);
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    return this.series.read(caller, id, query, locale);
  }
}
