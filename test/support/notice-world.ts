import type { AccountActor } from '../../src/access/actor.js';
import { CaseChanges } from '../../src/cases/case-changes.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { OfficialDuty } from '../../src/organization/official.entity.js';
import type { Deliver } from '../../src/notifications/deliver.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { DeliveryWorld } from './delivery-world.js';
import { FakeClock } from './fake-clock.js';
import { type Desk, LifecycleWorld } from './lifecycle-world.js';
import { ReminderWorld, SetClock } from './reminder-world.js';

/** Monday, 1 November 2021; a general limit of 15 working days ends on Monday the 22nd. */
export const MORNING = '2021-11-01 10:00';
export const EVENING = '2021-11-01 21:30';
export const NEXT_MORNING = '2021-11-02 09:00';

/** The whole product, and beside it a worker that sweeps and sends to recording servers when it is told to. */
export class NoticeWorld {
  private told = '';

  private constructor(
    readonly cases: LifecycleWorld,
    readonly reminders: ReminderWorld,
    readonly delivery: DeliveryWorld,
    readonly taskForce: AccountActor,
    private readonly deliver: Deliver,
    private readonly clock: FakeClock,
  ) {}

  /** On the {@link MORNING}, with an official of the task force, 专班. */
  static async open(): Promise<NoticeWorld> {
    const clock = new FakeClock(new Date(instant(MORNING)));
    const cases = await LifecycleWorld.open(clock);
    const reminders = new ReminderWorld(cases.app.database.dataSource, new SetClock(instant(MORNING)));
    await reminders.open();
    const delivery = await DeliveryWorld.start(reminders, {}, cases.app.app.get(FileStore));
    const { deliver } = delivery.worker();
    await cases.make.official({ id: reminders.taskForceId }, { name: '专班' });
    return new NoticeWorld(cases, reminders, delivery, await cases.taskForce(), deliver, clock);
  }

  async close(): Promise<void> {
    await this.delivery.close();
    await this.cases.close();
  }

  /** Through which `cases` tells what it did. */
  get changes(): CaseChanges {
    return this.cases.app.app.get(CaseChanges);
  }

  /** @param moment of the office, such as `2021-11-01 10:00` */
  at(moment: string): void {
    this.set(new Date(instant(moment)));
  }

  set(moment: Date): void {
    this.clock.set(moment);
    this.reminders.clock.set(moment);
  }

  /** A department with an official 承办, whose desk it is, and a liaison 联络. */
  async office(name: string, duties: OfficialDuty[] = ['liaison']): Promise<Desk & { name: string }> {
    const desk = await this.cases.desk();
    await this.cases.query('UPDATE officials SET name = $2 WHERE id = $1', [desk.officialId, `${name}承办`]);
    for (const duty of duties)
      await this.cases.make.official({ id: desk.departmentId }, { duty, name: `${name}${DUTY_NAMES[duty]}` });
    return { ...desk, name };
  }

  async assigned(
    desk: Desk,
    coHandlers: Array<{ departmentId: string; officialId?: string }> = [],
  ): Promise<SubjectRef> {
    const ref = await this.cases.case(this.taskForce);
    const { departmentId, officialId } = desk;
    const input = { departmentId, officialId, complexity: 'general' as const, coHandlers };
    await this.cases.work.assign.run(this.taskForce, ref, input);
    return ref;
  }

  async closureOf(ref: SubjectRef) {
    const evidenceFileIds = [await this.cases.evidence(ref)];
    return { outcome: 'explained' as const, statement: '已说明', evidenceFileIds };
  }

  async closed(ref: SubjectRef, by: Desk): Promise<void> {
    const { closure } = this.cases;
    await closure.requestClosure.run(by.actor, ref, await this.closureOf(ref));
    await closure.approveClosure.run(this.taskForce, ref, {});
  }

  /** What one test leaves unsent is not the next one's. */
  async clear(): Promise<void> {
    const unsent = `status IN ('pending', 'sending')`;
    await this.cases.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
    await this.cases.query(`UPDATE notices SET recorded_at = fires_at WHERE recorded_at IS NULL`);
    for (const table of ['deliveries', 'messages'])
      await this.cases.query(`UPDATE ${table} SET status = 'suppressed' WHERE ${unsent}`);
    await this.news();
    this.delivery.clear();
  }

  sweep() {
    return this.reminders.sweep.run();
  }

  send(): Promise<void> {
    return this.deliver.run();
  }

  async sweepAndSend(): Promise<void> {
    await this.sweep();
    await this.send();
  }

  /** What was written for whom since this was last asked, one line each: `assigned 甲承办 email sent`. */
  async news(): Promise<string[]> {
    const rows = await this.cases.query<{ id: string; line: string }>(
      `SELECT d.id, concat_ws(' ', coalesce(n.kind, r.rung), o.name, e.contact_name, d.channel, d.status, d.reason) AS line
         FROM deliveries d
         LEFT JOIN officials o ON o.id = d.official_id
         LEFT JOIN enterprises e ON e.id = d.enterprise_id
         LEFT JOIN notices n ON n.id = d.notice_id
         LEFT JOIN reminders r ON r.id = d.reminder_id
        WHERE d.id > $1 ORDER BY 2`,
      [this.told || '00000000-0000-0000-0000-000000000000'],
    );
    this.told = rows.reduce((last, { id }) => (id > last ? id : last), this.told);
    return rows.map(({ line }) => line);
  }
}

/** The two lines of one person, who is told by both channels. */
export const both = (line: string, status = 'sent'): string[] => [
  `${line} email ${status}`,
  `${line} sms ${status}`,
];

const DUTY_NAMES: Record<OfficialDuty, string> = {
  head: '局长',
  liaison: '联络',
  handler: '承办',
  leader: '领导',
};

const instant = (moment: string): string => `${moment.replace(' ', 'T')}:00+08:00`;
