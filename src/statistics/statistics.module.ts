import { Module } from '@nestjs/common';
import { IssueLookup } from './bulletin/issue-lookup.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { CatchUp } from './tally/catch-up.js';
import { StandingLists } from './tally/standing-lists.js';
import { TallyReader } from './tally/tally-reader.js';

@Module({
  controllers: [StatisticsController],
  providers: [CatchUp, IssueLookup, StandingLists, StatisticsService, TallyReader],
  exports: [StandingLists, StatisticsService],
})
export class StatisticsModule {}
