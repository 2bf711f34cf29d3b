import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ROLES } from '../../src/access/role.js';
import { MeasureMessages } from '../../src/notifications/measure-messages.js';
import { Messages } from '../../src/notifications/messages.repository.js';
import { MeasureReminders } from '../../src/reminders/measure-reminders.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Item {
  id: string;
  status: string;
  messageId: string;
  reason: string | null;
  sentAt: string | null;
  resolution: unknown;
}
interface Counts {
  total: number;
  counts: Array<{ status: string; channel: string; count: number }>;
}

const QUIET_MS = 5 * 60_000;
const clock = new SetClock('2021-11-01T10:00:00+08:00');
let app: TestApp;
let world: ReminderWorld;
let taskForce: Client;
let department: string;
let official: string;
let cases: AssignedCase[];
let mail: string;

beforeAll(async () => {
  app = await createTestApp({ clock });
  world = new ReminderWorld(app.database.dataSource, clock);
  await world.open();
  department = await world.department('市自然资源局');
  official = await world.official(department, '承办');
  cases = [
    await world.assignedCase(department, official, '2021-11-05T18:00:00+08:00'),
    await world.assignedCase(department, official, '2021-11-05T18:00:00+08:00'),
  ];
  await world.announce(
    ...cases.map((made): [AssignedCase, [ReturnType<typeof handling>]] => [made, [handling(made)]]),
  );
  clock.set('2021-11-02T09:00:00+08:00');
  await world.sweep.run();
  taskForce = await app.as('task_force');
  const [row] = await world.query<{ id: string }>(`SELECT id FROM messages WHERE channel = 'email'`);
  mail = row?.id ?? '';
});
afterAll(() => app.close());

/** The one mail, with both its deliveries, as it would be after something happened to it. */
beforeEach(async () => {
  clock.set('2021-11-02T09:00:00+08:00');
  await set('pending');
});

async function set(status: string, message: { reason?: string; leaseUntil?: string } = {}): Promise<void> {
  const { reason = null, leaseUntil = null } = message;
  await world.query(
    `UPDATE messages SET status = $2, attempts = 1, gateway_code = $3, lease_until = $4,
            resolved_at = NULL, resolved_by = NULL, resolution_note = NULL, sent_at = NULL WHERE id = $1`,
    [mail, status, reason, leaseUntil],
  );
  await world.query(`UPDATE deliveries SET status = $2, reason = $3 WHERE message_id = $1`, [
    mail,
    status,
    reason,
  ]);
}

const page = async (query: string): Promise<Item[]> =>
  (await taskForce.get<{ items: Item[] }>(`/deliveries?${query}`)).body.items;
const oneOfMail = async (): Promise<Item> => {
  const [item] = await page(`messageId=${mail}`);
  if (item === undefined) throw new Error('a delivery of the mail');
  return item;
};
const fence = async (): Promise<number> =>
  (await world.query<{ fence: number }>('SELECT fence FROM messages WHERE id = $1', [mail]))[0]?.fence ?? -1;
const trail = (type: string): Promise<Array<{ payload: Record<string, unknown>; actorId: string }>> =>
  world.query(
    `SELECT payload, actor_id AS "actorId" FROM audit_events WHERE type = $1 ORDER BY sequence DESC`,
    [type],
  );

describe('GET /deliveries', () => {
  it('is filtered by whom, what, when and why', async () => {
    await set('failed', { reason: 'SMTP_550' });
    const nobody = uuidv7();
    const found = async (query: string): Promise<number> => (await page(query)).length;
    expect(await found(`official=${official}`)).toBe(4);
    expect(await found(`official=${nobody}`)).toBe(0);
    expect(await found(`department=${department}`)).toBe(4);
    expect(await found(`department=${world.taskForceId}`)).toBe(0);
    expect(await found(`messageId=${mail}`)).toBe(2);
    expect(await found(`problemId=${nobody}`)).toBe(0);
    expect(await found('reason=SMTP_550')).toBe(2);
    expect(await found('gatewayCode=SMTP_550&gatewayCode=250')).toBe(2);
    expect(await found('gatewayCode=250')).toBe(0);
    expect(await found('queuedFrom=2021-11-02&queuedTo=2021-11-02')).toBe(4);
    expect(await found('queuedTo=2021-11-01')).toBe(0);
    expect(await found('queuedFrom=2021-11-03')).toBe(0);
  });

  it.each([
    'official=1',
    'department=x',
    'messageId=1',
    'queuedFrom=2021-02-30',
    'gatewayCode=%27',
    'reason=',
  ])('refuses %s', async (query) => expect((await taskForce.get(`/deliveries?${query}`)).status).toBe(400));
});

