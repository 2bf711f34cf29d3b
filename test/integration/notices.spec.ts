import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Desk } from '../support/lifecycle-world.js';
import { both, EVENING, MORNING, NEXT_MORNING, NoticeWorld } from '../support/notice-world.js';

let world: NoticeWorld;
let lead: Desk;
let helper: Desk;

beforeAll(async () => {
  world = await NoticeWorld.open();
  lead = await world.office('甲');
  helper = await world.office('乙');
});
afterAll(() => world.close());
beforeEach(() => world.at(MORNING));
afterEach(() => world.clear());

const numberOf = async (ref: SubjectRef): Promise<string> =>
  (await world.cases.row<{ number: string }>(ref)).number;

describe('what is assigned', () => {
  it('is told to the official and the liaison of the department, once, whatever is run again', async () => {
    const ref = await world.assigned(lead);
    await Promise.all([world.sweep(), world.reminders.anotherSweep().run()]);
    await world.sweepAndSend();
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('assigned 甲承办'), ...both('assigned 甲联络')]);
    const number = await numberOf(ref);
    const { mails } = world.delivery.mail;
    expect(mails).toHaveLength(2);
    expect(mails[0]?.subject).toMatch(new RegExp(`^【交办】${number} 安康第\\d+纺织有限公司$`));
    expect(mails[0]?.text).toContain('2021-11-22 · 请于2021-11-02前签收');
    const { messages } = world.delivery.sms;
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatchObject({
      template: 'assigned',
      variables: { no: number, sign: '11月2日', due: '11月22日' },
    });
  });

  it('is told to co-handlers: the official that was named, else the liaison', async () => {
    const third = await world.office('丙');
    await world.assigned(lead, [
      { departmentId: helper.departmentId },
      { departmentId: third.departmentId, officialId: third.officialId },
    ]);
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办'),
      ...both('assigned 甲联络'),
      ...both('co_handling 丙承办'),
      ...both('co_handling 乙联络'),
    ]);
    const mail = world.delivery.mail.mails.find(({ subject }) => subject.startsWith('【配合办理】'));
    // Three working days, not those of the lead department.
    expect(mail?.text).toContain('2021-11-04 · 请于时限前反馈配合意见');
    expect(world.delivery.sms.messages.map(({ template }) => template).toSorted()).toEqual([
      'assigned',
      'assigned',
      'digest',
      'digest',
    ]);
  });

  it('goes to the deputy of who is away, and to the task force where a duty is nobody’s', async () => {
    const desk = await world.office('丁', []);
    const deputy = await world.cases.make.official({ id: desk.departmentId }, { name: '丁代理' });
    await world.cases.query(
      `INSERT INTO deputies (id, official_id, deputy_id, from_on, to_on)
       VALUES (uuidv7(), $1, $2, '2021-11-01', '2021-11-01')`,
      [desk.officialId, deputy.id],
    );
    const ref = await world.assigned(desk);
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('assigned 丁代理'), ...both('assigned 专班')]);
    const [notice] = await world.cases.query(
      'SELECT empty_duties AS empty FROM notices WHERE subject_id = $1',
      [ref.id],
    );
    expect(notice).toEqual({ empty: ['liaison'] });
  });

  it('is told anew when it is reassigned or reopened, to who leads now; helpers know already', async () => {
    const { work, closure } = world.cases;
    const ref = await world.assigned(lead, [{ departmentId: helper.departmentId }]);
    await world.sweepAndSend();
    await world.news();
    const other = await world.office('戊', []);
    const { departmentId, officialId } = other;
    await work.reassign.run(world.taskForce, ref, { departmentId, officialId, reason: '职责调整' });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('assigned 专班'), ...both('assigned 戊承办')]);
    await work.acknowledge.run(other.actor, ref, {});
    await world.closed(ref, other);
    const again = { departmentId: lead.departmentId, officialId: lead.officialId };
    await closure.reopen.run(world.taskForce, ref, { ...again, reason: '反弹', dueOn: '2021-11-30' });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('assigned 甲承办'), ...both('assigned 甲联络')]);
  });

  it('is told to nobody when a department claims it itself', async () => {
    const ref = await world.cases.case(world.taskForce);
    await world.cases.work.claim.run(lead.actor, ref, { officialId: lead.officialId });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
  });

  it('is told once when the request is repeated under its key', async () => {
    const office = await world.cases.app.as('task_force');
    const ref = await world.cases.case(world.taskForce);
    const { departmentId, officialId } = lead;
    const assign = () =>
      office.post(
        `/cases/${ref.id}/assign`,
        { departmentId, officialId, complexity: 'general' },
        { 'idempotency-key': 'assign-once' },
      );
    expect([(await assign()).status, (await assign()).headers.get('idempotency-replayed')]).toEqual([
      200,
      'true',
    ]);
    await world.sweepAndSend();
    expect(await world.news()).toHaveLength(4);
  });

  it('is told to nobody when the change is taken back', async () => {
    const ref = await world.cases.case(world.taskForce);
    const { departmentId, officialId } = lead;
    const office = await world.cases.app.as('task_force');
    const body = { departmentId, officialId, complexity: 'general' };
    const preview = { action: 'assign', preview: true, ids: [ref.id], body };
    expect((await office.post('/cases/bulk', preview)).body).toMatchObject({ done: 1 });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
  });
});

