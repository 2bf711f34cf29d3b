import { Module } from '@nestjs/common';
import { InSight } from './export/in-sight.js';
import { WeeklyExportController } from './export/weekly-export.controller.js';
import { WeeklyExports } from './export/weekly-exports.js';
import { WeeklyReports } from './export/weekly-reports.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsRepository } from './statistics.repository.js';
import { StatisticsService } from './statistics.service.js';
import { StandingLists } from './tally/standing-lists.js';
import { CampaignPace } from '../production/campaigns/campaign-pace.js';

@Module({
  controllers: [StatisticsController, WeeklyExportController],
  providers: [
    StatisticsService,
    StatisticsRepository,
    StandingLists,
    CampaignPace,
    InSight,
    WeeklyReports,
    WeeklyExports,
  ],
  exports: [StatisticsService, WeeklyExports],
})
export class StatisticsModule {}
