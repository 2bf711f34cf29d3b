import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { OutgoingHttp } from '../../src/platform/http/outgoing/outgoing-http.js';
import { LEASE_MS } from '../../src/notifications/messages.repository.js';
import { ComposeGroupDigest } from '../../src/notifications/robots/compose-group-digest.js';
import { CountFigures } from '../../src/notifications/robots/count-figures.js';
import { GroupDigests } from '../../src/notifications/robots/group-digests.repository.js';
import { PostToRobot } from '../../src/notifications/robots/post-to-robot.js';
import { Robots } from '../../src/notifications/robots/robots.js';
import { TellGroups } from '../../src/notifications/robots/tell-groups.js';
import { testConfig } from '../support/delivery-world.js';
import { DINGTALK_SECRET, GroupRobots } from '../support/group-robots.js';
import { handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Monday. */
const MONDAY = '2021-11-08';
const at = (day: string, time: string): Date => new Date(`${day}T${time}+08:00`);
const NINE = at(MONDAY, '09:00:00');

let database: TestDatabase;
let world: ReminderWorld;
let robots: GroupRobots;
const clients: OutgoingHttp[] = [];
const clock = new SetClock('2021-11-01T10:00:00+08:00');
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  robots = await GroupRobots.start(() => clock.now());
  const department = await world.department('市工信局');
  const official = await world.official(department, '承办', { mobile: '19912345678' });
  await world.official(department, '局长', { duty: 'head' });
  const other = await world.department('市住建局');
  await world.official(other, '联络', { duty: 'liaison' });
  await world.official(other, '局长', { duty: 'head' });
  const dueOn = (day: string): string => `${day}T18:00:00+08:00`;
  for (const day of [MONDAY, MONDAY, '2021-11-05', '2021-11-01', '2021-10-22', '2021-12-01']) {
    const made = await world.assignedCase(department, official, dueOn(day));
    if (day === '2021-12-01') await world.announce([made, [handling(made)]]);
  }
  await world.assignedCase(other, await world.official(other, '承办'), dueOn('2021-11-04'));
  // Struck off, and stopped in time: neither is late.
  const closed = await world.assignedCase(other, official, dueOn('2021-11-02'));
  await world.query(`UPDATE cases SET status = 'resolved' WHERE id = $1`, [closed.caseId]);
  const held = await world.assignedCase(other, official, dueOn('2021-11-02'));
  await world.query(`UPDATE cases SET status = 'on_hold', stopped_at = $2 WHERE id = $1`, [
    held.caseId,
    at('2021-11-01', '10:00:00'),
  ]);
  const reported = await world.assignedCase(other, official, dueOn('2021-11-02'));
  await world.query(`UPDATE cases SET status = 'reported', due_at = NULL, assign_by = $2 WHERE id = $1`, [
    reported.caseId,
    at('2021-11-03', '18:00:00'),
  ]);
  for (const [status, day, channel] of [
    ['sent', '2021-11-05', 'sms'],
    ['unknown', '2021-11-05', 'sms'],
    ['failed', '2021-11-05', 'email'],
    ['sent', '2021-11-04', 'email'],
    ['sent', MONDAY, 'email'],
  ])
    await world.query(
      `INSERT INTO messages (id, official_id, channel, status, next_attempt_at, queued_at)
       VALUES (uuidv7(), $1, $2, $3, $4, $4)`,
      [official, channel, status, at(day ?? '', '09:00:00')],
    );
});
afterAll(async () => {
  for (const client of clients) client.onApplicationShutdown();
  await robots.close();
  await database.drop();
});
afterEach(async () => {
  robots.clear();
  await world.query('DELETE FROM group_digests');
});

