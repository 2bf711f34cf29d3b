import { Module } from '@nestjs/common';
import { EnterprisesModule } from '../enterprises/enterprises.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { DetectionModule } from './detection/detection.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { ProductionSeries } from './series/production-series.js';
import { ProductionSeriesController } from './series/series.controller.js';
import { ProductionPreviewController } from './what-if/preview.controller.js';
import { WhatIf } from './what-if/what-if.js';

/** Monthly figures of enterprises, what is judged and found of them, and campaigns. */
@Module({
  imports: [EnterprisesModule, CampaignsModule, FiguresModule, JudgingModule, DetectionModule],
  controllers: [ProductionSeriesController, ProductionPreviewController],
  providers: [ProductionSeries, WhatIf],
})
export class ProductionModule {}
