import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import { CampaignPace } from '../../src/production/campaigns/campaign-pace.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { creditCodeOf } from '../factories/credit-code.js';
import { DeadlineStory } from '../support/deadline-story.js';
import type { LifecycleWorld } from '../support/lifecycle-world.js';
import type { Client } from '../support/test-app.js';

interface Told {
  id: string;
  version: number;
  members: number;
  pace: { on: string; reached: number; expected: number };
}

const AIM = {
  name: '停产半停产减产企业复产攻坚',
  milestone: 'recovered',
  target: 2,
  startsOn: '2021-09-13',
  finalOn: '2021-10-31',
};

describe('campaigns', () => {
  let story: DeadlineStory;
  let world: LifecycleWorld;
  let office: Client;

  beforeAll(async () => {
    story = await DeadlineStory.open();
    ({ world } = story);
  });
  afterAll(() => story.close());

  /** A session does not last until another day. */
  const at = async (moment: string): Promise<void> => {
    story.at(moment);
    office = await world.app.as('task_force');
  };
  const begin = async (over: Partial<typeof AIM> = {}): Promise<string> => {
    const { status, body } = await office.post<Told>('/campaigns', { ...AIM, ...over });
    expect(status).toBe(201);
    return body.id;
  };
  const told = async (id: string): Promise<Told> => (await office.get<Told>(`/campaigns/${id}`)).body;
  const join = (id: string, enterprises: readonly Enterprise[], since = '2021-09-01') =>
    office.post(`/campaigns/${id}/members`, {
      creditCodes: enterprises.map(({ creditCode }) => creditCode),
      since,
    });
  const firms = async (count: number, unit?: string): Promise<Enterprise[]> => {
    const made: Enterprise[] = [];
    while (made.length < count) made.push(await world.make.enterprise(unit));
    return made;
  };
  const report = async ({ id: enterpriseId }: Enterprise): Promise<SubjectRef> => {
    const { body } = await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' });
    return { kind: 'case', id: body.id };
  };
  /** Assigned, and closed with an outcome. */
  const close = async (ref: SubjectRef, outcome: 'recovered' | 'explained'): Promise<void> => {
    await world.work.assign.run(story.taskForce, ref, { ...story.answerable(), complexity: 'general' });
    await world.work.acknowledge.run(story.lead.actor, ref, {});
    await again(ref, outcome);
  };
  const again = async (ref: SubjectRef, outcome: 'recovered' | 'explained'): Promise<void> => {
    const evidenceFileIds = [await world.evidence(ref), await world.evidence(ref, 'electricity', 'grid')];
    await world.closure.requestClosure.run(story.lead.actor, ref, {
      outcome,
      statement: '已恢复',
      evidenceFileIds,
    });
    await world.closure.approveClosure.run(story.taskForce, ref, {});
  };

  it('count the members that stand recovered since it began, and what the calendar expects of them', async () => {
    await at('2021-09-08 10:00');
    const [early, recovered, explained, reopened, relapsed, untouched, absent] = await firms(7);
    if (!early || !recovered || !explained || !reopened || !relapsed || !untouched || !absent) throw never();
    await close(await report(early), 'recovered');
    await at('2021-09-14 10:00');
    const id = await begin();
    await join(id, [early, recovered, explained, reopened, relapsed, untouched]);
    await close(await report(recovered), 'recovered');
    await close(await report(absent), 'recovered');
    await close(await report(explained), 'explained');
    const back = await report(reopened);
    await close(back, 'recovered');
    await close(await report(relapsed), 'recovered');
    expect(await told(id)).toMatchObject({
      members: 6,
      // 2 of 31 working days.
      pace: { on: '2021-09-14', reached: 3, elapsedWorkingDays: 2, totalWorkingDays: 31, expected: 0.1 },
    });
    await at('2021-09-16 10:00');
    const dueOn = '2021-10-20';
    await world.closure.reopen.run(story.taskForce, back, { ...story.answerable(), reason: '反弹', dueOn });
    const second = await report(relapsed);
    expect((await told(id)).pace).toMatchObject({ on: '2021-09-16', reached: 1, isBehind: false });
    const onThe = async (on: string, asOf?: Date): Promise<number | undefined> =>
      (await world.app.app.get(CampaignPace).at(on, asOf)).find((campaign) => campaign.id === id)?.reached;
    await at('2021-09-17 10:00');
    expect([await onThe('2021-09-13'), await onThe('2021-09-14'), await onThe('2021-09-16')]).toEqual([
      0, 3, 1,
    ]);
    expect(await onThe('2021-09-16', new Date('2021-09-15T00:00:00+08:00'))).toBe(3);
    // What was reported in error was no relapse.
    await world.closure.terminate.run(story.taskForce, second, { ground: 'entered_in_error' });
    await world.work.acknowledge.run(story.lead.actor, back, {});
    await again(back, 'recovered');
    expect((await told(id)).pace).toMatchObject({ on: '2021-09-17', reached: 3 });
  });

  it('tell of a day what they were then, also when target, members and name are others since', async () => {
    await at('2021-09-20 10:00');
    const [first, second] = await firms(2);
    if (!first || !second) throw never();
    const id = await begin({ name: '一百户重点企业满产', target: 100 });
    await join(id, [first, second]);
    const { version } = await told(id);
    await at('2021-09-28 10:00');
    const changed = { target: 120, name: '重点企业满产' };
    const { body } = await office.patch<Told>(`/campaigns/${id}`, changed, { 'if-match': `"${version}"` });
    expect(body).toMatchObject({ ...changed, version: version + 1 });
    const { items } = (await office.get<{ items: Array<{ id: string }> }>(`/campaigns/${id}/members`)).body;
    expect((await office.delete(`/campaigns/${id}/members/${items[0]?.id}`)).status).toBe(204);
    expect((await office.delete(`/campaigns/${id}/members/${items[0]?.id}`)).status).toBe(404);
    await at('2021-09-30 10:00');
    const atEndOf = async (on: string, asOf?: Date) => {
      const found = (await world.app.app.get(CampaignPace).at(on, asOf)).find((one) => one.id === id);
      return found && [found.name, found.target, found.members];
    };
    expect(await atEndOf('2021-09-12')).toBeUndefined();
    // Entered on the 20th, with what held of it since it began.
    expect(await atEndOf('2021-09-13')).toEqual(['一百户重点企业满产', 100, 2]);
    expect(await atEndOf('2021-09-27')).toEqual(['一百户重点企业满产', 100, 2]);
    expect(await atEndOf('2021-09-28')).toEqual(['重点企业满产', 120, 1]);
    expect(await atEndOf('2021-09-28', new Date('2021-09-28T09:00:00+08:00'))).toEqual([
      '一百户重点企业满产',
      100,
      2,
    ]);
    expect(await atEndOf('2021-09-28', new Date('2021-09-19T09:00:00+08:00'))).toBeUndefined();
    const ended = await office.patch(`/campaigns/${id}`, { isActive: false }, { 'if-match': '"2"' });
    expect(ended.status).toBe(200);
    await at('2021-10-08 10:00');
    expect([await atEndOf('2021-09-29'), await atEndOf('2021-09-30')]).toEqual([
      ['重点企业满产', 120, 1],
      undefined,
    ]);
    expect(await told(id)).toMatchObject({ isActive: false, pace: { on: '2021-10-08' } });
  });

  it('take members singly and by credit codes as people write them, each once', async () => {
    await at('2021-09-20 10:00');
    const [first, second] = await firms(2);
    if (!first || !second) throw never();
    const id = await begin();
    const add = (body: object) => office.post(`/campaigns/${id}/members`, body);
    expect(await add({ enterpriseId: first.id })).toMatchObject({
      status: 200,
      body: { added: 1, unchanged: 0 },
    });
    const written = ` ${second.creditCode.slice(0, 9)} ${second.creditCode.slice(9).toLowerCase()}`;
    const codes = { creditCodes: [written, second.creditCode, first.creditCode] };
    expect(await add(codes)).toMatchObject({ status: 200, body: { added: 1, unchanged: 1 } });
    expect(await add(codes)).toMatchObject({ status: 200, body: { added: 0, unchanged: 2 } });
    expect((await told(id)).members).toBe(2);
    const since = (await office.get<{ items: unknown[] }>(`/campaigns/${id}/members`)).body.items;
    expect(since).toMatchObject([
      { enterprise: { id: first.id, creditCode: first.creditCode }, since: '2021-09-20' },
      { enterprise: { id: second.id, reportingUnit: { code: '610902' } }, since: '2021-09-20' },
    ]);
  });

  it('refuse what cannot be, and change nothing', async () => {
    await at('2021-09-21 10:00');
    const [firm] = await firms(1);
    if (!firm) throw never();
    const id = await begin();
    const refused = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    expect(await refused(office.post('/campaigns', { ...AIM, finalOn: '2021-09-12' }))).toEqual([
      400,
      'CAMPAIGN_DATES_INVALID',
    ]);
    const patch = office.patch(`/campaigns/${id}`, { startsOn: '2021-11-01' }, { 'if-match': '"1"' });
    expect(await refused(patch)).toEqual([400, 'CAMPAIGN_DATES_INVALID']);
    expect(await refused(office.patch(`/campaigns/${id}`, { target: 3 }))).toEqual([
      428,
      'IF_MATCH_REQUIRED',
    ]);
    const stale = office.patch(`/campaigns/${id}`, { target: 3 }, { 'if-match': '"7"' });
    expect(await refused(stale)).toEqual([412, 'VERSION_STALE']);
    for (const over of [
      { target: 0 },
      { milestone: 'profitable' },
      { name: ' ' },
      { startsOn: '2021-02-30' },
    ])
      expect(await refused(office.post('/campaigns', { ...AIM, ...over }))).toEqual([
        400,
        'VALIDATION_FAILED',
      ]);
    const add = (body: object) => refused(office.post(`/campaigns/${id}/members`, body));
    expect(await add({})).toEqual([400, 'CAMPAIGN_MEMBERS_REQUIRED']);
    expect(await add({ enterpriseId: firm.id, creditCodes: [firm.creditCode] })).toEqual([
      400,
      'CAMPAIGN_MEMBERS_REQUIRED',
    ]);
    expect(await add({ enterpriseId: firm.id, since: '2031-01-01' })).toEqual([400, 'DATE_IN_FUTURE']);
    expect(await add({ enterpriseId: id })).toEqual([400, 'CAMPAIGN_MEMBERS_INVALID']);
    const unknown = creditCodeOf(9999);
    const { body } = await office.post(`/campaigns/${id}/members`, {
      creditCodes: [firm.creditCode, unknown, 'O1610900'],
    });
    expect(body).toMatchObject({
      code: 'CAMPAIGN_MEMBERS_INVALID',
      errors: [
        { pointer: '/creditCodes/1', code: 'ENTERPRISE_UNKNOWN' },
        { pointer: '/creditCodes/2', code: 'CREDIT_CODE_INVALID' },
      ],
    });
    expect((await told(id)).members).toBe(0);
    const nowhere = '/campaigns/0193a1b2-0000-7000-8000-000000000001';
    expect(await refused(office.get(nowhere))).toEqual([404, 'NOT_FOUND']);
    expect(await refused(office.get(`${nowhere}/members`))).toEqual([404, 'NOT_FOUND']);
    expect(await refused(office.post(`${nowhere}/members`, { enterpriseId: firm.id }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('are known to all who handle cases, and which enterprises each within its scope', async () => {
    await at('2021-09-20 10:00');
    const [here] = await firms(1);
    const [there] = await firms(1, '610981');
    if (!here || !there) throw never();
    const id = await begin();
    await join(id, [here, there]);
    const [mine, theirs] = [await report(here), await report(there)];
    const county = await world.make.account('county', { reportingUnitId: here.reportingUnitId });
    const client = await world.app.signIn(county.username, county.password);
    const idsOf = async (asker: Client, path: string): Promise<string[]> => {
      const { items } = (await asker.get<{ items: Array<{ id: string; enterprise: { id: string } }> }>(path))
        .body;
      return items.map((item) => (path.startsWith('/cases') ? item.id : item.enterprise.id));
    };
    expect(await idsOf(office, `/campaigns/${id}/members`)).toEqual([here.id, there.id]);
    expect(await idsOf(client, `/campaigns/${id}/members`)).toEqual([here.id]);
    expect((await idsOf(office, `/cases?campaign=${id}`)).toSorted()).toEqual(
      [mine.id, theirs.id].toSorted(),
    );
    expect(await idsOf(client, `/cases?campaign=${id}`)).toEqual([mine.id]);
    const other = await begin();
    expect(await idsOf(office, `/cases?campaign=${other}`)).toEqual([]);
    expect((await idsOf(office, `/cases?campaign=${other}&campaign=${id}`)).length).toBe(2);
    expect((await client.get<Told>(`/campaigns/${id}`)).body).toMatchObject({ members: 2 });
    for (const [role, status] of [
      ['department', 200],
      ['leader', 200],
      ['auditor', 403],
      ['system_admin', 403],
      ['security_admin', 403],
    ] as const) {
      const asker = await world.app.as(role);
      expect([role, (await asker.get('/campaigns')).status]).toEqual([role, status]);
      expect([role, (await asker.post('/campaigns', AIM)).status]).toEqual([role, 403]);
    }
    expect((await client.post(`/campaigns/${id}/members`, { enterpriseId: here.id })).status).toBe(403);
  });
});

const never = (): Error => new Error('there are too few enterprises');