/** A worker of its own. */
function worker(config: Partial<AppConfig> = {}): TellGroups {
  const whole = testConfig({
    wecomRobotUrl: robots.urlOf('wecom'),
    dingtalkRobot: { url: robots.urlOf('dingtalk'), secret: DINGTALK_SECRET },
    outgoingAllowedNetworks: ['127.0.0.0/8'],
    ...config,
  });
  const { reader, calendars, office } = world;
  const outgoing = new OutgoingHttp(whole);
  clients.push(outgoing);
  const compose = new ComposeGroupDigest(new CountFigures(reader, calendars, office), whole);
  return new TellGroups(
    new Robots(whole),
    new GroupDigests(reader),
    compose,
    new PostToRobot(outgoing),
    calendars,
    office,
    clock,
  );
}
async function tell(moment: Date, config: Partial<AppConfig> = {}): Promise<void> {
  clock.set(moment);
  await worker(config).run();
}
const states = async (): Promise<string[]> => {
  const rows = await world.query<{ state: string }>(
    `SELECT robot || ' ' || status || coalesce(' ' || gateway_code, '') AS state FROM group_digests ORDER BY robot`,
  );
  return rows.map(({ state }) => state);
};

describe('the groups of the task force', () => {
  it('are told at nine how things stand: numbers and units, no person, enterprise or problem', async () => {
    await tell(NINE);
    expect(robots.posted.map(({ robot }) => robot).toSorted()).toEqual(['dingtalk', 'wecom']);
    const [first, second] = robots.posted;
    expect(first?.text).toBe(second?.text);
    expect(first?.text.split('\n')).toEqual([
      '### 稳增长专班每日提醒（11月8日）',
      '- 今日到期：**2** 项',
      // Since 22 October: ten working days through the 5th, and the 8th.
      '- 已超期：**4** 项，最长11个工作日；满5个工作日2项，满10个工作日1项',
      '- 超时未交办：1 项',
      '- 超期按牵头单位：市工信局 3、市住建局 1',
      '- 11月5日以来发送：邮件成功0、失败1、不明0；短信成功1、失败0、不明1',
      '- 岗位空缺：1个单位（市工信局 联络员）',
      '',
      '[登录平台办理](http://shukun.example)',
    ]);
    expect(first?.text).not.toMatch(/富硒|承办|199\d{8}|AK-2021/);
    expect(await states()).toEqual(['dingtalk sent OK', 'wecom sent OK']);
  });

  it('are told once a day, whatever is run again and by however many', async () => {
    clock.set(NINE);
    const workers = [worker(), worker(), worker()];
    await Promise.all(workers.map((one) => one.run()));
    await Promise.all(workers.map((one) => one.run()));
    await tell(at(MONDAY, '15:00:00'));
    expect(robots.posted).toHaveLength(2);
    await tell(at('2021-11-09', '09:00:00'));
    expect(robots.posted).toHaveLength(4);
  });

  it.each([
    ['before nine', at(MONDAY, '08:59:59'), 0],
    ['at nine', NINE, 2],
    ['in the afternoon, when nobody was there at nine', at(MONDAY, '15:00:00'), 2],
    ['a minute to nine in the evening', at(MONDAY, '20:59:00'), 2],
    ['nine in the evening', at(MONDAY, '21:00:00'), 0],
    ['on a Sunday', at('2021-11-07', '10:00:00'), 0],
    ['on a holiday', at('2021-10-04', '10:00:00'), 0],
    ['on a Saturday that is worked', at('2021-10-09', '10:00:00'), 2],
  ])('%s', async (_, moment, messages) => {
    await tell(moment);
    expect(robots.posted).toHaveLength(messages);
  });

  it('are each told by their own robot, where there is one', async () => {
    await tell(NINE, { dingtalkRobot: null });
    expect(robots.posted.map(({ robot }) => robot)).toEqual(['wecom']);
    await tell(NINE, { dingtalkRobot: null, wecomRobotUrl: null });
    expect(await states()).toEqual(['wecom sent OK']);
  });
});

