import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { AddFile } from './add-file.js';
import { BulkSelection } from './bulk/bulk-selection.js';
import { BulkVerbs } from './bulk/bulk-verbs.js';
import { BulkController } from './bulk/bulk.controller.js';
import { Bulk } from './bulk/bulk.service.js';
import { OneByOne } from './bulk/one-by-one.js';
import { CaseChanges } from './case-changes.js';
import { CASE_FILE_CONTROLLERS, CASE_FILE_PROVIDERS } from './case-file/case-file.providers.js';
import { NoteReminderSeen } from './case-file/note-reminder-seen.js';
import { CasesController } from './cases.controller.js';
import { CasesRepository } from './cases.repository.js';
import { ChangeCase } from './change-case.js';
import { CaseClosureController } from './case-closure.controller.js';
import { CaseWorkController } from './case-work.controller.js';
import { ExtensionsController } from './extensions.controller.js';
import { Extensions } from './extensions.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { DueDates } from './due-dates.js';
import { DefectsController } from './defects/defects.controller.js';
import { FragmentSearch } from './fragment-search.js';
import { ExportsController } from './export/exports.controller.js';
import { SubjectExports } from './export/subject-exports.js';
import { Handover } from './handover/handover.js';
import { HandoverController } from './handover/handover.controller.js';
import { HoldExpiry } from './hold-expiry.js';
import { ListFilters } from './list-filters.js';
import { Numbers } from './numbers.js';
import { EnterpriseProblemsController } from './enterprise-problems.controller.js';
import { ProblemClosureController } from './problem-closure.controller.js';
import { ProblemWorkController } from './problem-work.controller.js';
import { ProblemWriter } from './problem-writer.js';
import { RecoveryController } from './recovery.controller.js';
import { RecoveryProof } from './recovery-proof.js';
import { ProjectProblemsController } from './project-problems.controller.js';
import { ProblemsController } from './problems.controller.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SavedViews } from './saved-views/saved-views.service.js';
import { SubjectDesk } from './subject-desk.js';
import { VERBS } from './subject-verbs.js';
import { TIMELINE_CONTROLLERS, TIMELINE_PROVIDERS } from './timeline/timeline.providers.js';
import { Reopen } from './verbs/reopen.js';
import { ReportCase } from './verbs/report-case.js';
import { ReportProblem } from './verbs/report-problem.js';

@Module({
  imports: [CalendarModule],
  controllers: [
    BulkController,
    CasesController,
    CaseClosureController,
    CaseWorkController,
    ProblemsController,
    ProblemClosureController,
    ProblemWorkController,
    ExtensionsController,
    DefectsController,
    HandoverController,
    EnterpriseProblemsController,
    ProjectProblemsController,
    FilesController,
    RecoveryController,
    ...CASE_FILE_CONTROLLERS,
    ...TIMELINE_CONTROLLERS,
    SavedViewsController,
    ExportsController,
  ],
  providers: [
    Bulk,
    BulkSelection,
    BulkVerbs,
    OneByOne,
    AddFile,
    CaseChanges,
    CasesRepository,
    ChangeCase,
    FilesRepository,
    FragmentSearch,
    ListFilters,
    Numbers,
    ProblemWriter,
    ReportCase,
    ReportProblem,
    RecoveryProof,
    SavedViews,
    SubjectDesk,
    DueDates,
    SubjectExports,
    Extensions,
    Handover,
    HoldExpiry,
    ...CASE_FILE_PROVIDERS,
    ...TIMELINE_PROVIDERS,
    ...VERBS,
  ],
  exports: [
    CaseChanges,
    ChangeCase,
    NoteReminderSeen,
    Numbers,
    OneByOne,
    ProblemWriter,
    Reopen,
    ReportCase,
    SubjectDesk,
    SubjectExports,
  ],
})
export class CasesModule {}
