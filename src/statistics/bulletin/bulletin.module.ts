import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../../calendar/calendar.module.js';
import { NotificationsModule } from '../../notifications/notifications.module.js';
import { NewestFirstReader } from '../../platform/http/newest-first.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { StatisticsModule } from '../statistics.module.js';
import { BulletinList } from './bulletin-list.js';
import { BulletinPolicies } from './bulletin-policies.js';
import { BulletinPolicyController } from './bulletin-policy.controller.js';
import { ComposeIssue } from './compose-issue.js';
import { DraftIssue } from './draft-issue.js';
import { IssueNotices } from './issue-notices.js';
import { IssuesController } from './issues.controller.js';
import { Issues } from './issues.repository.js';
import { KeepIssueFiles } from './keep-issue-files.js';
import { PrepareIssue } from './prepare-issue.js';
import { PrepareOnSchedule } from './prepare-on-schedule.js';
import { PublishIssue } from './publish-issue.js';
import { PublishingController } from './publishing.controller.js';
import { StoreIssue } from './store-issue.js';
import { VerifyIssues } from './verify-issues.js';
import { WithdrawIssue } from './withdraw-issue.js';

const LOOK_EVERY_MS = 60_000;

/** 通报: issues of the weekly bulletin. */
@Module({
  imports: [CalendarModule, NotificationsModule, StatisticsModule],
  controllers: [PublishingController, IssuesController, BulletinPolicyController],
  providers: [
    BulletinList,
    BulletinPolicies,
    ComposeIssue,
    DraftIssue,
    IssueNotices,
    Issues,
    KeepIssueFiles,
    NewestFirstReader,
    PrepareIssue,
    PrepareOnSchedule,
    PublishIssue,
    StoreIssue,
    VerifyIssues,
    WithdrawIssue,
  ],
})
export class BulletinModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly schedule: PrepareOnSchedule,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('prepare-bulletin', () => this.schedule.run());
    this.tasks.every('prepare-bulletin', LOOK_EVERY_MS);
  }
}
