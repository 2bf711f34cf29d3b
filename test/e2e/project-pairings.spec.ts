import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DefectView } from '../../src/cases/defects/defects.dto.js';
import type { HandoverView } from '../../src/cases/handover/handover.dto.js';
import type { PairingView } from '../../src/enterprises/pairings.dto.js';
import type { ProjectView } from '../../src/enterprises/projects/project.view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { ReminderWriter } from '../../src/reminders/reminder-writer.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { type Items, ListWorld, refusal } from '../support/list-world.js';
import type { Answer } from '../support/test-app.js';

let world: ListWorld;
let government: Department;

beforeAll(async () => {
  world = await ListWorld.open();
  government = await world.make.department('市政府');
});
afterAll(() => world.app.close());

const leader = (name: string): Promise<Official> => world.make.official(government, { duty: 'leader', name });
const pair = ({ id }: ProjectView, body: object): Promise<Answer<PairingView>> =>
  world.office.post<PairingView>(`/projects/${id}/pairings`, body);
const pairings = async ({ id }: { id: string }, of = 'projects'): Promise<unknown[]> => {
  const { body } = await world.office.get<Items<PairingView>>(`/${of}/${id}/pairings`);
  return body.items.map(({ official, fromOn, toOn }) => [official?.name, fromOn, toOn]);
};
const defectsOf = async (id: string): Promise<string[]> => {
  const { body } = await world.office.get<Items<DefectView>>('/data-defects?limit=200');
  expect(body.nextCursor).toBe(null);
  return body.items
    .filter(({ subject }) => subject.id === id)
    .map(({ kind, subject, tiers }) => [subject.type, kind, ...(tiers ?? [])].join(' '));
};
const handOver = (from: Official, to: object[], preview = false): Promise<Answer<HandoverView>> =>
  world.office.post<HandoverView>(`/officials/${from.id}/handover`, { to, preview });

