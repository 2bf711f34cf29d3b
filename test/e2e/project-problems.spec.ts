import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReopenProposalView } from '../../src/cases/case-file/entry-views.js';
import type { ClaimPoolItem } from '../../src/cases/responsibility-lists/claim-pool.dto.js';
import type { TimelineEntry } from '../../src/cases/timeline/timeline.views.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type { ProjectView } from '../../src/enterprises/projects/project.view.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { type Claimant, type Items, ListWorld } from '../support/list-world.js';
import type { Client } from '../support/test-app.js';

const demand = { title: '厂区变电站未通电', category: 'energy', cause: 'market' };

let world: ListWorld;
let land: Claimant;

beforeAll(async () => {
  world = await ListWorld.open();
  land = await world.claimant('市自然资源局');
});
afterAll(() => world.app.close());

const report = async ({ id }: ProjectView, client = world.office): Promise<ProblemView> => {
  const answer = await client.post<ProblemView>(`/projects/${id}/problems`, demand);
  expect(answer.status).toBe(201);
  return answer.body;
};
const close = async (path: string, { client } = land): Promise<void> => {
  const file = new Blob(['%PDF-1.7 通电验收']);
  const fields = { kind: 'acceptance', source: 'grid' };
  const { body } = await client.upload<{ id: string }>(`${path}/files`, fields, file, '验收.pdf');
  const closure = { outcome: 'solved', statement: '已通电', evidenceFileIds: [body.id] };
  expect((await client.post(`${path}/request-closure`, closure)).status).toBe(200);
};

