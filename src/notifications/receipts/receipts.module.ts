import { Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { ConfiguredGateways } from '../channels/configured-gateways.js';
import { AskForReceipts } from './ask-for-receipts.js';
import { ReceiptPush } from './receipt-push.js';
import { ReceiptsController } from './receipts.controller.js';
import { Receipts } from './receipts.repository.js';

const MATCH_EVERY_MS = 10_000;
const ASK_EVERY_MS = 30_000;

@Module({
  controllers: [ReceiptsController],
  providers: [
    AskForReceipts,
    ReceiptPush,
    Receipts,
    {
      provide: ConfiguredGateways,
      inject: [AppConfig, Clock],
      useFactory: (config: AppConfig, clock: Clock) => ConfiguredGateways.of(config, clock),
    },
  ],
  exports: [ConfiguredGateways],
})
export class ReceiptsModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly receipts: Receipts,
    private readonly asking: AskForReceipts,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('match-receipts', () => this.receipts.matchEarly());
    this.tasks.every('match-receipts', MATCH_EVERY_MS);
    this.tasks.handle('ask-for-receipts', () => this.asking.run());
    this.tasks.every('ask-for-receipts', ASK_EVERY_MS);
  }
}
