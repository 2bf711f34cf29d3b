import { Module } from '@nestjs/common';
import { CampaignPace } from '../production/campaigns/campaign-pace.js';
import { InSight } from './export/in-sight.js';
import { WeeklyExportController } from './export/weekly-export.controller.js';
import { WeeklyExports } from './export/weekly-exports.js';
import { WeeklyReports } from './export/weekly-reports.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { CatchUp } from './tally/catch-up.js';
import { StandingLists } from './tally/standing-lists.js';
import { TallyReader } from './tally/tally-reader.js';

@Module({
  controllers: [StatisticsController, WeeklyExportController],
  providers: [
    CatchUp,
    StandingLists,
    StatisticsService,
    TallyReader,
    CampaignPace,
    InSight,
    WeeklyReports,
    WeeklyExports,
  ],
  exports: [StandingLists, StatisticsService, WeeklyExports],
})
export class StatisticsModule {}
