import { Module, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/queue/tasks.js';
import { PeriodLines } from './lines/period-lines.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.service.js';
import { Trend } from './overview/trend.service.js';
import { PeriodsController } from './periods.controller.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { CatchUp } from './tally/catch-up.js';
import { MeasureTally } from './tally/measure-tally.js';
import { StandingLists } from './tally/standing-lists.js';
import { TallyReader } from './tally/tally-reader.js';
import { VerifyTally } from './tally/verify-tally.js';

const SECOND_MS = 1_000;

@Module({
  controllers: [StatisticsController, OverviewController, PeriodsController],
  providers: [
    CatchUp,
    MeasureTally,
    Overview,
    PeriodLines,
    StandingLists,
    StatisticsService,
    TallyReader,
    Trend,
    VerifyTally,
  ],
  exports: [StandingLists, StatisticsService],
})
export class StatisticsModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly catchUp: CatchUp,
    private readonly measure: MeasureTally,
  ) {}

  onModuleInit(): void {
    this.repeat('catch-up-tally', 60 * SECOND_MS, () => this.catchUp.run());
    this.repeat('measure-tally', 15 * SECOND_MS, () => this.measure.run());
  }

  private repeat(task: string, everyMs: number, work: () => Promise<unknown>): void {
    this.tasks.handle(task, work);
    this.tasks.every(task, everyMs);
  }
}
