import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { NewestFirstReader } from '../platform/http/newest-first.js';
import { Tasks } from '../platform/queue/tasks.js';
import { CaseNotices } from './notices/case-notices.js';
import { FiguresDue } from './notices/figures-due.js';
import { TestFireController } from './notices/test-fire.controller.js';
import { TestFire } from './notices/test-fire.js';
import { Outgoing } from './outgoing.js';
import { Policies } from './policies.js';
import { ReaddressDeliveries } from './readdress-deliveries.js';
import { ReminderList } from './reminder-list.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderWriter } from './reminder-writer.js';
import { RemindersController } from './reminders.controller.js';
import { Sweep } from './sweep.js';
import { SweepLock } from './sweep-lock.js';

const SWEEP_EVERY_MS = 30_000;
/** On the day on which they fall due they are given in the first hour, long before sending time. */
const FIGURES_EVERY_MS = 3_600_000;

@Module({
  imports: [CalendarModule, CasesModule, NotificationsModule],
  controllers: [RemindersController, TestFireController],
  providers: [
    CaseNotices,
    FiguresDue,
    NewestFirstReader,
    Outgoing,
    Policies,
    ReaddressDeliveries,
    ReminderList,
    ReminderPlanner,
    ReminderWriter,
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
    private readonly figures: FiguresDue,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('sweep', () => this.sweep.run());
    this.tasks.every('sweep', SWEEP_EVERY_MS);
    this.tasks.handle('figures-due', () => this.figures.run());
    this.tasks.every('figures-due', FIGURES_EVERY_MS);
  }
}
