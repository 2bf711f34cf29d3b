import { Module, type OnModuleInit } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { AppConfig } from '../platform/config/app-config.js';
import { NewestFirstReader } from '../platform/http/newest-first.js';
import { Tasks } from '../platform/queue/tasks.js';
import { Channels } from './channels/channels.js';
import { EmailChannel } from './channels/email-channel.js';
import { ConfiguredGateways } from './channels/configured-gateways.js';
import { SmsChannel } from './channels/sms-channel.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryList } from './delivery-list.js';
import { Deliver } from './deliver.js';
import { Writers } from './letter.js';
import { Messages } from './messages.repository.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { RetryDelivery } from './retry-delivery.js';
import { Settlements } from './settlements.js';
import { requireTemplates } from './templates/require-templates.js';

const DELIVER_EVERY_MS = 2_000;
const EXPIRE_EVERY_MS = 2_000;

@Module({
  imports: [CalendarModule, ReceiptsModule],
  controllers: [DeliveriesController],
  providers: [
    Deliver,
    DeliveryList,
    Messages,
    NewestFirstReader,
    RetryDelivery,
    Settlements,
    Writers,
    {
      provide: Channels,
      inject: [AppConfig, ConfiguredGateways],
      useFactory: ({ smtpUrl, mailFrom }: AppConfig, { sending }: ConfiguredGateways) =>
        new Channels([new EmailChannel(smtpUrl, mailFrom), new SmsChannel(sending)]),
    },
  ],
  exports: [Deliver, Writers],
})
export class NotificationsModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly deliver: Deliver,
    private readonly messages: Messages,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    requireTemplates(this.config);
    this.tasks.handle('deliver', (id) => this.deliver.run(id));
    this.tasks.every('deliver', DELIVER_EVERY_MS);
    // Also by itself: with much to send, or behind a server that hangs, one run of `deliver` outlasts many leases.
    this.tasks.handle('expire-leases', () => this.messages.expireLeases());
    this.tasks.every('expire-leases', EXPIRE_EVERY_MS);
  }
}
