import { Module } from '@nestjs/common';
import { EnterprisesModule } from '../enterprises/enterprises.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { DetectionModule } from './detection/detection.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { ProductionReportsController } from './production-reports.controller.js';
import { ProductionReports } from './production-reports.service.js';
import { ProductionSeries } from './series/production-series.js';
import { ProductionSeriesController } from './series/series.controller.js';
import { ProductionPreviewController } from './what-if/preview.controller.js';
import { WhatIf } from './what-if/what-if.js';

/** Monthly figures of enterprises, what is judged and found of them, and campaigns. */
@Module({
  imports: [EnterprisesModule, CampaignsModule, JudgingModule, DetectionModule],
  controllers: [ProductionReportsController, ProductionSeriesController, ProductionPreviewController],
  providers: [ProductionReports, ProductionSeries, WhatIf],
})
export class ProductionModule {}
