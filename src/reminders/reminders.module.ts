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
import { PoliciesController } from './policies.controller.js';
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

@Module({
  imports: [CalendarModule, CasesModule, NotificationsModule],
  controllers: [
    PoliciesController,
    RemindersController,
    AcknowledgeDeliveryController,
    AcknowledgePageController,
  ],
  providers: [
    AcknowledgeLinks,
    AcknowledgeReminder,
    ChangePolicy,
    Matters,
    NewestFirstReader,
    Policies,
    PolicyList,
    PreviewPolicy,
    ReaddressDeliveries,
    RecipientFinder,
    ReminderList,
    ReminderPlanner,
    ReminderWriter,
    Replan,
    Sweep,
    SweepLock,
  ],
  exports: [Sweep],
})
export class RemindersModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly sweep: Sweep,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('sweep', () => this.sweep.run());
    this.tasks.every('sweep', SWEEP_EVERY_MS);
  }
}
