import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CircularTemplateController } from './circular/circular-template.controller.js';
import { CircularTemplates } from './circular/circular-templates.js';
import { Circulars } from './circular/circulars.js';
import { WeekAhead } from './circular/week-ahead.js';
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
  controllers: [StatisticsController, ClosureExportController, CircularTemplateController],
  providers: [
    CatchUp,
    IssueLookup,
    StandingLists,
    StatisticsService,
    TallyReader,
    InSight,
    ClosureReports,
    ClosureExports,
    CircularTemplates,
    Circulars,
    WeekAhead,
  ],
  exports: [StandingLists, StatisticsService, ClosureExports, ClosureReports, Circulars],
})
export class StatisticsModule {}