describe('when a robot does not take it', () => {
  it('asked to come again it does, with what was written at nine, and arrives once', async () => {
    robots.decide = (robot) =>
      robot === 'wecom'
        ? { errcode: 45_009, errmsg: 'api freq out of limit' }
        : { errcode: 130_101, errmsg: 'send too fast' };
    await tell(NINE);
    expect(await states()).toEqual(['dingtalk pending 130101', 'wecom pending 45009']);
    robots.clear();
    await tell(at(MONDAY, '09:00:01'));
    expect(robots.posted).toEqual([]);
    await tell(at(MONDAY, '09:00:06'));
    await tell(at(MONDAY, '09:00:06'));
    expect(robots.posted).toHaveLength(2);
    expect(robots.posted[0]?.text).toContain('今日到期：**2** 项');
  });

  it('refused for good it shows as failed, with the words of the robot', async () => {
    await tell(NINE, { dingtalkRobot: { url: robots.urlOf('dingtalk'), secret: 'another' } });
    expect(await states()).toEqual(['dingtalk failed 310000', 'wecom sent OK']);
    const [row] = await world.query(
      `SELECT gateway_text AS text FROM group_digests WHERE robot = 'dingtalk'`,
    );
    expect(row).toEqual({ text: 'sign not match' });
    await tell(at(MONDAY, '10:00:00'));
    expect(robots.posted).toHaveLength(1);
  });

  it('taken, perhaps, and not answered it is unknown and not repeated', async () => {
    robots.decide = (robot) => (robot === 'wecom' ? 'cut' : { status: 502 });
    await tell(NINE);
    expect(await states()).toEqual(['dingtalk unknown HTTP_502', 'wecom unknown NO_ANSWER']);
    robots.clear();
    await tell(at(MONDAY, '10:00:00'));
    expect(robots.posted).toEqual([]);
  });

  it('not reached it is tried until the day is over, and then given up', async () => {
    const away = { wecomRobotUrl: 'http://127.0.0.1:1/', dingtalkRobot: null };
    await tell(NINE, away);
    expect(await states()).toEqual(['wecom pending ECONNREFUSED']);
    await tell(at(MONDAY, '09:00:06'), away);
    const [row] = await world.query('SELECT attempts FROM group_digests');
    expect(row).toEqual({ attempts: 2 });
    await tell(at('2021-11-09', '08:00:00'), { dingtalkRobot: null });
    expect(await states()).toEqual(['wecom failed ECONNREFUSED']);
    expect(robots.posted).toEqual([]);
  });

  it('with a worker that died it is unknown when the lease has run out; a late answer settles it', async () => {
    clock.set(NINE);
    const digests = new GroupDigests(world.reader);
    await digests.plan('wecom', MONDAY, 'text', NINE);
    const claimed = await digests.claim('wecom', MONDAY, NINE);
    expect(await digests.claim('wecom', MONDAY, NINE)).toBeUndefined();
    await tell(new Date(NINE.getTime() + LEASE_MS), { dingtalkRobot: null });
    expect(await states()).toEqual(['wecom sending']);
    await tell(new Date(NINE.getTime() + LEASE_MS + 1), { dingtalkRobot: null });
    expect(await states()).toEqual(['wecom unknown LEASE_EXPIRED']);
    expect(robots.posted).toEqual([]);
    const late = {
      nextAttemptAt: null,
      gatewayCode: 'OK',
      gatewayText: 'ok',
      status: 'sent' as const,
    };
    const { id = '', fence = 0 } = claimed ?? {};
    await digests.record({ ...late, id, fence: fence - 1 }, NINE);
    expect(await states()).toEqual(['wecom unknown LEASE_EXPIRED']);
    await digests.record({ ...late, id, fence }, NINE);
    expect(await states()).toEqual(['wecom sent OK']);
  });

  it.each([
    ['a private address', 'http://127.0.0.1:1/', 'OUTGOING_ADDRESS_FORBIDDEN'],
    ['an open one without https', 'http://8.8.8.8/', 'OUTGOING_HTTPS_REQUIRED'],
  ])('at %s that nobody has allowed, nothing leaves', async (_, wecomRobotUrl, code) => {
    await tell(NINE, { wecomRobotUrl, dingtalkRobot: null, outgoingAllowedNetworks: [] });
    expect(await states()).toEqual([`wecom pending ${code}`]);
  });
});