describe('pairing with a project', () => {
  it('is at three tiers, with dates; its gaps are data defects', async () => {
    const project = await world.project();
    expect(await defectsOf(project.id)).toEqual([
      'project project_without_leader city county town',
      'project project_without_official city county town',
      'project project_without_unit city county town',
    ]);
    const town = await world.make.department('五里镇政府', 'town', '610902');
    const clerk = await world.make.official(town);
    const county = await world.make.department('汉滨区发改局', 'county', '610902');
    const mayor = await leader('周市长');
    expect((await pair(project, { officialId: mayor.id, fromOn: '2021-08-02' })).body).toMatchObject({
      tier: 'city',
      duty: 'leader',
      fromOn: '2021-08-02',
      toOn: null,
    });
    const unit = { duty: 'unit', departmentId: county.id };
    const first = await pair(project, unit);
    expect(first.body).toMatchObject({ tier: 'county', official: null, department: { id: county.id } });
    expect(await defectsOf(project.id)).toEqual([
      'project project_without_leader county town',
      'project project_without_official city county town',
      'project project_without_unit city town',
    ]);
    expect((await pair(project, { duty: 'official', officialId: clerk.id })).body.tier).toBe('town');
    expect(await defectsOf(project.id)).toContain('project project_without_official city county');

    const ended = await world.office.post<PairingView>(
      `/projects/${project.id}/pairings/${first.body.id}/end`,
    );
    expect(ended.body.toOn).toBe('2021-08-24');
    expect(await defectsOf(project.id)).toContain('project project_without_unit city county town');
    await world.app.database.dataSource.query('UPDATE officials SET is_active = false WHERE id = $1', [
      clerk.id,
    ]);
    expect(await defectsOf(project.id)).toContain('project pairing_official_inactive');
  });

  it('has no gap where it is no longer pursued, unless something of it is open', async () => {
    const project = await world.project();
    const demand = { title: '征地', category: 'land', cause: 'government' };
    const { body } = await world.office.post<{ id: string }>(`/projects/${project.id}/problems`, demand);
    await world.office.patch(`/projects/${project.id}`, { isActive: false }, { 'if-match': '"1"' });
    expect(await defectsOf(project.id)).toHaveLength(3);
    await world.office.post(`/problems/${body.id}/reject`, { reason: '不属实' });
    expect(await defectsOf(project.id)).toEqual([]);
  });

  it('is of each party once at a time, and apart from that with its enterprise', async () => {
    const owner = await world.make.enterprise();
    const project = await world.project('610902', { enterpriseId: owner.id });
    const [mayor, unit] = [await leader('吴市长'), { duty: 'unit', departmentId: government.id }];
    expect((await pair(project, { officialId: mayor.id })).status).toBe(201);
    expect(refusal(await pair(project, { officialId: mayor.id }))).toBe('409 PAIRING_EXISTS');
    const both = await Promise.all([pair(project, unit), pair(project, unit)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await pairings(owner, 'enterprises')).toEqual([]);
    const own = await world.office.post<PairingView>(`/enterprises/${owner.id}/pairings`, {
      officialId: mayor.id,
    });
    expect(own.status).toBe(201);
    const crossed = `/projects/${project.id}/pairings/${own.body.id}/end`;
    expect(refusal(await world.office.post(crossed))).toBe('404 NOT_FOUND');
  });
});

describe('an official who hands over', () => {
  it('gives pairings with projects to whom they name them, or the rest', async () => {
    const [before, today, named] = [await world.project(), await world.project(), await world.project()];
    const [leaving, other, third] = [await leader('甲领导'), await leader('乙领导'), await leader('丙领导')];
    await pair(before, { officialId: leaving.id, fromOn: '2021-08-02' });
    await pair(today, { officialId: leaving.id });
    await pair(named, { officialId: leaving.id, fromOn: '2021-08-02' });
    await pair(named, { officialId: third.id, fromOn: '2021-08-03' });
    const enterprise = await world.make.enterprise();
    await world.office.post(`/enterprises/${enterprise.id}/pairings`, { officialId: leaving.id });

    const wrong = await handOver(leaving, [{ officialId: other.id, projectIds: [enterprise.id] }]);
    expect(refusal(wrong)).toBe('400 HANDOVER_INVALID');
    const some = await handOver(leaving, [{ officialId: third.id, projectIds: [named.id] }]);
    expect(refusal(some)).toBe('409 HANDOVER_INCOMPLETE');
    const to = [{ officialId: third.id, projectIds: [named.id] }, { officialId: other.id }];
    const preview = await handOver(leaving, to, true);
    expect(preview.body.counts.pairings).toBe(4);
    expect(preview.body.items.find(({ projectId }) => projectId === named.id)).toMatchObject({
      kind: 'pairing',
      enterpriseId: null,
      name: named.name,
      toOfficialId: third.id,
    });
    expect((await handOver(leaving, to)).body).toEqual({ ...preview.body, preview: false });
    expect(await pairings(before)).toEqual([
      ['甲领导', '2021-08-02', '2021-08-23'],
      ['乙领导', '2021-08-24', null],
    ]);
    expect(await pairings(today)).toEqual([['乙领导', '2021-08-24', null]]);
    expect(await pairings(named)).toEqual([
      ['甲领导', '2021-08-02', '2021-08-23'],
      ['丙领导', '2021-08-03', null],
    ]);
    expect(await pairings(enterprise, 'enterprises')).toEqual([['乙领导', '2021-08-24', null]]);
    const gone = { isActive: false };
    const left = await world.office.patch(`/officials/${leaving.id}`, gone, { 'if-match': '"1"' });
    expect(left.status).toBe(200);
  });
});

describe('reminders of a problem of a project', () => {
  const query = <Row>(sql: string, parameters: unknown[]): Promise<Row[]> =>
    world.app.database.dataSource.query<Row[]>(sql, parameters);

  it('go to the leader paired with it, in its name, and with the pairing to the next one', async () => {
    const department = await world.make.department('市能源局');
    const official = await world.make.official(department, { name: '王思远' });
    await world.make.official(department, { duty: 'liaison' });
    const owner = await world.make.enterprise();
    const project = await world.project('610902', { name: '锂电正极材料项目', enterpriseId: owner.id });
    const [mayor, next, owners] = [await leader('郑市长'), await leader('冯市长'), await leader('陈市长')];
    await pair(project, { officialId: mayor.id });
    await world.office.post(`/enterprises/${owner.id}/pairings`, { officialId: owners.id });
    const demand = { title: '通电', category: 'energy', cause: 'market' };
    const problem = await world.office.post<{ id: string; number: string }>(
      `/projects/${project.id}/problems`,
      demand,
    );
    const answerable = { departmentId: department.id, officialId: official.id, complexity: 'simple' };
    await world.office.post(`/problems/${problem.body.id}/assign`, answerable);
    const account = await world.make.account('department', { departmentId: department.id });
    const lead = await world.app.signIn(account.username, account.password);
    await lead.post(`/problems/${problem.body.id}/acknowledge`);

    // Due on Tuesday 31 August; on the working day after it the light turns red.
    world.clock.set('2021-09-01T09:00:00+08:00');
    await world.app.app.get(Sweep).run();
    const sent = await query<{
      id: string;
      name: string;
      channel: string;
      messageId: string;
      officialId: string;
    }>(
      `SELECT d.id, o.name, d.official_id AS "officialId", d.channel, d.message_id AS "messageId"
         FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN officials o ON o.id = d.official_id
        WHERE r.problem_id = $1 AND r.rung = 'overdue' AND d.status = 'pending' ORDER BY o.name, d.channel`,
      [problem.body.id],
    );
    const toWhom = sent.map(({ name, channel }) => `${name} ${channel}`);
    expect(toWhom).toEqual(expect.arrayContaining(['郑市长 email', '郑市长 sms', '王思远 email']));
    expect(toWhom.some((each) => each.startsWith('陈市长'))).toBe(false);

    const mail = sent.find(({ name, channel }) => name === '郑市长' && channel === 'email');
    const message = {
      id: mail?.messageId ?? '',
      fence: 1,
      attempts: 1,
      recipientId: mail?.officialId ?? '',
      isContact: false,
      recipientName: '郑市长',
      address: '',
    };
    const setMail = (status: string) =>
      query('UPDATE deliveries SET status = $2 WHERE message_id = $1', [message.id, status]);
    await setMail('sending');
    const writer = world.app.app.get(ReminderWriter);
    const letter = (await writer.letters([message])).get(message.id);
    expect(letter?.subject).toBe(`【红灯提醒】${problem.body.number} 锂电正极材料项目`);
    const short = (await writer.shortMessages([message])).get(message.id);
    expect(short?.variables).toMatchObject({ ent: '锂电正极材料项目', no: problem.body.number });
    await setMail('pending');

    const office = await world.app.as('task_force');
    const to = [{ officialId: next.id, projectIds: [project.id] }, { officialId: owners.id }];
    const moved = await office.post<HandoverView>(`/officials/${mayor.id}/handover`, { to });
    expect(moved.body.counts).toMatchObject({ pairings: 1, deliveries: 2 });
    const now = await query<{ name: string }>(
      `SELECT o.name FROM deliveries d JOIN officials o ON o.id = d.official_id WHERE d.id = ANY ($1::uuid[])`,
      [sent.filter(({ name }) => name === '郑市长').map(({ id }) => id)],
    );
    expect(now).toEqual([{ name: '冯市长' }, { name: '冯市长' }]);
  });
});
