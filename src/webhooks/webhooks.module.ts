import { Module, type OnModuleInit } from '@nestjs/common';
import { NewestFirstReader } from '../platform/http/newest-first.js';
import { Tasks } from '../platform/queue/tasks.js';
import { WebhookDeliveries } from './deliveries.repository.js';
import { KeepWebhooks } from './keep-webhooks.js';
import { MeasureDeliveries } from './measure-deliveries.js';
import { PlanDeliveries } from './plan-deliveries.js';
import { SecretSeal } from './secret-seal.js';
import { SendAgain } from './send-again.js';
import { SendDeliveries } from './send-deliveries.js';
import { SendMessage } from './send-message.js';
import { UnreadableSecrets } from './unreadable-secrets.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookReads } from './webhook-reads.js';
import { WebhooksController } from './webhooks.controller.js';

const SECOND_MS = 1_000;

@Module({
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    KeepWebhooks,
    MeasureDeliveries,
    NewestFirstReader,
    PlanDeliveries,
    SecretSeal,
    SendAgain,
    SendDeliveries,
    SendMessage,
    UnreadableSecrets,
    WebhookDeliveries,
    WebhookReads,
  ],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly plan: PlanDeliveries,
    private readonly send: SendDeliveries,
    private readonly measure: MeasureDeliveries,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  onModuleInit(): void {
    this.repeat('plan-webhooks', 2 * SECOND_MS, () => this.plan.run());
    this.repeat('send-webhooks', 2 * SECOND_MS, () => this.send.run());
    this.repeat('measure-webhooks', 15 * SECOND_MS, () => this.measure.run());
    this.repeat('forget-webhook-deliveries', 3_600 * SECOND_MS, () => this.deliveries.forget());
  }

  private repeat(task: string, everyMs: number, work: () => Promise<unknown>): void {
    this.tasks.handle(task, work);
    this.tasks.every(task, everyMs);
  }
}
