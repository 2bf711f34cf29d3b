import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { LEASE_MS } from '../../src/notifications/messages.repository.js';
import { MOST_ATTEMPTS } from '../../src/notifications/outcome.js';
import { mobileColumns } from '../../src/organization/official-mobile.js';
import { deliveryStatuses } from '../support/delivery-statuses.js';
import { DeliveryWorld } from '../support/delivery-world.js';
import { overdueCases } from '../support/overdue-cases.js';
import { testPersonalData } from '../support/personal-data.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Friday, 5 November 2021 18:00; red from Monday the 8th at 09:00. */
const DUE = '2021-11-05T18:00:00+08:00';
const RED = '2021-11-08T09:00:00+08:00';
/** Three working days before. */
const SOON = '2021-11-02T09:00:00+08:00';

let database: TestDatabase;
let world: ReminderWorld;
let delivery: DeliveryWorld;
const clock = new SetClock(RED);

let department: string;
let handler: string;
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  await world.official(world.taskForceId, '专班一');
  delivery = await DeliveryWorld.start(world);
});
afterAll(async () => {
  await delivery.close();
  await database.drop();
});

beforeEach(async () => {
  clock.set('2021-11-01T10:00:00+08:00');
  department = await world.department(`局${uuidv7()}`);
  handler = await world.official(department, '承办');
  await world.official(department, '联络', { duty: 'liaison' });
});
afterEach(async () => {
  delivery.clear();
  await world.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
  await world.query(`UPDATE deliveries SET status = 'suppressed' WHERE status IN ('pending', 'sending')`);
  await world.query(`UPDATE messages SET status = 'suppressed' WHERE status IN ('pending', 'sending')`);
});

const redCases = (count: number) => overdueCases(world, { department, handler, dueAt: DUE, at: RED }, count);
const statuses = (cases: AssignedCase[], column?: string) => deliveryStatuses(world, cases, column);

describe('forty overdue assignments', () => {
  it('arrive once at each recipient, whatever is run again', async () => {
    const cases = await redCases(40);
    const [one, other] = [delivery.worker(), delivery.worker()];
    await Promise.all([world.sweep.run(), world.anotherSweep().run()]);
    await Promise.all([one.deliver.run(), other.deliver.run()]);
    await Promise.all([
      world.sweep.run(),
      world.anotherSweep().run(),
      one.deliver.run(),
      other.deliver.run(),
    ]);
    expect(delivery.mail.mails).toHaveLength(3);
    expect(new Set(delivery.mail.mails.flatMap(({ to }) => to)).size).toBe(3);
    expect(delivery.sms.messages).toHaveLength(3);
    expect(new Set(delivery.sms.messages.map(({ to }) => to)).size).toBe(3);
    expect(delivery.mail.mails[0]?.subject).toBe('【办理提醒】40项需处理，其中超期40项');
    expect(delivery.sms.messages[0]?.text).toBe(
      '【安康市工信局】办理提醒：您有40项企业问题需处理，其中超期40项，最早到期11月5日，请登录纾困平台办理。',
    );
    expect(await statuses(cases)).toEqual({ sent: 240 });
  });

  it('are shared out between workers when each has a message of its own', async () => {
    const cases: AssignedCase[] = [];
    for (let made = 0; made < 40; made += 1) {
      const official = await world.official(department, `承办${made}`);
      cases.push(await world.assignedCase(department, official, DUE));
    }
    await world.announce(
      ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
    );
    clock.set(SOON);
    await world.sweep.run();
    const workers = [delivery.worker(), delivery.worker(), delivery.worker()];
    await Promise.all(workers.map(({ deliver }) => deliver.run()));
    await Promise.all(workers.map(({ deliver }) => deliver.run()));
    expect(delivery.mail.mails).toHaveLength(40);
    expect(new Set(delivery.mail.mails.map(({ messageId }) => messageId)).size).toBe(40);
    expect(delivery.sms.messages).toHaveLength(40);
    expect(new Set(delivery.sms.messages.map(({ outId }) => outId)).size).toBe(40);
  });
});

