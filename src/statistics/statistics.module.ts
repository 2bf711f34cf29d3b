import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { Tasks } from '../platform/queue/tasks.js';
import { IssueLookup } from './bulletin/issue-lookup.js';
import { CircularTemplateController } from './circular/circular-template.controller.js';
import { CircularTemplates } from './circular/circular-templates.js';
import { Circulars } from './circular/circulars.js';
import { WeekAhead } from './circular/week-ahead.js';
import { ClosureExportController } from './export/closure-export.controller.js';
import { ClosureExports } from './export/closure-exports.js';
import { ClosureReports } from './export/closure-reports.js';
import { InSight } from './export/in-sight.js';
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
  imports: [CalendarModule],
  controllers: [
    StatisticsController,
    PeriodsController,
    ClosureExportController,
    CircularTemplateController,
    OverviewController,
  ],
  providers: [
    CatchUp,
    MeasureTally,
    PeriodLines,
    VerifyTally,
    IssueLookup,
    StandingLists,
    StatisticsService,
    TallyReader,
    InSight,
    ClosureReports,
    ClosureExports,
    CircularTemplates,
    Circulars,
    Overview,
    Trend,
    WeekAhead,
  ],
  exports: [StandingLists, StatisticsService, ClosureExports, ClosureReports, Circulars, CircularTemplates],
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
