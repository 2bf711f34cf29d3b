import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.service.js';
import { Trend } from './overview/trend.service.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsRepository } from './statistics.repository.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  imports: [CalendarModule],
  controllers: [StatisticsController, OverviewController],
  providers: [StatisticsService, StatisticsRepository, Overview, Trend],
  exports: [StatisticsService],
})
export class StatisticsModule {}
