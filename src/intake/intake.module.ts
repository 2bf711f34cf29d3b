import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { FiguresModule } from '../production/figures/figures.module.js';
import { PlanCommit } from './commit/commit-plan.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { LedgerExport } from './ledger-export/ledger-export.js';
import { LedgerController } from './ledger-export/ledger.controller.js';
import { KnownLoader } from './load-known.js';

@Module({
  imports: [CalendarModule, CasesModule, FiguresModule],
  controllers: [ImportsController, LedgerController],
  providers: [ImportRunner, ImportsRepository, ImportsService, KnownLoader, LedgerExport, PlanCommit],
  exports: [ImportsService, LedgerExport],
})
export class IntakeModule {}
