import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { NewestFirstReader } from '../platform/http/newest-first.js';
import { Tasks } from '../platform/queue/tasks.js';
import { AcknowledgeDeliveryController } from './acknowledgements/acknowledge-delivery.controller.js';
import { AcknowledgeLinks } from './acknowledgements/acknowledge-links.js';
import { AcknowledgePageController } from './acknowledgements/acknowledge-page.controller.js';
import { AcknowledgeReminder } from './acknowledgements/acknowledge-reminder.js';
import { Matters } from './acknowledgements/matters.js';
import { ChangePolicy } from './change-policy.js';
import { ExplainReminders } from './explain-reminders.js';
import { ExplanationsController } from './explanations.controller.js';
import { PoliciesController } from './policies.controller.js';
import { MeasureReminders } from './measure-reminders.js';
import { CaseNotices } from './notices/case-notices.js';
import { FiguresDue } from './notices/figures-due.js';
import { ProductionNotices } from './notices/production-notices.js';
import { TestFireController } from './notices/test-fire.controller.js';
import { TestFire } from './notices/test-fire.js';
import { Outgoing } from './outgoing.js';
import { Policies } from './policies.js';
import { PolicyList } from './policy-list.js';
import { PreviewPolicy } from './preview-policy.js';
import { ReaddressDeliveries } from './readdress-deliveries.js';
import { RecipientFinder } from './recipients.js';
import { ReminderList } from './reminder-list.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderWriter } from './reminder-writer.js';
import { RemindersController } from './reminders.controller.js';
import { Replan } from './replan.js';
import { Sweep } from './sweep.js';
import { SweepLock } from './sweep-lock.js';

const SWEEP_EVERY_MS = 30_000;
const MEASURE_EVERY_MS = 15_000;
/** On the day on which they fall due they are given in the first hour, long before sending time. */
const FIGURES_EVERY_MS = 3_600_000;
const PRODUCTION_EVERY_MS = 60_000;

@Module({
  imports: [CalendarModule, CasesModule, NotificationsModule],
  controllers: [
    ExplanationsController,
    PoliciesController,
    RemindersController,
    TestFireController,
    AcknowledgeDeliveryController,
    AcknowledgePageController,
  ],
  providers: [
    AcknowledgeLinks,
    AcknowledgeReminder,
    CaseNotices,
    ChangePolicy,
    ExplainReminders,
    FiguresDue,
    Matters,
    MeasureReminders,
    NewestFirstReader,
    Outgoing,
    Policies,
    PolicyList,
    PreviewPolicy,
    ProductionNotices,
    ReaddressDeliveries,
    RecipientFinder,
    ReminderList,
    ReminderPlanner,
    ReminderWriter,
    Replan,
    Sweep,
    SweepLock,
    TestFire,
  ],
  exports: [Sweep],
})
export class RemindersModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly sweep: Sweep,
    private readonly measure: MeasureReminders,
    private readonly figures: FiguresDue,
    private readonly production: ProductionNotices,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('sweep', () => this.sweep.run());
    this.tasks.every('sweep', SWEEP_EVERY_MS);
    this.tasks.handle('measure-reminders', () => this.measure.run());
    this.tasks.every('measure-reminders', MEASURE_EVERY_MS);
    this.tasks.handle('figures-due', () => this.figures.run());
    this.tasks.every('figures-due', FIGURES_EVERY_MS);
    this.tasks.handle('production-notices', () => this.production.run());
    this.tasks.every('production-notices', PRODUCTION_EVERY_MS);
  }
}
