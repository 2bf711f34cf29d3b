import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { IssueLookup } from './bulletin/issue-lookup.js';
import { ClosureExportController } from './export/closure-export.controller.js';
import { ClosureExports } from './export/closure-exports.js';
import { ClosureReports } from './export/closure-reports.js';
import { InSight } from './export/in-sight.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { CatchUp } from './tally/catch-up.js';
import { StandingLists } from './tally/standing-lists.js';
import { TallyReader } from './tally/tally-reader.js';

@Module({
  imports: [CalendarModule],
  controllers: [StatisticsController, ClosureExportController],
  providers: [
    CatchUp,
    IssueLookup,
    StandingLists,
    StatisticsService,
    TallyReader,
    InSight,
    ClosureReports,
    ClosureExports,
  ],
  exports: [StandingLists, StatisticsService, ClosureExports, ClosureReports],
})
export class StatisticsModule {}