describe('what was asked to be closed and is sent back', () => {
  it('is told to the official and the liaison, with the deadline that is left', async () => {
    const ref = await world.assigned(lead);
    const { work, closure } = world.cases;
    await work.acknowledge.run(lead.actor, ref, {});
    await world.sweepAndSend();
    await world.news();
    await closure.requestClosure.run(lead.actor, ref, await world.closureOf(ref));
    await closure.sendBack.run(world.taskForce, ref, { reason: '材料不足' });
    await world.sweepAndSend();
    expect(await world.news()).toEqual([...both('sent_back 甲承办'), ...both('sent_back 甲联络')]);
    const sms = world.delivery.sms.messages.find(({ template }) => template === 'sent_back');
    expect(sms?.variables).toEqual({ no: await numberOf(ref), due: '11月22日' });
  });
});

describe('an extension that is decided', () => {
  const decided = async (decision: 'approve' | 'refuse'): Promise<void> => {
    const asker = await world.cases.make.official(
      { id: lead.departmentId },
      { name: decision === 'approve' ? '甲经办' : '甲文书' },
    );
    const actor = await world.cases.someone('department', {
      departmentId: lead.departmentId,
      officialId: asker.id,
    });
    const { work, extensions } = world.cases;
    const ref = await world.assigned(lead);
    await work.acknowledge.run(lead.actor, ref, {});
    await world.sweepAndSend();
    await world.news();
    world.delivery.clear();
    const id = await extensions.request(actor, ref, { dueOn: '2021-12-01', reason: '等待批复' });
    await extensions[decision](world.taskForce, id, '同意');
    await world.sweepAndSend();
  };

  it('is told to the official and to who asked', async () => {
    await decided('approve');
    expect(await world.news()).toEqual([
      ...both('extension_decided 甲承办'),
      ...both('extension_decided 甲经办'),
    ]);
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'extension_decided',
      variables: { due: '12月1日' },
    });
    expect(world.delivery.mail.mails[0]?.text).toContain('2021-12-01 · 已同意，按新时限办理');
  });

  it('is not called a new deadline when it was refused', async () => {
    await decided('refuse');
    expect(await world.news()).toHaveLength(4);
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'digest',
      variables: { due: '11月22日' },
    });
    expect(world.delivery.mail.mails[0]?.text).toContain('2021-11-22 · 未同意，时限不变');
  });
});

describe('what is told outside sending time', () => {
  it('waits for nine o’clock, and then goes with the reminders of the morning as one message', async () => {
    // Due on Tuesday at 18:00: a reminder falls due with the notice.
    world.at('2021-11-01 09:10');
    const due = await world.cases.case(world.taskForce);
    const { departmentId, officialId } = lead;
    await world.cases.work.assign.run(world.taskForce, due, {
      departmentId,
      officialId,
      dueOn: '2021-11-02',
    });
    await world.sweepAndSend();
    await world.news();
    world.delivery.clear();
    world.at(EVENING);
    await world.assigned(lead);
    // No sweep has looked at it in the night.
    world.at('2021-11-02 08:30');
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
    world.at(NEXT_MORNING);
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      ...both('assigned 甲承办'),
      ...both('assigned 甲联络'),
      ...both('due_today 甲承办'),
      ...both('due_today 甲联络'),
    ]);
    const { mail, sms } = world.delivery;
    expect(mail.mails.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 2 }, () => '【办理提醒】2项需处理，其中超期0项'),
    );
    expect(mail.mails[0]?.text).toMatch(
      /到期催办 · 2021-11-02 · 今日到期\n.*交办 · 2021-11-23 · 请于2021-11-03前签收/,
    );
    expect(sms.messages[0]).toMatchObject({
      template: 'digest',
      variables: { n: '2', m: '0', due: '11月2日' },
    });
  });

  it('waits also when it was given just before, and found just after', async () => {
    world.at('2021-11-01 20:59');
    await world.assigned(lead);
    world.at('2021-11-01 21:00');
    await world.sweepAndSend();
    world.at('2021-11-02 08:30');
    await world.sweepAndSend();
    expect(await world.news()).toEqual([]);
    world.at(NEXT_MORNING);
    await world.sweepAndSend();
    expect(await world.news()).toHaveLength(4);
  });
});

describe('GET /deliveries', () => {
  it('shows a notice in the place of a reminder, by kind and by case', async () => {
    const ref = await world.assigned(lead);
    await world.sweep();
    const office = await world.cases.app.as('task_force');
    interface List {
      items: object[];
      total: number;
    }
    const { body } = await office.get<List>(`/deliveries?caseId=${ref.id}&count=exact`);
    expect(body.total).toBe(4);
    const { assignmentId } = await world.cases.row<{ assignmentId: string }>(ref);
    expect(body.items[0]).toMatchObject({
      reminder: null,
      notice: { kind: 'assigned', assignmentId, caseId: ref.id, problemId: null },
      status: 'pending',
    });
    const total = async (query: string) =>
      (await office.get<List>(`/deliveries?caseId=${ref.id}&count=exact&${query}`)).body.total;
    expect([
      await total('kind=assigned'),
      await total('kind=sent_back'),
      await total('rung=overdue'),
    ]).toEqual([4, 0, 0]);
    expect((await office.get('/deliveries?kind=nonesuch')).status).toBe(400);
  });
});
