import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ROLES } from '../../src/access/role.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Item {
  id: string;
  rung: string;
  status: string;
  address: string;
  channel: string;
}
interface ItemPage {
  items: Item[];
  nextCursor: string | null;
  total?: number;
}

const clock = new SetClock('2021-11-01T10:00:00+08:00');
let app: TestApp;
let world: ReminderWorld;
let taskForce: Client;
let made: AssignedCase;
let other: AssignedCase;

beforeAll(async () => {
  app = await createTestApp({ clock });
  world = new ReminderWorld(app.database.dataSource, clock);
  await world.open();
  const department = await world.department('市自然资源局');
  const official = await world.official(department, '承办', {
    email: 'user@ankang.example',
    mobile: '19912340001',
  });
  await world.official(department, '联络', { duty: 'liaison' });
  made = await world.assignedCase(department, official, '2021-11-05T18:00:00+08:00');
  other = await world.assignedCase(department, official, '2021-11-05T18:00:00+08:00');
  await world.announce([made, [handling(made)]], [other, [handling(other)]]);
  clock.set('2021-11-02T09:00:00+08:00');
  await world.sweep.run();
  taskForce = await app.as('task_force');
});
afterAll(() => app.close());

describe('GET /deliveries', () => {
  it('shows each delivery with its reminder and a masked address', async () => {
    const { status, body } = await taskForce.get<ItemPage>(`/deliveries?caseId=${made.caseId}&count=exact`);
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(body.items.find(({ channel }) => channel === 'sms')).toEqual({
      id: expect.any(String),
      messageId: expect.any(String),
      reminder: {
        rung: 'due_soon',
        clock: 'handle',
        clockRunId: made.assignmentId,
        deadlineVersion: 1,
        assignmentId: made.assignmentId,
        caseId: made.caseId,
        problemId: null,
      },
      notice: null,
      recipient: { officialId: expect.any(String), enterpriseId: null, name: '承办' },
      channel: 'sms',
      address: '199****0001',
      status: 'pending',
      reason: null,
      attempts: 0,
      queuedAt: '2021-11-02T01:00:00.000Z',
      sentAt: null,
      deliveredAt: null,
      gatewayCode: null,
      gatewayText: null,
      acknowledgement: null,
      resolution: null,
    });
    expect(body.items.find(({ channel }) => channel === 'email')?.address).toBe('u***@ankang.example');
  });

  it('is filtered by status, channel and rung, and paged', async () => {
    const count = async (query: string): Promise<number | undefined> =>
      (await taskForce.get<ItemPage>(`/deliveries?count=exact&${query}`)).body.total;
    expect(await count('status=pending&status=sent')).toBe(4);
    expect(await count('status=failed')).toBe(0);
    expect(await count('channel=sms')).toBe(2);
    expect(await count('rung=overdue')).toBe(0);
    const first = await taskForce.get<ItemPage>('/deliveries?limit=3');
    const second = await taskForce.get<ItemPage>(`/deliveries?limit=3&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(new Set(ids).size).toBe(4);
    expect(second.body.nextCursor).toBeNull();
  });

  it.each(['status=lost', 'channel=pigeon', 'rung=A', 'caseId=1', 'cursor=x', 'limit=0', 'nonesuch=1'])(
    'refuses %s',
    async (query) => {
      expect((await taskForce.get(`/deliveries?${query}`)).status).toBe(400);
    },
  );
});

describe('POST /deliveries/{id}/retry', () => {
  const failed = async (of: AssignedCase): Promise<string> => {
    const [row] = await world.query<{ id: string }>(
      `UPDATE deliveries d SET status = 'failed', reason = 'SMTP_550' FROM reminders r
        WHERE r.id = d.reminder_id AND r.subject_id = $1 AND d.channel = 'email' RETURNING d.id`,
      [of.caseId],
    );
    if (row === undefined) throw new Error('a delivery by e-mail');
    await world.query(
      `UPDATE messages SET status = 'failed', attempts = 12 WHERE id = (SELECT message_id FROM deliveries WHERE id = $1)`,
      [row.id],
    );
    return row.id;
  };

  it('sends a failed one again, which the auditor sees', async () => {
    const { status, body } = await taskForce.post(`/deliveries/${await failed(made)}/retry`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'pending', reason: null, attempts: 0 });
    const told = await world.query(
      `SELECT payload FROM audit_events WHERE type = 'deliveries_retried' ORDER BY sequence`,
    );
    expect(told).toEqual([{ payload: { messages: 1, deliveries: 1 } }]);
  });

  it('sends one digest again of which two are asked for at once, and tells the second so', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ids = [await failed(made), await failed(other)];
      const answers = await Promise.all(ids.map((id) => taskForce.post(`/deliveries/${id}/retry`)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
  });

  it('refuses one that has not failed, one that is not there, and one whose clock has stopped', async () => {
    const id = await failed(made);
    await world.query(`UPDATE deliveries SET status = 'sent' WHERE id = $1`, [id]);
    expect(await taskForce.post(`/deliveries/${id}/retry`)).toMatchObject({
      status: 409,
      body: { code: 'DELIVERY_NOT_FAILED', params: { status: 'sent' } },
    });
    expect((await taskForce.post(`/deliveries/${uuidv7()}/retry`)).status).toBe(404);
    expect((await taskForce.post('/deliveries/1/retry')).status).toBe(400);
    const again = await failed(made);
    await world.announce([made, []]);
    expect(await taskForce.post(`/deliveries/${again}/retry`)).toMatchObject({
      status: 409,
      body: { code: 'REMINDER_STOPPED' },
    });
    await world.announce([made, [handling(made)]]);
  });
});

describe('GET /reminders', () => {
  it('shows the ladder of a case and what it has come to', async () => {
    const { body } = await taskForce.get<ItemPage>(`/reminders?caseId=${made.caseId}&state=recorded`);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        rung: 'due_soon',
        clock: 'handle',
        clockRunId: made.assignmentId,
        deadlineVersion: 1,
        deadlineAt: '2021-11-05T10:00:00.000Z',
        firesAt: '2021-11-02T01:00:00.000Z',
        state: 'recorded',
        recordedAt: '2021-11-02T01:00:00.000Z',
        emptyDuties: [],
        policyVersion: 1,
        assignmentId: made.assignmentId,
        caseId: made.caseId,
        problemId: null,
      },
    ]);
    const armed = await taskForce.get<ItemPage>(
      `/reminders?state=armed&rung=overdue&clock=handle&count=exact`,
    );
    expect(armed.body.total).toBe(2);
  });

  it('pages through several states as through one', async () => {
    const of = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      let cursor = '';
      do {
        const { status, body } = await taskForce.get<ItemPage>(`/reminders?limit=3&${query}${cursor}`);
        expect(status).toBe(200);
        found.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      return found;
    };
    const [armed, recorded] = [await of('state=armed'), await of('state=recorded')];
    const both = [...armed, ...recorded].toSorted().toReversed();
    expect([armed.length, recorded.length]).toEqual([10, 2]);
    expect(await of('state=recorded&state=armed&state=armed')).toEqual(both);
    expect(await of('')).toEqual(both);
    const { body } = await taskForce.get<ItemPage>(
      '/reminders?state=recorded&state=armed&count=exact&clock=handle',
    );
    expect(body.total).toBe(both.length);
  });
});

describe('every other role', () => {
  it.each(ROLES.filter((role) => role !== 'task_force'))('%s is refused', async (role) => {
    const client = await app.as(role);
    for (const path of ['/deliveries', '/reminders']) expect((await client.get(path)).status).toBe(403);
    expect((await client.post(`/deliveries/${uuidv7()}/retry`)).status).toBe(403);
  });
});

describe('GET /group-digests', () => {
  it('shows the task force what the robots told, newest first; to nobody else', async () => {
    for (const [robot, day] of [
      ['wecom', '2021-11-01'],
      ['wecom', '2021-11-02'],
    ])
      await world.query(
        `INSERT INTO group_digests (id, robot, on_day, content, status, next_attempt_at, queued_at, gateway_code)
         VALUES (uuidv7(), $1, $2, $4, 'sent', $3, $3, 'OK')`,
        [robot, day, clock.now(), `### ${day}`],
      );
    const { status, body } = await taskForce.get<{ items: unknown[]; total: number }>(
      '/group-digests?limit=1&count=exact',
    );
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(body.items).toEqual([
      expect.objectContaining({
        robot: 'wecom',
        onDay: '2021-11-02',
        content: '### 2021-11-02',
        status: 'sent',
      }),
    ]);
    for (const role of ROLES.filter((one) => one !== 'task_force'))
      expect((await (await app.as(role)).get('/group-digests')).status).toBe(403);
  });
});
