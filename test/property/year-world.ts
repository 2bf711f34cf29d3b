import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../src/access/actor.js';
import { CalendarService } from '../../src/calendar/calendar.service.js';
import { GiveOpinion } from '../../src/cases/case-file/give-opinion.js';
import { Handover } from '../../src/cases/handover/handover.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { ReportCase } from '../../src/cases/verbs/report-case.js';
import { ReportProblem } from '../../src/cases/verbs/report-problem.js';
import { MailRecorder } from '../../src/local/mail-recorder.js';
import { SmsRecorder } from '../../src/local/sms-recorder.js';
import { Deliver } from '../../src/notifications/deliver.js';
import { DeputiesService } from '../../src/organization/deputies.service.js';
import { ChangePolicy } from '../../src/reminders/change-policy.js';
import type { Rung } from '../../src/reminders/ladder.js';
import { Policies } from '../../src/reminders/policies.js';
import { Replan } from '../../src/reminders/replan.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { asOwner, pastTriggers } from '../support/as-owner.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import { until } from '../support/until.js';
import { nameOf, PlainCalendar } from './plain-days.js';
import type { PlainClass, PlainRung } from './plain-ladder.js';
import { OFFICE, type PlainPerson } from './plain-people.js';
import { PlainYear } from './plain-year.js';
import { ENTERPRISES, HANDLING_DEPARTMENTS, isWorkedIn, type Start } from './year-start.js';

const TOKEN = 'only-for-tests';
/** Few, so that the cap is met. */
const SMS_A_DAY = 1;
/** What a year leaves behind. */
const LEFT_BEHIND = `cases, problems, assignments, co_handlers, closure_requests, extensions, case_events, reminders,
  deliveries, messages, pairings, deputies, calendar_days, reminder_policies`;

/** Reminders alone are compared: other messages, where there are any, would be digested with them and use up the cap. */
const NO_OTHER_MESSAGES = `
DO $do$ BEGIN
  IF to_regclass('notices') IS NOT NULL THEN
    CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER leave_out BEFORE INSERT ON notices FOR EACH ROW EXECUTE FUNCTION leave_out();
  END IF;
END $do$`;

/** The whole product, at moments that are set, sending to servers that record; one year after the other. */
export class YearWorld {
  readonly reportCase: ReportCase;
  readonly reportProblem: ReportProblem;
  readonly giveOpinion: GiveOpinion;
  readonly handover: Handover;
  readonly deputies: DeputiesService;
  private readonly policies: Policies;
  private readonly changePolicy: ChangePolicy;
  private readonly replan: Replan;
  private readonly sweeps: Sweep;
  private readonly delivers: Deliver;
  /** Departments, people, enterprises, cases and problems, by their names in the year. */
  private ids = new Map<string, string>();

  private constructor(
    readonly world: LifecycleWorld,
    readonly clock: FakeClock,
    readonly mail: MailRecorder,
    readonly sms: SmsRecorder,
    readonly taskForce: AccountActor,
    readonly desks: readonly Desk[],
    private readonly lasting: ReadonlyMap<string, string>,
  ) {
    const { app } = world.app;
    this.reportCase = app.get(ReportCase);
    this.reportProblem = app.get(ReportProblem);
    this.giveOpinion = app.get(GiveOpinion);
    this.handover = app.get(Handover);
    this.deputies = app.get(DeputiesService);
    this.policies = app.get(Policies);
    this.changePolicy = app.get(ChangePolicy);
    this.replan = app.get(Replan);
    this.sweeps = app.get(Sweep);
    this.delivers = app.get(Deliver);
  }

  static async open(): Promise<YearWorld> {
    const clock = new FakeClock(new Date('2021-08-30T09:00:00+08:00'));
    const [mail, sms] = [await MailRecorder.start(), await SmsRecorder.start({ token: TOKEN })];
    const world = await LifecycleWorld.open(clock, {
      SMTP_URL: mail.url,
      SMS_GATEWAY_URL: sms.url,
      SMS_GATEWAY_TOKEN: TOKEN,
      SMS_DAILY_CAP: String(SMS_A_DAY),
    });
    await asOwner(world.app.database, NO_OTHER_MESSAGES);
    const taskForce = await world.taskForce();
    const lasting = new Map<string, string>([[OFFICE, taskForce.departmentId ?? '']]);
    const desks: Desk[] = [];
    for (let n = 1; n <= HANDLING_DEPARTMENTS; n += 1) {
      const desk = await world.desk();
      desks.push(desk);
      lasting.set(`bureau${n}`, desk.departmentId);
    }
    lasting.set('leaders', (await world.make.department()).id);
    for (let n = 1; n <= ENTERPRISES; n += 1) lasting.set(`factory${n}`, (await world.make.enterprise()).id);
    return new YearWorld(world, clock, mail, sms, taskForce, desks, lasting);
  }

  async close(): Promise<void> {
    await this.world.close();
    await Promise.all([this.mail.close(), this.sms.close()]);
  }

