import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { AddFile } from './add-file.js';
import { CaseActionsController } from './case-actions.controller.js';
import { CaseChanges } from './case-changes.js';
import { CasesController } from './cases.controller.js';
import { CasesRepository } from './cases.repository.js';
import { ChangeCase } from './change-case.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { Numbers } from './numbers.js';
import { ProblemActionsController } from './problem-actions.controller.js';
import { ProblemsController } from './problems.controller.js';
import { SubjectDesk } from './subject-desk.js';
import { Acknowledge } from './verbs/acknowledge.js';
import { ApproveClosure } from './verbs/approve-closure.js';
import { Assign } from './verbs/assign.js';
import { ReportCase } from './verbs/report-case.js';
import { ReportProblem } from './verbs/report-problem.js';
import { RequestClosure } from './verbs/request-closure.js';
import { SendBack } from './verbs/send-back.js';

@Module({
  imports: [CalendarModule],
  controllers: [
    CasesController,
    CaseActionsController,
    ProblemsController,
    ProblemActionsController,
    FilesController,
  ],
  providers: [
    Acknowledge,
    AddFile,
    ApproveClosure,
    Assign,
    CaseChanges,
    CasesRepository,
    ChangeCase,
    FilesRepository,
    Numbers,
    ReportCase,
    ReportProblem,
    RequestClosure,
    SendBack,
    SubjectDesk,
  ],
  exports: [CaseChanges, Numbers],
})
export class CasesModule {}
