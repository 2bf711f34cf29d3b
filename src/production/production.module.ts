import { Module } from '@nestjs/common';
import { EnterprisesModule } from '../enterprises/enterprises.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { ProductionReportsController } from './production-reports.controller.js';
import { ProductionReports } from './production-reports.service.js';

/** Monthly figures of enterprises, and campaigns. */
@Module({
  imports: [EnterprisesModule, CampaignsModule, JudgingModule],
  controllers: [ProductionReportsController],
  providers: [ProductionReports],
})
export class ProductionModule {}