  /** Forgets the year before and sets up another one. @returns it as the page has it, equal so far */
  async begin(start: Start): Promise<PlainYear> {
    this.ids = new Map(this.lasting);
    this.mail.clear();
    this.sms.clear();
    await pastTriggers(this.world.app.database, `TRUNCATE ${LEFT_BEHIND} CASCADE`);
    await this.world.query('UPDATE officials SET is_active = false');
    const isWorked = isWorkedIn(start);
    const year = new PlainYear(new PlainCalendar(isWorked), start.rungs, SMS_A_DAY);
    await this.writeCalendar(start.from, isWorked);
    await this.writeLadder(start.rungs);
    for (const [place, people] of start.people.entries()) await this.hire(year, place, people);
    const leaders = [...year.people.people.values()].filter(({ department }) => department === 'leaders');
    for (const [place, isPaired] of start.isPaired.entries()) {
      const leader = leaders[place % leaders.length];
      if (isPaired && leader !== undefined)
        await this.pair(year, `factory${place + 1}`, leader.name, start.from - 1);
    }
    return year;
  }

  private async writeCalendar(from: number, isWorked: (day: number) => boolean): Promise<void> {
    const days = Array.from({ length: 560 }, (_none, n) => from - 40 + n);
    await this.world.query(
      `INSERT INTO calendar_days (day, recorded_at, is_working)
       SELECT day, '2000-01-01', is_working FROM unnest($1::date[], $2::boolean[]) AS d(day, is_working)`,
      [days.map(nameOf), days.map(isWorked)],
    );
    await this.world.app.app.get(CalendarService).reload();
  }

  private async writeLadder(rungs: readonly PlainRung[]): Promise<void> {
    await this.world.query(
      `INSERT INTO reminder_policies (version, rungs, recorded_at, replanned_at) VALUES (1, $1, now(), now())`,
      [JSON.stringify(asWritten(rungs))],
    );
    await this.policies.reload();
  }

  /** What is armed has followed it when this is over. */
  async editLadder(of: PlainClass, rungs: readonly PlainRung[], basedOnVersion: number): Promise<void> {
    const edit = { appliesTo: of, rungs: asWritten(rungs), basedOnVersion };
    await this.changePolicy.run(this.taskForce.accountId, edit);
    await this.policies.reload();
    await until(async () => (await this.replan.run()) === 'done');
  }

  private async hire(year: PlainYear, place: number, people: Start['people'][number]): Promise<void> {
    const department =
      [...this.desks.map((_desk, n) => `bureau${n + 1}`), 'leaders', OFFICE][place] ?? OFFICE;
    for (const [n, person] of people.entries()) {
      const name = `${department}.${person.duty}${n + 1}`;
      const { id } = await this.world.make.official(
        { id: this.id(department) },
        {
          duty: person.duty,
          isActive: person.isActive,
          ...(person.reachedBy.includes('email') ? {} : { email: null }),
          ...(person.reachedBy.includes('sms') ? {} : { mobile: null }),
        },
      );
      this.ids.set(name, id);
      year.people.people.set(name, { ...person, name, department });
    }
  }

  async pair(year: PlainYear, enterprise: string, leader: string, from: number): Promise<void> {
    await this.world.query(
      `INSERT INTO pairings (id, enterprise_id, official_id, from_on) VALUES ($1, $2, $3, $4)`,
      [uuidv7(), this.id(enterprise), this.id(leader), nameOf(from)],
    );
    year.people.pairings.push({ enterprise, leader, from, until: null });
  }

  async unpair(pairing: PlainYear['people']['pairings'][number], today: number): Promise<void> {
    await this.world.query(
      'UPDATE pairings SET to_on = $3 WHERE enterprise_id = $1 AND official_id = $2 AND to_on IS NULL',
      [this.id(pairing.enterprise), this.id(pairing.leader), nameOf(today)],
    );
    pairing.until = today;
  }

  async change(person: PlainPerson, to: Partial<Pick<PlainPerson, 'duty' | 'isActive'>>): Promise<void> {
    Object.assign(person, to);
    await this.world.query('UPDATE officials SET is_active = $2, duty = $3 WHERE id = $1', [
      this.id(person.name),
      person.isActive,
      person.duty,
    ]);
  }

  id(name: string): string {
    const found = this.ids.get(name);
    if (found === undefined) throw new Error(`nothing is called ${name}`);
    return found;
  }

  called(name: string, id: string): void {
    this.ids.set(name, id);
  }

  names(): ReadonlyMap<string, string> {
    return new Map([...this.ids].map(([name, id]) => [id, name]));
  }

  ref(name: string): SubjectRef {
    return { kind: name.startsWith('case') ? 'case' : 'problem', id: this.id(name) };
  }

  desk(department: string | null): Desk {
    const found = this.desks.find(
      ({ departmentId }) => department !== null && departmentId === this.id(department),
    );
    if (found === undefined) throw new Error(`${department} has no desk`);
    return found;
  }

  async sweep(): Promise<void> {
    const { outcome } = await this.sweeps.run();
    if (outcome === 'busy') throw new Error('somebody else was sweeping');
  }

  /** @returns how many messages arrived meanwhile */
  async deliver(): Promise<number> {
    const before = this.arrived();
    await this.delivers.run();
    return this.arrived() - before;
  }

  arrived(): number {
    return this.mail.mails.length + this.sms.messages.length;
  }

  /** What the product says was sent, also what is not about reminders. */
  async sent(): Promise<number> {
    const [row] = await this.world.query<{ sent: number }>(
      `SELECT count(*)::int AS sent FROM messages WHERE status = 'sent'`,
    );
    return row?.sent ?? 0;
  }
}

const asWritten = (rungs: readonly PlainRung[]): Rung[] =>
  rungs.map(({ name, clock, workingDays, to, channels }) => ({
    code: name,
    clock,
    offsetWorkingDays: workingDays,
    recipients: [...to],
    channels: [...channels],
  }));
