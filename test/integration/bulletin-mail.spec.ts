import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BulletinWorld, WEEKS } from '../support/bulletin-world.js';
import { both } from '../support/notice-world.js';

const { second: W44, third: W45 } = WEEKS;

let world: BulletinWorld;
let subscriberId: string;
let departmentHeadId: string;

beforeAll(async () => {
  world = await BulletinWorld.open();
  const { cases, reminders } = world.notices;
  ({ id: subscriberId } = await cases.make.official(
    { id: reminders.taskForceId },
    { name: '订阅', email: 'reader@ankang.example' },
  ));
  const [head] = await world.query<{ id: string }>(`SELECT id FROM officials WHERE name = '甲局长'`);
  departmentHeadId = head?.id ?? '';
});
afterAll(() => world.close());
afterEach(() => world.forget());

const subscribed = (...subscribers: Array<{ officialId: string; formats: string[] }>) =>
  world.policy({ isEnabled: false, subscribers });
const sent = async (): Promise<string[]> => {
  await world.notices.sweepAndSend();
  return world.notices.news();
};
const mailTo = (address: string) =>
  world.notices.delivery.mail.mails.filter(({ to }) => to.includes(address));

describe('an issue that is published', () => {
  it('is mailed with its files to each subscriber, once, and told to the departments', async () => {
    await subscribed({ officialId: subscriberId, formats: ['xlsx', 'csv'] });
    const issue = await world.publish(W44);
    const told = [...both('weekly_published 甲局长'), ...both('weekly_published 甲联络')];
    expect(await sent()).toEqual(['weekly_issue 订阅 email sent', ...told]);
    expect(await sent()).toEqual([]);
    const [mail, ...more] = mailTo('reader@ankang.example');
    expect(more).toEqual([]);
    expect(mail?.subject).toContain('【通报】2021-W44');
    expect(mail?.text).toContain('2021年第1期');
    const files = issue.files.filter(({ format }) => format !== 'json');
    expect(mail?.attachments.map(({ name, size, sha256 }) => ({ name, size, sha256 }))).toEqual(
      files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    );
  });

  it('is a mail of its own, beside what else the subscriber is told', async () => {
    await subscribed({ officialId: departmentHeadId, formats: ['json'] });
    await world.publish(W44);
    await sent();
    const { mails } = world.notices.delivery.mail;
    const toHead = mails.filter(({ text }) => text.startsWith('甲局长'));
    expect(toHead.map(({ attachments }) => attachments.length).toSorted()).toEqual([0, 1]);
  });

  it('reaches the subscriber once when the mail server refuses it at first', async () => {
    await subscribed({ officialId: subscriberId, formats: ['xlsx'] });
    await world.publish(W44);
    const { mail } = world.notices.delivery;
    mail.decide = (moment) =>
      moment.stage === 'recipient' && moment.address === 'reader@ankang.example'
        ? { code: 451, text: 'later' }
        : 'accept';
    await sent();
    expect(mailTo('reader@ankang.example')).toEqual([]);
    mail.decide = () => 'accept';
    world.notices.at('2021-11-15 10:30');
    await world.notices.send();
    world.notices.at('2021-11-15 11:30');
    await world.notices.send();
    expect(mailTo('reader@ankang.example')).toHaveLength(1);
    const rows = await world.query(`SELECT d.status FROM deliveries d JOIN notices n ON n.id = d.notice_id
      WHERE n.kind = 'weekly_issue' AND n.recorded_at IS NOT NULL`);
    expect(rows).toEqual([{ status: 'sent' }]);
  });

  it('is not mailed any more once it is withdrawn', async () => {
    await subscribed({ officialId: subscriberId, formats: ['xlsx'] });
    const { id } = await world.publish(W44);
    await world.notices.sweep();
    await world.withdraw(id);
    await world.notices.send();
    expect(mailTo('reader@ankang.example')).toEqual([]);
    expect(await world.notices.news()).toContain('weekly_issue 订阅 email suppressed NO_LONGER_TRUE');
    await world.weekly(W44, 'reissue', { reason: '更正' });
    await sent();
    expect(mailTo('reader@ankang.example')[0]?.text).toContain('替代第1期');
  });
});

describe('an issue that is prepared', () => {
  it('is told to the task force, by mail, until it is approved', async () => {
    await world.prepare(W44);
    expect(await sent()).toEqual(['issue_prepared 专班 email sent', 'issue_prepared 订阅 email sent']);
    expect(world.notices.delivery.mail.mails[0]?.text).toContain('2021年第1期已编制，请审核后发布');
    await world.prepare(W45);
    await world.publish(W45);
    expect((await sent()).filter((line) => line.startsWith('issue_prepared'))).toEqual([]);
  });
});

describe('the policy', () => {
  it('is of versions, of officials that there are, and recorded', async () => {
    expect(
      (await world.policy({ subscribers: [{ officialId: subscriberId, formats: ['pdf'] }] })).status,
    ).toBe(400);
    const unknown = { officialId: '0193a1b2-0000-7000-8000-00000000000a', formats: ['xlsx'] };
    expect((await world.policy({ subscribers: [unknown] })).body).toMatchObject({
      status: 400,
      code: 'SUBSCRIBER_UNKNOWN',
      errors: [{ pointer: '/subscribers/0/officialId' }],
    });
    expect((await world.policy({ time: '24:00' })).status).toBe(400);
    expect(await subscribed()).toMatchObject({ status: 201, body: { version: 1, isEnabled: false } });
    expect((await subscribed()).body).toMatchObject({ status: 409, code: 'BULLETIN_POLICY_STALE' });
    const trail = await world.query(
      `SELECT payload->>'version' AS version FROM audit_events WHERE type = 'bulletin_policy_changed'
        ORDER BY sequence DESC LIMIT 1`,
    );
    expect(trail).toEqual([{ version: '1' }]);
    const leader = await world.notices.cases.app.as('leader');
    expect((await leader.get('/statistics/bulletin-policy')).status).toBe(403);
  });
});

describe('the schedule', () => {
  it('prepares the week before on Monday, once, whoever looks and however often', async () => {
    world.notices.at('2021-11-15 08:29');
    expect(await world.schedule()).toEqual([]);
    world.later();
    await world.policy({});
    world.notices.at('2021-11-15 08:29');
    // The one of the Monday before is not a week late.
    expect(await world.schedule()).toEqual([W44]);
    expect(await world.schedule()).toEqual([]);
    world.notices.at('2021-11-15 08:30');
    const prepared = await Promise.all([world.schedule(), world.schedule(), world.schedule()]);
    expect(prepared.flat()).toEqual([W45]);
    expect(await world.schedule()).toEqual([]);
    const [issue] = await world.query<{ id: string; by: string | null }>(
      'SELECT id, prepared_by AS by FROM bulletin_issues WHERE week = $1',
      [W45],
    );
    expect(issue?.by).toBeNull();
    world.later();
    await world.withdraw(issue?.id ?? '');
    expect(await world.schedule()).toEqual([]);
    expect((await world.issues()).map(({ week, state }) => `${week} ${state}`)).toEqual([
      `${W44} prepared`,
      `${W45} withdrawn`,
    ]);
  });

  it('goes by the working day after the New Year, and numbers by the year of the week', async () => {
    await world.policy({});
    world.notices.at('2022-01-03 23:59');
    expect(await world.schedule()).toEqual([]);
    world.notices.at('2022-01-04 08:30');
    expect(await world.schedule()).toEqual(['2021-W52']);
    expect(await world.query('SELECT year, number FROM bulletin_issues')).toEqual([
      { year: 2021, number: 1 },
    ]);
  });
});
