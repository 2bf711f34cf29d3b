import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { AddFile } from './add-file.js';
import { CaseChanges } from './case-changes.js';
import { CasesController } from './cases.controller.js';
import { CasesRepository } from './cases.repository.js';
import { ChangeCase } from './change-case.js';
import { CaseClosureController } from './case-closure.controller.js';
import { CaseWorkController } from './case-work.controller.js';
import { ExtensionsController } from './extensions.controller.js';
import { Extensions } from './extensions.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { HoldExpiry } from './hold-expiry.js';
import { Numbers } from './numbers.js';
import { ProblemClosureController } from './problem-closure.controller.js';
import { ProblemWorkController } from './problem-work.controller.js';
import { ProblemsController } from './problems.controller.js';
import { SubjectDesk } from './subject-desk.js';
import { VERBS } from './subject-verbs.js';
import { ReportCase } from './verbs/report-case.js';
import { ReportProblem } from './verbs/report-problem.js';

@Module({
  imports: [CalendarModule],
  controllers: [
    CasesController,
    CaseClosureController,
    CaseWorkController,
    ProblemsController,
    ProblemClosureController,
    ProblemWorkController,
    ExtensionsController,
    FilesController,
  ],
  providers: [
    AddFile,
    CaseChanges,
    CasesRepository,
    ChangeCase,
    FilesRepository,
    Numbers,
    ReportCase,
    ReportProblem,
    SubjectDesk,
    Extensions,
    HoldExpiry,
    ...VERBS,
  ],
  exports: [CaseChanges, Numbers],
})
export class CasesModule {}
