import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.service.js';
import { Trend } from './overview/trend.service.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { CatchUp } from './tally/catch-up.js';
import { StandingLists } from './tally/standing-lists.js';
import { TallyReader } from './tally/tally-reader.js';

@Module({
  imports: [CalendarModule],
  controllers: [StatisticsController, OverviewController],
  providers: [CatchUp, Overview, StandingLists, StatisticsService, TallyReader, Trend],
  exports: [StandingLists, StatisticsService],
})
export class StatisticsModule {}
