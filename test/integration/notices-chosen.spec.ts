import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Notices } from '../../src/notifications/notices/notices.js';
import { ROLES } from '../../src/access/role.js';
import { FiguresDue } from '../../src/reminders/notices/figures-due.js';
import type { Desk } from '../support/lifecycle-world.js';
import { both, MORNING, NoticeWorld } from '../support/notice-world.js';
import type { Client } from '../support/test-app.js';

let world: NoticeWorld;
let lead: Desk;
let notices: Notices;

beforeAll(async () => {
  world = await NoticeWorld.open();
  lead = await world.office('甲', ['head', 'liaison']);
  notices = world.cases.app.app.get(Notices);
});
afterAll(() => world.close());
beforeEach(() => world.at(MORNING));
afterEach(() => world.clear());

const publish = (week: string, departmentId = lead.departmentId) =>
  world.reminders.transactions.run((tx) =>
    notices.giveWeeklyPublished(tx, week, [
      { departmentId, cumulativeAssigned: 34, closureRate: 0.7356, overdue: 2 },
    ]),
  );

/** Signed in as the account of an official. */
async function clientOf(officialId: string | null): Promise<Client> {
  const account = await world.cases.make.account('task_force', {
    departmentId: world.reminders.taskForceId,
    officialId,
  });
  return world.cases.app.signIn(account.username, account.password);
}

const officialNamed = async (name: string): Promise<string> => {
  const [found] = await world.cases.query<{ id: string }>('SELECT id FROM officials WHERE name = $1', [name]);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found.id;
};

describe('a week that is published', () => {
  it('is told to head and liaison of each department, once, with its own figures', async () => {
    await publish('2021-W43');
    await publish('2021-W43');
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      ...both('weekly_published 甲局长'),
      ...both('weekly_published 甲联络'),
    ]);
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'weekly_published',
      variables: { week: '第43', n: '34', pct: '73%', m: '2' },
    });
    expect(world.delivery.mail.mails[0]?.subject).toMatch(/^【周通报】2021-W43 市第\d+局$/);
  });
});

describe('the figures of the month before', () => {
  const offices = ['610902', '610921', '610922'];
  const figures = () => world.cases.app.app.get(FiguresDue).run();

  beforeAll(async () => {
    world.at(MORNING);
    const { make } = world.cases;
    for (const code of offices) {
      const department = await make.department(`${code}工信局`, 'county', code);
      await make.official(department, { duty: 'liaison', name: `${code}联络` });
    }
    // Two cases here; there one whose figures have come; one in a territory without an office; no case elsewhere.
    for (const code of ['610902', '610902', '610921', '610981'])
      await world.cases.case(world.taskForce, code);
    await world.cases.query(
      `INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, revision, recorded_at)
       SELECT uuidv7(), e.id, '2021-10-01', 'electricity', 5, 'grid', 1, now()
         FROM enterprises e JOIN reporting_units u ON u.id = e.reporting_unit_id WHERE u.code = '610921'`,
    );
    // That nobody has assigned these cases is not looked at here.
    await world.clear();
  });

  it('are asked for from the fifth on, where any are lacking, once a month and not at each tick', async () => {
    world.at('2021-11-04 23:59');
    expect(await figures()).toBe(0);
    world.at('2021-11-05 00:10');
    expect(await Promise.all([figures(), figures()])).toEqual(expect.arrayContaining([2, 0]));
    world.at('2021-11-05 08:30');
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
    world.at('2021-11-05 09:00');
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      ...both('production_report_due 610902联络'),
      ...both('production_report_due 专班'),
    ]);
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'production_report_due',
      variables: { due: '11月12日' },
    });
    expect(
      world.delivery.mail.mails.map(({ text }) => text.match(/\d+户企业未填报/)?.[0]).toSorted(),
    ).toEqual(['1户企业未填报', '2户企业未填报']);
    for (const moment of ['2021-11-05 10:00', '2021-11-11 09:00', '2021-11-12 09:00']) {
      world.at(moment);
      expect(await figures()).toBe(0);
    }
    // By then the grid's figures of October are of no use either.
    world.at('2021-12-06 09:00');
    expect(await figures()).toBe(3);
  });
});

