import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { AppConfig } from '../platform/config/app-config.js';
import { FileStore } from '../platform/files/file-store.js';
import { NewestFirstReader } from '../platform/http/newest-first.js';
import { Tasks } from '../platform/queue/tasks.js';
import { DailyCap } from './cap/daily-cap.js';
import { Channels } from './channels/channels.js';
import { EmailChannel } from './channels/email-channel.js';
import { ConfiguredGateways } from './channels/configured-gateways.js';
import { SmsChannel } from './channels/sms-channel.js';
import { CountDeliveries } from './count-deliveries.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryList } from './delivery-list.js';
import { Deliver } from './deliver.js';
import { Writers } from './letter.js';
import { MeasureMessages } from './measure-messages.js';
import { Messages } from './messages.repository.js';
import { OwnDeliveriesController } from './own-deliveries.controller.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { ResolveDelivery } from './resolve-delivery.js';
import { Notices } from './notices/notices.js';
import { RecordNotices } from './notices/record-notices.js';
import { RetryDelivery } from './retry-delivery.js';
import { RobotsModule } from './robots/robots.module.js';
import { Settlements } from './settlements.js';
import { requireTemplates } from './templates/require-templates.js';

const DELIVER_EVERY_MS = 2_000;
const EXPIRE_EVERY_MS = 2_000;
const FORGET_SLOTS_EVERY_MS = 3_600_000;
const MEASURE_EVERY_MS = 15_000;

@Module({
  imports: [CalendarModule, ReceiptsModule, RobotsModule],
  controllers: [DeliveriesController, OwnDeliveriesController],
  providers: [
    CountDeliveries,
    DailyCap,
    Deliver,
    DeliveryList,
    MeasureMessages,
    Messages,
    NewestFirstReader,
    ResolveDelivery,
    Notices,
    RecordNotices,
    RetryDelivery,
    Settlements,
    Writers,
    {
      provide: Channels,
      inject: [AppConfig, ConfiguredGateways, FileStore],
      useFactory: (config: AppConfig, { sending }: ConfiguredGateways, files: FileStore) =>
        new Channels(
          [
            new EmailChannel(config.smtpUrl, config.mailFrom, {
              ca: config.smtpCa,
              dkim: config.dkim,
              files,
            }),
            new SmsChannel(sending),
          ],
          { email: config.mailRatePerSecond, sms: config.smsRatePerSecond },
        ),
    },
  ],
  exports: [Deliver, DeliveryList, Notices, RecordNotices, Writers],
})
export class NotificationsModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly deliver: Deliver,
    private readonly messages: Messages,
    private readonly cap: DailyCap,
    private readonly measure: MeasureMessages,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    requireTemplates(this.config);
    this.tasks.handle('deliver', (id) => this.deliver.run(id));
    this.tasks.every('deliver', DELIVER_EVERY_MS);
    // Also by itself: with much to send, or behind a server that hangs, one run of `deliver` outlasts many leases.
    this.tasks.handle('expire-leases', () => this.messages.expireLeases());
    this.tasks.every('expire-leases', EXPIRE_EVERY_MS);
    this.tasks.handle('forget-sms-slots', () => this.cap.forget());
    this.tasks.every('forget-sms-slots', FORGET_SLOTS_EVERY_MS);
    this.tasks.handle('measure-messages', () => this.measure.run());
    this.tasks.every('measure-messages', MEASURE_EVERY_MS);
  }
}