describe('GET /deliveries/counts', () => {
  const counts = async (query = ''): Promise<Counts> =>
    (await taskForce.get<Counts>(`/deliveries/counts?${query}`)).body;

  it('counts by status and channel, within a filter and a window of days', async () => {
    await set('failed');
    expect(await counts()).toEqual({
      queuedFrom: '2021-10-04',
      queuedTo: '2021-11-02',
      total: 4,
      counts: [
        { status: 'failed', channel: 'email', count: 2 },
        { status: 'pending', channel: 'sms', count: 2 },
      ],
    });
    expect((await counts('rung=due_soon&status=failed')).total).toBe(2);
    expect((await counts(`caseId=${cases[0]?.caseId}`)).total).toBe(2);
    expect((await counts('queuedTo=2021-11-01')).total).toBe(0);
    const on = async (day: string): Promise<number> => {
      clock.set(`${day}T09:00:00+08:00`);
      return (await (await app.as('task_force')).get<Counts>('/deliveries/counts')).body.total;
    };
    expect(await on('2021-12-01')).toBe(4);
    expect(await on('2021-12-02')).toBe(0);
    clock.set('2021-11-02T09:00:00+08:00');
    taskForce = await app.as('task_force');
  });

  it('counts a year at most, and no window that ends before it begins', async () => {
    expect((await taskForce.get('/deliveries/counts?queuedFrom=2020-11-02')).status).toBe(200);
    expect(await taskForce.get('/deliveries/counts?queuedFrom=2020-11-01')).toMatchObject({
      status: 400,
      body: { code: 'WINDOW_TOO_LONG' },
    });
    expect(await taskForce.get('/deliveries/counts?queuedFrom=2021-11-03')).toMatchObject({
      status: 400,
      body: { code: 'WINDOW_REVERSED' },
    });
    expect((await taskForce.get('/deliveries/counts?limit=1')).status).toBe(400);
  });
});

describe('POST /deliveries/{id}/resolve', () => {
  const resolve = async (outcome: string): ReturnType<Client['post']> =>
    taskForce.post(`/deliveries/${(await oneOfMail()).id}/resolve`, { outcome, note: '电话询问责任人' });

  it('settles the whole message, and says who did and why', async () => {
    await set('unknown', { reason: 'NO_ANSWER' });
    const { status, body } = await resolve('sent');
    expect(status).toBe(200);
    const resolution = {
      at: '2021-11-02T01:00:00.000Z',
      accountId: expect.any(String),
      note: '电话询问责任人',
    };
    expect(body).toMatchObject({
      status: 'sent',
      reason: null,
      sentAt: null,
      gatewayCode: 'NO_ANSWER',
      resolution,
    });
    expect((await page(`messageId=${mail}`)).map((item) => item.status)).toEqual(['sent', 'sent']);
    expect((await trail('delivery_resolved'))[0]?.payload).toEqual({
      outcome: 'sent',
      note: '电话询问责任人',
      deliveries: 2,
    });
    expect(await resolve('failed')).toMatchObject({ status: 409, body: { code: 'DELIVERY_NOT_UNKNOWN' } });
  });

  it('lets one that failed be sent again', async () => {
    await set('unknown', { reason: 'NO_ANSWER' });
    expect((await resolve('failed')).body).toMatchObject({ status: 'failed', reason: 'RESOLVED_AS_FAILED' });
    const { id } = await oneOfMail();
    expect((await taskForce.post(`/deliveries/${id}/retry`)).body).toMatchObject({
      status: 'pending',
      resolution: null,
    });
  });

  it('waits as long as a worker might still say what became of it, and is not overturned later', async () => {
    const messages = app.app.get(Messages);
    await set('sending', { leaseUntil: '2021-11-02T08:59:59+08:00' });
    expect(await resolve('failed')).toMatchObject({ status: 409, body: { code: 'DELIVERY_NOT_UNKNOWN' } });
    await messages.expireLeases();
    expect(await resolve('failed')).toMatchObject({ status: 409, body: { code: 'DELIVERY_OUTCOME_OPEN' } });
    const held = await fence();
    clock.set(new Date(new Date('2021-11-02T08:59:59+08:00').getTime() + QUIET_MS));
    expect((await resolve('failed')).status).toBe(200);
    const late = {
      id: mail,
      fence: held,
      nextAttemptAt: null,
      gatewayId: null,
      gatewayCode: '250',
      gatewayText: '',
    };
    await messages.record([{ ...late, status: 'sent' }]);
    expect(await oneOfMail()).toMatchObject({ status: 'failed', sentAt: null });
  });

  it.each(['pending', 'sending', 'sent', 'failed', 'suppressed'])(
    'leaves one that is %s alone',
    async (status) => {
      await set(status);
      expect(await resolve('sent')).toMatchObject({ status: 409, body: { params: { status } } });
      expect((await oneOfMail()).status).toBe(status);
    },
  );

  it('wants an outcome and a reason, of something that is there', async () => {
    await set('unknown');
    const { id } = await oneOfMail();
    for (const body of [
      {},
      { outcome: 'delivered', note: '问过' },
      { outcome: 'sent' },
      { outcome: 'sent', note: '   ' },
    ])
      expect((await taskForce.post(`/deliveries/${id}/resolve`, body)).status).toBe(400);
    const right = { outcome: 'sent', note: '问过网关' };
    expect((await taskForce.post(`/deliveries/${uuidv7()}/resolve`, right)).status).toBe(404);
    expect((await oneOfMail()).status).toBe('unknown');
  });
});

