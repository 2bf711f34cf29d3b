import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HoldExpiry } from '../../src/cases/hold-expiry.js';
import type { PastAssignmentView, TimelineEntry } from '../../src/cases/timeline/timeline.views.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Items<View> {
  items: View[];
  nextCursor: string | null;
  total?: number;
}

describe('the story of a case by HTTP', () => {
  const clock = new FakeClock(new Date('2021-11-01T09:00:00+08:00'));
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let lead: Client;
  let coHandler: Client;
  let stranger: Client;
  let department: Department;
  let other: Department;
  let official: Official;
  let second: Official;
  let item: CaseView;
  let problem: ProblemView;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    other = await make.department('市自然资源局');
    official = await make.official(department, { name: '王思远' });
    second = await make.official(other, { name: '李明' });
    const clientOf = async (departmentId: string, officialId: string | null = null): Promise<Client> => {
      const account = await make.account('department', { departmentId, officialId });
      return world.signIn(account.username, account.password);
    };
    lead = await clientOf(department.id, official.id);
    coHandler = await clientOf(other.id);
    stranger = await clientOf((await make.department()).id);
    office = await world.as('task_force');

    const { id: enterpriseId } = await make.enterprise();
    item = (await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
    clock.advance(60_000);
    await office.post(`/cases/${item.id}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'simple',
      coHandlers: [{ departmentId: other.id }],
    });
    clock.advance(60_000);
    await lead.post(`/cases/${item.id}/acknowledge`, { note: '收到' });
    const body = { title: '用地手续', category: 'land', cause: 'government' };
    problem = (await office.post<ProblemView>(`/cases/${item.id}/problems`, body)).body;
    const given = { departmentId: department.id, officialId: official.id, complexity: 'simple' };
    await office.post(`/problems/${problem.id}/assign`, given);
    clock.advance(60_000);
    const asked = { dueOn: '2021-11-10', reason: '等待材料' };
    const extension = await lead.post<{ id: string }>(`/cases/${item.id}/extensions`, asked);
    await office.post(`/extensions/${extension.body.id}/refuse`, { reason: '期限足够' });
    const current = await lead.get<CaseView>(`/cases/${item.id}`);
    await coHandler.post(`/co-handlers/${current.body.coHandlers[0]?.id}/opinion`, { opinion: '符合规划' });
    clock.advance(60_000);
  });
  afterAll(() => world.close());

  const story = async (client: Client, path: string, language = 'zh-CN'): Promise<TimelineEntry[]> => {
    const answer = await client.get<Items<TimelineEntry>>(path, { 'accept-language': language });
    expect([answer.status, answer.headers.get('content-language')]).toEqual([200, language]);
    return answer.body.items;
  };
  const refusal = ({ status, body }: Answer<unknown>): string =>
    `${status} ${(body as { code: string }).code}`;

  it('is told in order, with who, when, and in words of the asked language', async () => {
    const entries = await story(office, `/cases/${item.id}/timeline`);
    expect(entries.map(({ type }) => type)).toEqual([
      'reported',
      'assigned',
      'acknowledged',
      'reported',
      'assigned',
      'extension_requested',
      'extension_refused',
      'opinion_given',
    ]);
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(entries[2]).toMatchObject({
      subject: { kind: 'case', id: item.id },
      who: {
        kind: 'account',
        account: { name: '王思远' },
        department: { id: department.id, name: '市工信局' },
      },
      happenedAt: '2021-11-01T01:02:00.000Z',
      recordedAt: '2021-11-01T01:02:00.000Z',
      facts: { note: '收到' },
      sentence: '市工信局王思远签收：收到。',
    });
    expect(entries[1]?.sentence).toMatch(
      /交办给市工信局（王思远），签收期限 2021-11-02，办理期限 2021-11-08。$/,
    );
    expect(entries[4]?.sentence).toMatch(`问题“用地手续”（${problem.number}）：`);
    const english = await story(office, `/cases/${item.id}/timeline`, 'en');
    expect(english[2]?.sentence).toBe('王思远 of 市工信局 signed for it: 收到.');
    expect(english[7]?.sentence).toMatch(/of 市自然资源局 gave the co-handling opinion: 符合规划$/);
    // Every hole was filled, in both.
    expect(
      [...entries, ...english].filter(({ sentence }) => /[[\]{}]|undefined|null/.test(sentence)),
    ).toEqual([]);
  });

  it('is told of a problem by itself', async () => {
    const entries = await story(lead, `/problems/${problem.id}/timeline`);
    expect(entries.map(({ type, subject }) => [type, subject.id])).toEqual([
      ['reported', problem.id],
      ['assigned', problem.id],
    ]);
    expect(entries[0]?.sentence).not.toContain('用地手续');
  });

  it('goes from page to page without a gap', async () => {
    const whole = await story(office, `/cases/${item.id}/timeline`);
    const seen: TimelineEntry[] = [];
    let cursor = '';
    do {
      const path = `/cases/${item.id}/timeline?limit=3&count=exact${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { body } = await office.get<Items<TimelineEntry>>(path);
      expect(body.total).toBe(whole.length);
      seen.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(whole);
    const { body } = await office.get<Items<TimelineEntry>>(`/cases/${item.id}/timeline?limit=1`);
    const elsewhere = await office.get(`/problems/${problem.id}/timeline?cursor=${body.nextCursor}`);
    expect(refusal(elsewhere)).toBe('400 CURSOR_INVALID');
  });

  it('says when a thing happened and when it was recorded', async () => {
    const { id: enterpriseId } = await make.enterprise();
    const { body } = await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' });
    const path = `/cases/${body.id}`;
    const given = { departmentId: department.id, officialId: official.id, complexity: 'general' };
    await office.post(`${path}/assign`, given);
    await lead.post(`${path}/acknowledge`);
    await office.post(`${path}/hold`, { ground: 'litigation', reviewOn: '2021-11-10' });
    const before = clock.now();
    try {
      clock.set('2021-11-10T08:30:00+08:00');
      await world.app.get(HoldExpiry).run();
    } finally {
      clock.set(before.toISOString());
    }
    expect((await story(office, `${path}/timeline`)).at(-1)).toMatchObject({
      type: 'resumed',
      who: { kind: 'system', account: null },
      happenedAt: '2021-11-09T16:00:00.000Z',
      recordedAt: '2021-11-10T00:30:00.000Z',
      sentence: expect.stringMatching(/^系统恢复办理。/),
    });
  });

  it('shows no more than its reader may see', async () => {
    const leader = await world.as('leader');
    for (const path of [`/cases/${item.id}`, `/problems/${problem.id}`]) {
      for (const what of ['timeline', 'assignments']) {
        expect(refusal(await stranger.get(`${path}/${what}`))).toBe('404 NOT_FOUND');
        expect(refusal(await leader.get(`${path}/${what}`))).toBe('404 NOT_FOUND');
      }
    }
    // Who co-handles the case has no part in its problem.
    const entries = await story(coHandler, `/cases/${item.id}/timeline`);
    expect(entries.filter(({ subject }) => subject.kind === 'problem')).toEqual([]);
    expect(entries).toHaveLength(6);
    const auditor = await world.as('auditor');
    expect((await auditor.get(`/cases/${item.id}/timeline`)).status).toBe(403);
  });

  it('keeps every assignment, with its co-handlers and extensions', async () => {
    await office.post(`/cases/${item.id}/reassign`, {
      departmentId: other.id,
      officialId: second.id,
      reason: '职责调整',
    });
    const { body } = await office.get<Items<PastAssignmentView>>(`/cases/${item.id}/assignments`);
    expect(body.items).toMatchObject([
      {
        department: { name: '市工信局' },
        official: { name: '王思远' },
        endReason: 'superseded',
        coHandlers: [{ department: { name: '市自然资源局' }, opinion: '符合规划' }],
        extensions: [{ reason: '等待材料', decision: 'refused', decisionNote: '期限足够' }],
      },
      { department: { name: '市自然资源局' }, official: { name: '李明' }, endedAt: null, extensions: [] },
    ]);
    const first = await office.get<Items<PastAssignmentView>>(`/cases/${item.id}/assignments?limit=1`);
    const next = await office.get<Items<PastAssignmentView>>(
      `/cases/${item.id}/assignments?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...next.body.items]).toEqual(body.items);
    // The department that led it before has no part in it any more.
    expect(refusal(await lead.get(`/cases/${item.id}/assignments`))).toBe('404 NOT_FOUND');
  });
});
