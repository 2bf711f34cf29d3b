import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import { TrailModule } from './audit/trail.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { CasesModule } from './cases/cases.module.js';
import { ResponsibilityListsModule } from './cases/responsibility-lists/responsibility-lists.module.js';
import { EnterprisesModule } from './enterprises/enterprises.module.js';
import { ENTITIES } from './entities.js';
import { IntakeModule } from './intake/intake.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OrganizationModule } from './organization/organization.module.js';
import { Clock, SystemClock } from './platform/clock/clock.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/http/idempotency/idempotency.module.js';
import { RateLimitsModule } from './platform/http/limits/rate-limits.module.js';
import { OutgoingModule } from './platform/http/outgoing/outgoing.module.js';
import { PersonalDataModule } from './platform/personal-data/personal-data.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { TelemetryModule } from './platform/telemetry/telemetry.module.js';
import { ProductionModule } from './production/production.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { ALL_SEALED_COLUMNS } from './sealed-columns.js';
import { BulletinModule } from './statistics/bulletin/bulletin.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

const FEATURES = [
  TelemetryModule,
  // Its guard comes first: who may not call is told so, and nothing about what he sent.
  AccessModule,
  TrailModule,
  IdempotencyModule,
  HttpModule,
  OutgoingModule,
  RateLimitsModule,
  QueueModule,
  CalendarModule,
  OrganizationModule,
  EnterprisesModule,
  ProductionModule,
  CasesModule,
  ResponsibilityListsModule,
  NotificationsModule,
  RemindersModule,
  StatisticsModule,
  BulletinModule,
  IntakeModule,
  WebhooksModule,
  QueuesModule,
  AuditModule,
];

/** The whole product; the same for the API, the worker and the command line. */
@Module({})
export class AppModule {
  static with(clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(ENTITIES, clock), PersonalDataModule.of(ALL_SEALED_COLUMNS), ...FEATURES],
    };
  }
}