describe('the channels that a person chooses', () => {
  const path = '/auth/me/notice-channels';

  it('are asked by what policy leaves to choose, and by nothing else', async () => {
    const client = await clientOf(await officialNamed('甲联络'));
    expect((await client.get(path)).body).toEqual({
      officialId: await officialNamed('甲联络'),
      channels: ['email', 'sms'],
    });
    expect((await client.put(path, { channels: ['email'] })).body).toMatchObject({ channels: ['email'] });
    expect((await client.get(path)).body).toMatchObject({ channels: ['email'] });
    await publish('2021-W42');
    await world.assigned(lead);
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办'),
      ...both('assigned 甲联络'),
      ...both('weekly_published 甲局长'),
      'weekly_published 甲联络 email sent',
    ]);
  });

  it('are not asked by a reminder', async () => {
    const client = await clientOf(lead.officialId);
    expect((await client.put(path, { channels: ['sms'] })).status).toBe(200);
    const ref = await world.cases.case(world.taskForce);
    const { departmentId, officialId } = lead;
    await world.cases.work.assign.run(world.taskForce, ref, {
      departmentId,
      officialId,
      dueOn: '2021-11-03',
    });
    await world.sweepAndSend();
    await world.news();
    world.at('2021-11-03 09:00');
    await world.sweepAndSend();
    expect(await world.news()).toEqual(expect.arrayContaining(both('due_today 甲承办')));
  });

  it('are one at least, by which the person can be reached', async () => {
    const { make } = world.cases;
    const { id } = await make.official({ id: lead.departmentId }, { name: '甲新人', mobile: null });
    const client = await clientOf(id);
    for (const channels of [[], ['pigeon'], ['email', 'email'], 'email', null, undefined])
      expect((await client.put(path, { channels })).status).toBe(400);
    expect(await client.put(path, { channels: ['sms'] })).toMatchObject({
      status: 409,
      body: { code: 'OFFICIAL_HAS_NO_ADDRESS' },
    });
    expect((await client.get(path)).body).toMatchObject({ channels: ['email', 'sms'] });
    const nobody = await clientOf(null);
    for (const answer of [await nobody.get(path), await nobody.put(path, { channels: ['email'] })])
      expect(answer).toMatchObject({ status: 409, body: { code: 'ACCOUNT_HAS_NO_OFFICIAL' } });
  });

  it('are changed by the task force too, and by no department', async () => {
    const id = await officialNamed('甲局长');
    const office = await world.cases.app.as('task_force');
    const change = (client: Client, noticeChannels: unknown, version: number) =>
      client.patch(`/officials/${id}`, { noticeChannels }, { 'if-match': `"${version}"` });
    expect(await change(office, ['sms'], 1)).toMatchObject({
      status: 200,
      body: { noticeChannels: ['sms'], version: 2 },
    });
    expect((await change(office, [], 2)).status).toBe(400);
    expect((await change(await lead.client(), null, 2)).status).toBe(403);
    expect(await change(office, null, 2)).toMatchObject({ status: 200, body: { noticeChannels: null } });
  });
});