describe('a message', () => {
  it('says what is overdue, to whom, with an id of its own and nothing of the problem', async () => {
    const [made] = await redCases(1);
    await world.sweep.run();
    await delivery.worker().deliver.run();
    const [row] = await world.query<{ number: string; id: string }>(
      `SELECT c.number, m.id FROM cases c, messages m, deliveries d, reminders r
        WHERE c.id = $1 AND r.subject_id = c.id AND d.reminder_id = r.id AND m.id = d.message_id
          AND d.official_id = $2 AND m.channel = 'email'`,
      [made?.caseId, handler],
    );
    const mail = delivery.mail.mails.find(({ messageId }) => messageId === `${row?.id}@ankang.example`);
    expect(mail?.subject).toMatch(new RegExp(`^【红灯提醒】${row?.number} 安康第\\d+号富硒食品有限公司$`));
    expect(mail?.text).toContain('承办，您好：');
    expect(mail?.text).toContain('已超期1个工作日');
    expect(mail?.html).toContain(`>${row?.number}</td>`);
    const sms = delivery.sms.messages.find(({ template }) => template === 'overdue');
    expect(sms?.text).toContain(`问题${row?.number}已超期1个工作日`);
    expect(sms?.variables).toMatchObject({ no: row?.number, days: '1' });
  });

  it('in a name cannot begin a header of its own', async () => {
    const official = await world.official(department, '张三\r\nBcc: all@example.com');
    const made = await world.assignedCase(department, official, DUE);
    // No body lets such a name in; a ledger of long ago may have.
    await database.dataSource.query(`UPDATE enterprises SET name = name || $1`, ['\r\nCc: all@example.com']);
    await world.announce([made, [handling(made)]]);
    clock.set(SOON);
    await world.sweep.run();
    await delivery.worker().deliver.run();
    expect(delivery.mail.mails).toHaveLength(1);
    expect(delivery.mail.mails[0]?.to).toHaveLength(1);
    expect(delivery.mail.mails[0]?.subject).toMatch(/^[^\r\n]*Cc: all@example\.com$/);
  });
});

describe('what is looked at again before sending', () => {
  it('a case closed after it was recorded sends nothing', async () => {
    const cases = await redCases(2);
    await world.sweep.run();
    await world.announce(...cases.map((made): [AssignedCase, never[]] => [made, []]));
    await delivery.worker().deliver.run();
    expect(delivery.mail.mails).toEqual([]);
    expect(await statuses(cases)).toEqual({ suppressed: 12 });
    expect(await statuses(cases, 'm.status')).toEqual({ suppressed: 12 });
  });

  it('a digest leaves out the case that was closed', async () => {
    const [closed, open] = await redCases(2);
    await world.sweep.run();
    if (closed === undefined || open === undefined) throw new Error('two cases');
    await world.announce([closed, []]);
    await delivery.worker().deliver.run();
    expect(delivery.mail.mails.every(({ subject }) => subject.startsWith('【红灯提醒】'))).toBe(true);
    expect(await statuses([closed])).toEqual({ suppressed: 6 });
    expect(await statuses([open])).toEqual({ sent: 6 });
  });

  it('a delivery that was recorded while its clock stopped is left out', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    // As a sweep leaves it that was recording when the change was made: not in that change's snapshot.
    await world.query('UPDATE reminders SET is_running = false WHERE subject_id = $1', [cases[0]?.caseId]);
    await delivery.worker().deliver.run();
    expect(await statuses(cases, 'd.reason')).toEqual({ CLOCK_STOPPED: 6 });
    expect(delivery.mail.mails).toEqual([]);
  });

  it('people who have left get nothing', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    await world.query('UPDATE officials SET is_active = false WHERE id = $1', [handler]);
    await delivery.worker().deliver.run();
    expect(await statuses(cases)).toEqual({ sent: 4, suppressed: 2 });
  });

  it('a message of which a change holds a delivery is left to the next claim', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    const { deliver } = delivery.worker();
    await world.transactions.run(async (tx) => {
      await world.changes.announce(
        tx,
        cases.map(({ caseId }) => ({ subjectId: caseId, caseId, problemId: null, clocks: [] })),
      );
      await deliver.run();
      expect(delivery.mail.mails).toEqual([]);
    });
    await deliver.run();
    expect(await statuses(cases)).toEqual({ suppressed: 6 });
  });

  it('nothing leaves in quiet hours; it goes at the next 09:00', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    const { deliver } = delivery.worker();
    clock.set('2021-11-08T21:00:00+08:00');
    await deliver.run();
    clock.set('2021-11-09T08:59:59+08:00');
    await deliver.run();
    expect(delivery.mail.mails).toEqual([]);
    clock.set('2021-11-09T09:00:00+08:00');
    await deliver.run();
    expect(await statuses(cases)).toEqual({ sent: 6 });
  });

  it('a channel that is switched off suppresses what it would carry', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    await delivery.worker(delivery.mail.url, null).deliver.run();
    expect(await statuses(cases, `d.channel || ' ' || d.status || coalesce(' ' || d.reason, '')`)).toEqual({
      'email sent': 3,
      'sms suppressed CHANNEL_OFF': 3,
    });
  });
});

