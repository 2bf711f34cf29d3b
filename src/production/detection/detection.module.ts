import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { CasesModule } from '../../cases/cases.module.js';
import { NewestFirstReader } from '../../platform/http/newest-first.js';
import { JudgingModule } from '../judging/judging.module.js';
import { AcceptCandidate } from './accept-candidate.js';
import { CandidateList } from './candidate-list.js';
import { CandidateStore } from './candidate-store.js';
import { CandidatesController } from './candidates.controller.js';
import { DecideMany } from './decide-many.js';
import { DecideManyController } from './decide-many.controller.js';
import { DismissCandidate } from './dismiss-candidate.js';
import { EndQuiet } from './end-quiet.js';
import { FollowUpList } from './follow-ups/follow-up-list.js';
import { FollowUpsController } from './follow-ups/follow-ups.controller.js';
import { PlanFollowUps } from './follow-ups/plan-follow-ups.js';
import { RecordFollowUp } from './follow-ups/record-follow-up.js';
import { MergeCandidate } from './merge-candidate.js';
import { MilestoneStory } from './milestone-story.js';
import { OpenCandidates } from './open-candidate.js';
import { RecoveryModule } from './recovery.module.js';
import { WatchCases } from './watch-cases.js';
import { WatchJudgements } from './watch-judgements.js';

/** What judgements give people reason to look at: candidates, milestones, follow-ups. It opens no case by itself. */
@Module({
  imports: [CalendarModule, CasesModule, JudgingModule, RecoveryModule],
  controllers: [DecideManyController, CandidatesController, FollowUpsController],
  providers: [
    AcceptCandidate,
    CandidateList,
    CandidateStore,
    DecideMany,
    DismissCandidate,
    EndQuiet,
    FollowUpList,
    MergeCandidate,
    MilestoneStory,
    NewestFirstReader,
    OpenCandidates,
    PlanFollowUps,
    RecordFollowUp,
    WatchCases,
    WatchJudgements,
  ],
  exports: [EndQuiet, PlanFollowUps],
})
export class DetectionModule {}