describe('POST /reminder-policies/test-fire', () => {
  const path = '/reminder-policies/test-fire';
  let officialId: string;
  let client: Client;

  beforeAll(async () => {
    world.at(MORNING);
    ({ id: officialId } = await world.cases.make.official(
      { id: world.reminders.taskForceId },
      { name: '试发人' },
    ));
    client = await clientOf(officialId);
  });

  it('sends a sample of a rung to oneself, marked as a test', async () => {
    world.at('2021-11-01 10:01');
    const { status, body } = await client.post(path, { rung: 'overdue' });
    expect(status).toBe(202);
    expect(body).toEqual({
      noticeId: expect.any(String),
      officialId,
      channels: ['email', 'sms'],
      goesAt: '2021-11-01T02:01:00.000Z',
    });
    await world.sweepAndSend();
    expect(await world.news()).toEqual(both('test 试发人'));
    const [mail] = world.delivery.mail.mails;
    expect(mail?.subject).toBe('【测试 · 红灯提醒】TEST-000001 测试企业（虚构）');
    expect(mail?.text).toContain('无需办理');
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'overdue',
      variables: { ent: '测试企业（虚构）', no: 'TEST-000001', days: '1' },
    });
  });

  it('goes by the channels of the rung, and of another message by those of its kind', async () => {
    world.at('2021-11-01 10:02');
    expect((await client.post(path, { rung: 'expose' })).body).toMatchObject({ channels: ['email'] });
    world.at('2021-11-01 10:03');
    expect((await client.post(path, { kind: 'assigned' })).body).toMatchObject({
      channels: ['email', 'sms'],
    });
    await world.sweepAndSend();
    expect(await world.news()).toEqual(['test 试发人 email sent', ...both('test 试发人')]);
  });

  it('waits for nine o’clock outside sending time', async () => {
    world.at('2021-11-01 21:30');
    const late = await clientOf(officialId);
    expect((await late.post(path, { rung: 'overdue' })).body).toMatchObject({
      goesAt: '2021-11-02T01:00:00.000Z',
    });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
  });

  it('is sent to nobody else, whoever stands in today', async () => {
    world.at('2021-11-01 10:05');
    await world.cases.query(
      `INSERT INTO deputies (id, official_id, deputy_id, from_on, to_on)
       VALUES (uuidv7(), $1, $2, '2021-11-01', '2021-11-01')`,
      [officialId, lead.officialId],
    );
    await client.post(path, { rung: 'overdue' });
    await world.sweepAndSend();
    expect(await world.news()).toEqual(both('test 试发人'));
  });

  it('is one a minute', async () => {
    world.at('2021-11-01 10:06');
    expect((await client.post(path, { rung: 'overdue' })).status).toBe(202);
    const again = await client.post(path, { rung: 'due_today' });
    expect(again).toMatchObject({ status: 429, body: { code: 'TEST_TOO_SOON' } });
    expect(again.headers.get('retry-after')).toBe('60');
    world.at('2021-11-01 10:07');
    expect((await client.post(path, { rung: 'due_today' })).status).toBe(202);
  });

  it('names one rung of the ladder or one kind', async () => {
    for (const body of [
      {},
      { rung: 'overdue', kind: 'assigned' },
      { rung: 'nonesuch' },
      { kind: 'test' },
      { rung: 1 },
    ])
      expect((await client.post(path, body)).status).toBe(400);
  });

  it('needs an official who can be reached', async () => {
    world.at('2021-11-01 10:08');
    const { make } = world.cases;
    const codeFor = async (id: string | null, rung = 'overdue') =>
      (await (await clientOf(id)).post(path, { rung })).body['code'];
    expect(await codeFor(null)).toBe('ACCOUNT_HAS_NO_OFFICIAL');
    const office = { id: world.reminders.taskForceId };
    const deaf = await make.official(office, { email: null, mobile: '09153213456' });
    expect(await codeFor(deaf.id)).toBe('OFFICIAL_HAS_NO_ADDRESS');
    const mobileOnly = await make.official(office, { email: null });
    expect(await codeFor(mobileOnly.id, 'expose')).toBe('OFFICIAL_HAS_NO_ADDRESS');
    const gone = await make.official(office, { isActive: false });
    expect(await codeFor(gone.id)).toBe('OFFICIAL_INACTIVE');
  });

  it.each(ROLES.filter((role) => role !== 'task_force'))('is refused to %s', async (role) => {
    expect((await (await world.cases.app.as(role)).post(path, { rung: 'overdue' })).status).toBe(403);
  });
});
