import { Module } from '@nestjs/common';
import { EnterprisesModule } from '../../enterprises/enterprises.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { ProductionQueriesController } from '../plausibility/production-queries.controller.js';
import { ProductionQueries } from '../plausibility/production-queries.js';
import { ReviewFigures } from '../plausibility/review-figures.js';
import { ProductionReportsController } from '../production-reports.controller.js';
import { ProductionReports } from '../production-reports.service.js';
import { ProductionStopsController, StopChangesController } from '../stops/production-stops.controller.js';
import { ProductionStops } from '../stops/production-stops.js';
import { UnreportedMonthsController } from '../unreported/unreported-months.controller.js';
import { UnreportedMonths } from '../unreported/unreported-months.js';
import { BulkReportsController } from './bulk-reports.controller.js';
import { BulkReports } from './bulk-reports.js';
import { FigureBook } from './figure-book.js';
import { WrittenFigures } from './written-figures.js';

/** How monthly figures come in, and what is said of months besides: stops, reasons, questions. */
@Module({
  imports: [EnterprisesModule, JudgingModule],
  controllers: [
    ProductionReportsController,
    BulkReportsController,
    ProductionStopsController,
    StopChangesController,
    UnreportedMonthsController,
    ProductionQueriesController,
  ],
  providers: [
    BulkReports,
    FigureBook,
    ProductionQueries,
    ProductionReports,
    ProductionStops,
    ReviewFigures,
    UnreportedMonths,
    WrittenFigures,
  ],
  exports: [WrittenFigures],
})
export class FiguresModule {}
