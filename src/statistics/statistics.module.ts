import { Module } from '@nestjs/common';
import { IssueLookup } from './bulletin/issue-lookup.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsRepository } from './statistics.repository.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  controllers: [StatisticsController],
  providers: [IssueLookup, StatisticsService, StatisticsRepository],
  exports: [StatisticsService],
})
export class StatisticsModule {}
