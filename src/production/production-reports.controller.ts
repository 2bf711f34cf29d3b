import { Body, Controller, Get, Param, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import {
  ProductionFigurePage,
  type ProductionFigureView,
  ProductionReportBody,
  ProductionReportPage,
  ProductionReportQuery,
  ProductionReportView,
} from './production-reports.dto.js';
import { ProductionReports } from './production-reports.service.js';

@ApiTags('production')
@Controller('enterprises/:id/production-reports')
export class ProductionReportsController {
  constructor(private readonly reports: ProductionReports) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({
    summary:
      'Monthly figures by month and source, the newest revision of each; with `history` all revisions.',
  })
  @ApiExtraModels(ProductionReportPage, ProductionFigurePage)
  @ApiOkResponse({
    schema: {
      anyOf: [{ $ref: getSchemaPath(ProductionReportPage) }, { $ref: getSchemaPath(ProductionFigurePage) }],
    },
  })
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: ProductionReportQuery,
  ): Promise<Page<ProductionReportView> | Page<ProductionFigureView>> {
    return this.reports.list(caller, id, query);
  }

  @Post()
  @Allow('production.report')
  @ApiOperation({
    summary: 'Report figures of a month; a figure that differs from the one known becomes a new revision.',
  })
  @ApiCreatedResponse({ type: ProductionReportView })
  report(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: ProductionReportBody,
  ): Promise<ProductionReportView> {
    return this.reports.report(caller, id, body);
  }
}