describe('a problem of a project', () => {
  it('lives a whole life on a chain of its own', async () => {
    const owner = await world.make.enterprise();
    // That its owner is in distress is another matter.
    await world.reportCase(owner.id);
    const project = await world.project('610902', { enterpriseId: owner.id });
    const county = await world.app.as('county');
    const reported = await report(project, county);
    const { id, number, name } = project;
    expect(reported).toMatchObject({
      case: null,
      enterprise: null,
      project: { id, number, name, reportingUnit: { code: '610902', name: '汉滨区' } },
      status: 'reported',
      help: 'coordinate',
    });
    const pool = await land.client.get<Items<ClaimPoolItem>>('/claim-pool?kind=problem&limit=200');
    expect(pool.body.items.find((item) => item.id === reported.id)).toMatchObject({
      enterprise: null,
      project: { id, number, name, reportingUnit: { code: '610902' } },
      allowedActions: ['claim'],
    });

    const path = `/problems/${reported.id}`;
    await land.client.post(`${path}/claim`, { officialId: land.official.id });
    await close(path);
    expect((await world.office.post(`${path}/send-back`, { reason: '未验收' })).status).toBe(200);
    await close(path);
    expect((await world.office.post<ProblemView>(`${path}/approve-closure`)).body).toMatchObject({
      status: 'resolved',
      outcome: 'solved',
      project: { id },
    });
    const rating = { rating: 'dissatisfied', source: 'call_back' };
    expect((await world.office.post(`${path}/ratings`, rating)).status).toBe(201);
    const proposals = await world.office.get<Items<ReopenProposalView>>('/reopen-proposals');
    expect(proposals.body.items).toMatchObject([
      { kind: 'problem', id: reported.id, enterpriseName: null, projectName: name },
    ]);
    await world.office.post(`${path}/reopen`, {
      reason: '又断电',
      departmentId: land.department.id,
      officialId: land.official.id,
      dueOn: '2021-08-31',
    });
    const ended = await world.office.post<ProblemView>(`${path}/terminate`, { ground: 'duplicate' });
    expect(ended.body).toMatchObject({ status: 'terminated', project: { id } });

    const events = await world.events(reported.id);
    expect(events.map(({ type }) => type)).toEqual([
      'reported',
      'claimed',
      'file_added',
      'closure_requested',
      'sent_back',
      'file_added',
      'closure_requested',
      'resolved',
      'rated',
      'reopen_proposed',
      'reopened',
      'terminated',
    ]);
    expect(events[0]?.payload).toMatchObject({ projectId: id });
    expect(events[0]?.payload).not.toHaveProperty('enterpriseId');
    const story = await county.get<Items<TimelineEntry>>(`${path}/timeline`, { 'accept-language': 'zh-CN' });
    expect(story.body.items.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
    expect(story.body.items[0]?.sentence).toContain(`上报问题 ${reported.number}（用能）`);
  });

  it('is listed by its project, and found by the project’s name and number', async () => {
    const [project, other] = [
      await world.project('610902', { name: '月河川道标准厂房项目', number: 'YHCD-7' }),
      await world.project(),
    ];
    const [first, second] = [await report(project), await report(project)];
    const third = await report(other);
    const ids = async (query: string, client: Client = world.office): Promise<string[]> =>
      (await client.get<Items<ProblemView>>(`/problems?sort=number&${query}`)).body.items.map(({ id }) => id);
    expect(await ids(`project=${project.id}`)).toEqual([first.id, second.id]);
    expect(await ids(`project=${project.id}&project=${other.id}`)).toEqual([first.id, second.id, third.id]);
    expect(await ids(`q=${encodeURIComponent('川道标准')}`)).toEqual([first.id, second.id]);
    expect(await ids('q=yhcd-7')).toEqual([first.id, second.id]);
    expect(await ids(`q=${second.number}`)).toEqual([second.id]);
    const elsewhere = await report(await world.project('610921'));
    const county = await world.app.as('county');
    expect(await ids(`project=${project.id}`, county)).toEqual([first.id, second.id]);
    expect(await ids(`project=${elsewhere.project?.id}`, county)).toEqual([]);
    expect((await county.get(`/problems/${elsewhere.id}`)).status).toBe(404);
  });
});

describe('a project that changes while a problem of it is reported', () => {
  it('has it in its unit, or refuses it', async () => {
    const [here, there] = [await world.make.unit('610925'), await world.make.unit('610926')];
    for (let round = 0; round < 20; round += 1) {
      const { id } = await world.project('610925');
      const change = round % 2 === 0 ? { reportingUnitId: there.id } : { isActive: false };
      const [changed, reported] = await Promise.all([
        world.office.patch(`/projects/${id}`, change, { 'if-match': '"1"' }),
        world.office.post<ProblemView & { code?: string }>(`/projects/${id}/problems`, demand),
      ]);
      expect(changed.status).toBe(200);
      if (round % 2 === 0) {
        expect(reported.status).toBe(201);
        expect((await world.problem(reported.body.id)).project?.reportingUnit.code).toBe(there.code);
      } else if (reported.status !== 201) {
        expect([reported.status, reported.body.code]).toEqual([409, 'PROJECT_INACTIVE']);
      } else {
        expect((await world.problem(reported.body.id)).project?.reportingUnit.code).toBe(here.code);
      }
    }
  });
});

describe('the weekly table', () => {
  const answer = async (week: string, by: string): Promise<WeeklyAnswer> => {
    const office = await world.app.as('task_force');
    const { status, body } = await office.get<WeeklyAnswer>(
      `/statistics/weekly/${week}?subject=problem&by=${by}`,
    );
    expect(status).toBe(200);
    return body;
  };
  const row = (table: WeeklyAnswer, code: string) => table.rows.find(({ key }) => key === code);

  it('counts it in the row of its project’s unit, also when the project moves', async () => {
    // A week of its own: 6 to 12 September.
    world.clock.set('2021-09-06T09:00:00+08:00');
    const office = await world.app.as('task_force');
    const lands = await land.signIn();
    const project = await world.project('610923', {}, office);
    const claimed = await Promise.all([report(project, office), report(project, office)]);
    for (const { id } of claimed) await lands.post(`/problems/${id}/claim`, { officialId: land.official.id });

    world.clock.set('2021-09-14T09:00:00+08:00');
    const [resolved] = claimed;
    const [laterOffice, laterLands] = [await world.app.as('task_force'), await land.signIn()];
    const before = await answer('2021-W36', 'reportingUnit');
    expect(row(before, '610923')).toMatchObject({ opening: 0, assigned: 2, resolved: 0, closing: 2 });

    const { id: reportingUnitId } = await world.make.unit('610924');
    await laterOffice.patch(`/projects/${project.id}`, { reportingUnitId }, { 'if-match': '"1"' });
    expect((await laterOffice.get<ProblemView>(`/problems/${resolved?.id}`)).body.project).toMatchObject({
      reportingUnit: { code: '610924' },
    });
    world.clock.advance(60_000);
    await close(`/problems/${resolved?.id}`, { ...land, client: laterLands });
    await laterOffice.post(`/problems/${resolved?.id}/approve-closure`);

    world.clock.set('2021-09-20T09:00:00+08:00');
    expect((await answer('2021-W36', 'reportingUnit')).rows).toEqual(before.rows);
    const after = await answer('2021-W37', 'reportingUnit');
    expect(row(after, '610923')).toMatchObject({ opening: 2, transferredOut: 2, resolved: 0, closing: 0 });
    expect(row(after, '610924')).toMatchObject({
      opening: 0,
      transferredIn: 2,
      resolved: 1,
      solved: 1,
      closing: 1,
      cumulativeResolved: 1,
    });
    for (const table of [before, after]) {
      for (const each of [...table.rows, table.total]) {
        const { opening, assigned, reopened, transferredIn, transferredOut, terminated, closing } = each;
        expect(
          opening + assigned + reopened + transferredIn - transferredOut - each.resolved - terminated,
        ).toBe(closing);
      }
    }
    const byLead = await answer('2021-W37', 'leadDepartment');
    expect(byLead.total).toMatchObject({ resolved: after.total.resolved, closing: after.total.closing });
    expect(row(byLead, '市自然资源局')).toMatchObject({ resolved: 1 });
  });
});