describe('when sending goes wrong', () => {
  const run = async (): Promise<AssignedCase[]> => {
    const cases = await redCases(1);
    await world.sweep.run();
    await delivery.worker().deliver.run();
    return cases;
  };
  const byChannel = (cases: AssignedCase[], channel: string): Promise<Record<string, number>> =>
    statuses(
      cases,
      `CASE d.channel WHEN '${channel}' THEN d.status || coalesce(' ' || d.reason, '') ELSE '-' END`,
    );

  it('a refusal for now is tried again later, and arrives once', async () => {
    delivery.mail.decide = ({ stage }) =>
      stage === 'data' ? { code: 451, text: 'try again later' } : 'accept';
    delivery.sms.decide = () => ({ status: 503 });
    const cases = await run();
    expect(await statuses(cases)).toEqual({ pending: 6 });
    expect(await statuses(cases, 'm.gateway_code')).toEqual({ SMTP_451: 3, REFUSED: 3 });
    delivery.clear();
    const { deliver } = delivery.worker();
    await deliver.run();
    expect(delivery.mail.mails).toEqual([]);
    clock.set('2021-11-08T09:00:06+08:00');
    await deliver.run();
    await deliver.run();
    expect(await statuses(cases)).toEqual({ sent: 6 });
    expect(delivery.mail.mails).toHaveLength(3);
  });

  it('a refusal for good is shown as failed with the words of the server', async () => {
    delivery.mail.decide = ({ stage }) =>
      stage === 'recipient' ? { code: 550, text: 'no such user' } : 'accept';
    delivery.sms.decide = () => ({
      status: 200,
      body: { code: 'BLACKLISTED', message: 'number is blocked' },
    });
    const cases = await run();
    expect(await byChannel(cases, 'email')).toEqual({ 'failed SMTP_550': 3, '-': 3 });
    expect(await byChannel(cases, 'sms')).toEqual({ 'failed BLACKLISTED': 3, '-': 3 });
    expect(await statuses(cases, 'm.gateway_text')).toEqual({
      '550 no such user': 3,
      'number is blocked': 3,
    });
  });

  it('the words of the server are kept without the address that they repeat', async () => {
    const { mobileSealed } = mobileColumns(testPersonalData(), handler, '19912345678');
    await world.query('UPDATE officials SET email = $2, mobile_sealed = $3 WHERE id = $1', [
      handler,
      'Wang.Jianguo@ankang.example',
      mobileSealed,
    ]);
    delivery.mail.decide = (moment) =>
      moment.stage === 'recipient' ? { code: 550, text: `<${moment.address}>: no such user` } : 'accept';
    delivery.sms.decide = ({ to }) => ({ status: 200, body: { code: 'OFF', message: `+86${to} is off` } });
    const made = await world.assignedCase(department, handler, DUE);
    await world.announce([made, [handling(made)]]);
    clock.set(SOON);
    await world.sweep.run();
    await delivery.worker().deliver.run();
    expect(await statuses([made], 'm.gateway_text')).toEqual({
      '550 <W***@ankang.example>: no such user': 1,
      '+86199****5678 is off': 1,
    });
  });

  it('a connection cut after the data leaves it unknown, and nothing is repeated', async () => {
    delivery.mail.decide = ({ stage }) => (stage === 'data' ? 'cut' : 'accept');
    delivery.sms.decide = () => 'cut';
    const cases = await run();
    expect(await statuses(cases, `d.status || ' ' || d.reason`)).toEqual({ 'unknown NO_ANSWER': 6 });
    clock.set('2021-11-09T10:00:00+08:00');
    await delivery.worker().deliver.run();
    expect(delivery.mail.mails).toHaveLength(3);
    expect(delivery.sms.messages).toHaveLength(3);
  });

  it('an SMS gateway that took it and then failed leaves it unknown, and nothing is repeated', async () => {
    delivery.sms.decide = () => ({ status: 500, body: { code: 'INTERNAL' }, isTaken: true });
    const cases = await run();
    expect(await byChannel(cases, 'sms')).toEqual({ 'unknown INTERNAL': 3, '-': 3 });
    clock.set('2021-11-09T10:00:00+08:00');
    await delivery.worker().deliver.run();
    expect(delivery.sms.messages).toHaveLength(3);
  });

  it('a server that is not there is tried until there is no point, and then shown as failed', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    const nowhere = delivery.worker('smtp://127.0.0.1:1', 'http://127.0.0.1:1/send');
    await nowhere.deliver.run();
    expect(await statuses(cases)).toEqual({ pending: 6 });
    await world.query('UPDATE messages SET attempts = $1 WHERE status = $2', [MOST_ATTEMPTS - 1, 'pending']);
    clock.set('2021-11-08T10:00:00+08:00');
    await nowhere.deliver.run();
    expect(await statuses(cases)).toEqual({ failed: 6 });
  });

  it('what a dead worker had in hand is unknown once its lease has run out', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    const dead = delivery.worker();
    const { claimed } = await dead.messages.claim({ channel: 'email', count: 10, isOff: false });
    expect(claimed).toHaveLength(3);
    const { deliver } = delivery.worker();
    clock.set(new Date(new Date(RED).getTime() + LEASE_MS));
    await deliver.run();
    expect(await byChannel(cases, 'email')).toEqual({ sending: 3, '-': 3 });
    clock.set(new Date(new Date(RED).getTime() + LEASE_MS + 1));
    await deliver.run();
    expect(await byChannel(cases, 'email')).toEqual({ 'unknown LEASE_EXPIRED': 3, '-': 3 });
    expect(delivery.mail.mails).toEqual([]);

    // It was not dead after all: its late answer settles what nobody knew.
    const [message] = claimed;
    if (message === undefined) throw new Error('three messages');
    const settled = {
      id: message.id,
      nextAttemptAt: null,
      gatewayId: null,
      gatewayCode: '250',
      gatewayText: '',
    };
    await dead.messages.record([{ ...settled, fence: message.fence - 1, status: 'sent' }]);
    expect(await byChannel(cases, 'email')).toEqual({ 'unknown LEASE_EXPIRED': 3, '-': 3 });
    await dead.messages.record([{ ...settled, fence: message.fence, status: 'sent' }]);
    expect(await byChannel(cases, 'email')).toEqual({ 'unknown LEASE_EXPIRED': 2, sent: 1, '-': 3 });
  });

  it('a message that could not be started in time goes back as if it had not been claimed', async () => {
    const cases = await redCases(1);
    await world.sweep.run();
    const { messages, deliver } = delivery.worker();
    const { claimed } = await messages.claim({ channel: 'sms', count: 10, isOff: false });
    await messages.release(claimed);
    expect(await byChannel(cases, 'sms')).toEqual({ pending: 3, '-': 3 });
    clock.set('2021-11-08T09:00:20+08:00');
    await deliver.run();
    expect(await statuses(cases)).toEqual({ sent: 6 });
    expect(await statuses(cases, 'm.attempts')).toEqual({ 1: 6 });
  });
});

describe('the lease', () => {
  it('is what keeps two workers apart: without it the same message goes twice', async () => {
    await redCases(1);
    await world.sweep.run();
    const claim = { channel: 'email', count: 10, isOff: false } as const;
    const [one, other] = await Promise.all([
      delivery.worker().messages.claim(claim),
      delivery.worker().messages.claim(claim),
    ]);
    expect(one.claimed.length + other.claimed.length).toBe(3);
    // Taken away: the rows look unclaimed although a worker has them.
    await world.query(`UPDATE messages SET status = 'pending' WHERE status = 'sending'`);
    await world.query(`UPDATE deliveries SET status = 'pending' WHERE status = 'sending'`);
    expect((await delivery.worker().messages.claim(claim)).claimed).toHaveLength(3);
  });
});
