import { v7 as uuidv7 } from 'uuid';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { RegisterFactory } from '../factories/register.js';
import { DeliveryWorld } from './delivery-world.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from './reminder-world.js';
import { type Client, createTestApp, type TestApp } from './test-app.js';

export interface Told {
  type: string;
  payload: Record<string, unknown>;
  actorKind: string;
}

export interface PageAnswer {
  status: number;
  headers: Headers;
  html: string;
}

/** The product with cases of which an official was reminded by a real mail. */
export class AcknowledgeWorld {
  private readonly make: RegisterFactory;

  private constructor(
    readonly app: TestApp,
    readonly world: ReminderWorld,
    readonly clock: SetClock,
    readonly sending: DeliveryWorld,
    readonly departmentId: string,
  ) {
    this.make = new RegisterFactory(app.database.dataSource);
  }

  static async open(environment: Record<string, string> = {}): Promise<AcknowledgeWorld> {
    const clock = new SetClock('2021-11-01T10:00:00+08:00');
    const app = await createTestApp({ clock, environment });
    const world = new ReminderWorld(app.database.dataSource, clock);
    await world.open();
    const departmentId = await world.department('市自然资源局');
    const sending = await DeliveryWorld.start(world, app.app.get(AppConfig));
    return new AcknowledgeWorld(app, world, clock, sending, departmentId);
  }

  async close(): Promise<void> {
    await this.sending.close();
    await this.app.close();
  }

  official(name: string): Promise<string> {
    return this.world.official(this.departmentId, name);
  }

  /** Signed in as the official. */
  async as(officialId: string, departmentId = this.departmentId): Promise<Client> {
    const { username, password } = await this.make.account('department', { departmentId, officialId });
    return this.app.signIn(username, password);
  }

  /** Cases of the official that are due in three working days, and the link of the one mail that reminds of them. */
  async reminded(
    officialId: string,
    count = 1,
  ): Promise<{ cases: AssignedCase[]; link: string; mail: string }> {
    const { world, sending, clock } = this;
    clock.set('2021-11-01T10:00:00+08:00');
    const cases: AssignedCase[] = [];
    while (cases.length < count)
      cases.push(await world.assignedCase(this.departmentId, officialId, '2021-11-05T18:00:00+08:00'));
    await world.announce(
      ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
    );
    clock.set('2021-11-02T09:00:00+08:00');
    await world.sweep.run();
    sending.clear();
    await sending.worker().deliver.run();
    const mail = sending.mail.mails[0]?.text ?? '';
    const [, token = ''] = /\/r\/([\w-]+)/.exec(mail) ?? [];
    return { cases, link: `${this.app.url}/r/${token}`, mail };
  }

  async page(link: string, form?: Record<string, string | string[]>): Promise<PageAnswer> {
    const body = new URLSearchParams(
      Object.entries(form ?? {}).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, one]),
      ),
    );
    const response = await fetch(link, form === undefined ? {} : { method: 'POST', body });
    return { status: response.status, headers: response.headers, html: await response.text() };
  }

  /** What of a page can be ticked. */
  boxes(html: string): string[] {
    return [...html.matchAll(/name="delivery" value="([^"]+)"/g)].map(([, id]) => id ?? '');
  }

  events(of: AssignedCase): Promise<Told[]> {
    return this.world.query<Told>(
      `SELECT type, payload, actor_kind AS "actorKind" FROM case_events WHERE subject_id = $1 ORDER BY sequence`,
      [of.caseId],
    );
  }

  async emailDelivery(of: AssignedCase): Promise<string> {
    const [row] = await this.world.query<{ id: string }>(
      `SELECT d.id FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
        WHERE r.subject_id = $1 AND d.channel = 'email' AND r.state = 'recorded'`,
      [of.caseId],
    );
    return row?.id ?? uuidv7();
  }
}
