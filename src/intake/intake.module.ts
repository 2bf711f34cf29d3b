import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { PlanCommit } from './commit/commit-plan.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { KnownLoader } from './load-known.js';

@Module({
  imports: [CalendarModule, CasesModule],
  controllers: [ImportsController],
  providers: [ImportRunner, ImportsRepository, ImportsService, KnownLoader, PlanCommit],
  exports: [ImportsService],
})
export class IntakeModule {}