describe('POST /deliveries/retry', () => {
  it('sends again what failed within the filter, and nothing else', async () => {
    await set('failed', { reason: 'SMTP_550' });
    expect((await taskForce.post('/deliveries/retry?gatewayCode=SMTP_554')).body).toEqual({
      messages: 0,
      deliveries: 0,
      hasMore: false,
    });
    expect((await oneOfMail()).status).toBe('failed');
    const { status, body } = await taskForce.post('/deliveries/retry?channel=email&gatewayCode=SMTP_550');
    expect([status, body]).toEqual([200, { messages: 1, deliveries: 2, hasMore: false }]);
    expect((await oneOfMail()).status).toBe('pending');
    expect((await trail('deliveries_retried'))[0]?.payload).toEqual({ messages: 1, deliveries: 2 });
    expect((await taskForce.post('/deliveries/retry', { channel: ['email'] })).status).toBe(400);
    for (const wrong of ['status=sent', 'channel=pigeon', 'official=1'])
      expect((await taskForce.post(`/deliveries/retry?${wrong}`)).status).toBe(400);
  });

  it('leaves what is not to be said any more, and what nobody knows the end of', async () => {
    const [made, other] = cases;
    if (made === undefined || other === undefined) throw new Error('two cases');
    await set('failed');
    await world.announce([made, []]);
    expect((await taskForce.post('/deliveries/retry')).body).toEqual({
      messages: 1,
      deliveries: 1,
      hasMore: false,
    });
    await world.announce([made, [handling(made)]]);
    await set('unknown');
    expect((await taskForce.post('/deliveries/retry')).body).toMatchObject({ messages: 0 });
  });
});

describe('GET /metrics', () => {
  const value = async (series: string): Promise<number | undefined> => {
    const lines = (await (await fetch(`${app.url}/metrics`)).text()).split('\n');
    const line = lines.find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.split(' ')[1]);
  };

  it('tells what waits, for how long, and what waits for a person', async () => {
    await set('unknown');
    clock.set('2021-11-02T09:10:00+08:00');
    await world.query(
      `UPDATE reminders SET state = 'armed', fires_at = '2021-11-02T09:05:00+08:00' WHERE rung = 'overdue'`,
    );
    await app.app.get(MeasureMessages).run();
    await app.app.get(MeasureReminders).run();
    expect(await value('shukun_messages_in_trouble{channel="email",status="unknown"}')).toBe(1);
    expect(await value('shukun_messages_in_trouble{channel="email",status="failed"}')).toBe(0);
    expect(await value('shukun_messages_unsent{channel="sms"}')).toBe(1);
    expect(await value('shukun_messages_oldest_unsent_seconds{channel="sms"}')).toBe(600);
    expect(await value('shukun_messages_oldest_unsent_seconds{channel="email"}')).toBe(0);
    expect(await value('shukun_messages_oldest_ready_seconds{channel="sms"}')).toBe(600);
    expect(await value('shukun_reminders_due')).toBe(2);
    expect(await value('shukun_reminders_oldest_due_seconds')).toBe(300);
    const measuredAt = clock.now().getTime() / 1_000;
    expect(await value('shukun_messages_measured_timestamp_seconds')).toBe(measuredAt);
    expect(await value('shukun_reminders_measured_timestamp_seconds')).toBe(measuredAt);
  });

  it('tells how long after it fell due each reminder was sent', async () => {
    const series = 'shukun_reminder_lag_seconds_sum{channel="email"}';
    const before = (await value(series)) ?? 0;
    await set('sending', { leaseUntil: '2021-11-02T09:20:00+08:00' });
    clock.set('2021-11-02T09:10:00+08:00');
    const sent = { id: mail, nextAttemptAt: null, gatewayId: null, gatewayCode: '250', gatewayText: '' };
    await app.app.get(Messages).record([{ ...sent, fence: await fence(), status: 'sent' }]);
    expect((await value(series)) ?? 0).toBe(before + 2 * 600);
  });
});

describe('every other role', () => {
  it.each(ROLES.filter((role) => role !== 'task_force'))('%s is refused', async (role) => {
    const client = await app.as(role);
    const { id } = await oneOfMail();
    expect((await client.get('/deliveries/counts')).status).toBe(403);
    expect((await client.post('/deliveries/retry')).status).toBe(403);
    expect((await client.post(`/deliveries/${id}/resolve`, { outcome: 'sent', note: '问过' })).status).toBe(
      403,
    );
  });
});
