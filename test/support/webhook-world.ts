import type { AccountActor } from '../../src/access/actor.js';
import { OutgoingHttp } from '../../src/platform/http/outgoing/outgoing-http.js';
import { WebhookDeliveries } from '../../src/webhooks/deliveries.repository.js';
import { PlanDeliveries } from '../../src/webhooks/plan-deliveries.js';
import { SendDeliveries } from '../../src/webhooks/send-deliveries.js';
import { SendMessage } from '../../src/webhooks/send-message.js';
import type { WebhookDeliveryView } from '../../src/webhooks/webhook-deliveries.dto.js';
import type { WebhookWithSecretView } from '../../src/webhooks/webhooks.dto.js';
import { FakeClock } from './fake-clock.js';
import { LifecycleWorld } from './lifecycle-world.js';
import type { Client } from './test-app.js';
import { WebhookReceiver } from './webhook-receiver.js';

/** Portals of a closed network, as tests have them. */
const ALLOWED = { OUTGOING_ALLOWED_NETWORKS: '127.0.0.0/8' };
const BEGINS = '2021-11-03T09:00:00+08:00';

export interface Subscription {
  id: string;
  secret: string;
  path: string;
}

/** The whole product and a portal that is told of what happens in it. */
export class WebhookWorld {
  readonly plan: PlanDeliveries;
  readonly send: SendDeliveries;
  readonly messages: SendMessage;
  readonly deliveries: WebhookDeliveries;
  readonly outgoing: OutgoingHttp;
  private count = 0;

  private constructor(
    readonly cases: LifecycleWorld,
    readonly clock: FakeClock,
    readonly portal: WebhookReceiver,
    readonly office: AccountActor,
  ) {
    const { app } = cases.app;
    this.plan = app.get(PlanDeliveries);
    this.send = app.get(SendDeliveries);
    this.messages = app.get(SendMessage);
    this.deliveries = app.get(WebhookDeliveries);
    this.outgoing = app.get(OutgoingHttp);
  }

  static async open(environment: Record<string, string> = ALLOWED): Promise<WebhookWorld> {
    const clock = new FakeClock(new Date(BEGINS));
    const cases = await LifecycleWorld.open(clock, environment);
    return new WebhookWorld(cases, clock, await WebhookReceiver.start(), await cases.taskForce());
  }

  async close(): Promise<void> {
    await this.portal.close();
    await this.cases.close();
  }

  /** Signed in anew: the clock may have been moved past a session. */
  admin(): Promise<Client> {
    return this.cases.app.as('system_admin');
  }

  /** A path of its own at the portal. */
  async subscribe(over: object = {}): Promise<Subscription> {
    const path = `/hook-${(this.count += 1)}`;
    const answer = await (
      await this.admin()
    ).post<WebhookWithSecretView>('/webhooks', {
      url: this.portal.url + path,
      eventTypes: ['case.reported'],
      ...over,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return { id: answer.body.webhook.id, secret: answer.body.secret, path };
  }

  /** Nothing of one test is told in the next. */
  async forgetAll(): Promise<void> {
    await this.cases.query('DELETE FROM webhook_deliveries');
    await this.cases.query('DELETE FROM webhooks');
    this.portal.clear();
    // What was recorded before is not what the next one's webhooks are told of.
    this.clock.advance(1_000);
  }

  /** Plans and sends what is due now, to the end. */
  async tell(): Promise<void> {
    await this.plan.run();
    await this.send.run();
    await this.send.idle();
  }

  /** The one delivery of a webhook. */
  async delivery({ id }: Subscription): Promise<WebhookDeliveryView> {
    const { body } = await (
      await this.admin()
    ).get<{ items: WebhookDeliveryView[] }>(`/webhooks/${id}/deliveries`);
    const [only, ...others] = body.items;
    if (only === undefined || others.length > 0) throw new Error(`${body.items.length} deliveries, not one`);
    return only;
  }
}
