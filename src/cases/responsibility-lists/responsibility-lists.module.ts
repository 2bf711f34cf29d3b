import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { CasesModule } from '../cases.module.js';
import { ClaimPoolController } from './claim-pool.controller.js';
import { ClaimPool } from './claim-pool.js';
import { DraftList } from './draft-list.js';
import { IssueList } from './issue-list.js';
import { ResponsibilityListsController } from './responsibility-lists.controller.js';
import { ResponsibilityListsRepository } from './responsibility-lists.repository.js';

/** Responsibility lists and the pool from which departments claim what they bring. */
@Module({
  imports: [CalendarModule, CasesModule],
  controllers: [ResponsibilityListsController, ClaimPoolController],
  providers: [ClaimPool, DraftList, IssueList, ResponsibilityListsRepository],
})
export class ResponsibilityListsModule {}
