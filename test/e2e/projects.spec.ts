import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { ProjectView } from '../../src/enterprises/projects/project.view.js';
import { faults, type Items, ListWorld, refusal } from '../support/list-world.js';
import type { Answer, Client } from '../support/test-app.js';

let world: ListWorld;
let office: Client;
let unit: string;

beforeAll(async () => {
  world = await ListWorld.open();
  office = world.office;
  unit = (await world.make.unit()).id;
});
afterAll(() => world.app.close());

const names = async (client: Client, query = ''): Promise<string[]> =>
  (await client.get<Items<ProjectView>>(`/projects?limit=200${query}`)).body.items.map(({ name }) => name);
const change = (id: string, body: object, version: number): Promise<Answer<ProjectView>> =>
  office.patch<ProjectView>(`/projects/${id}`, body, { 'if-match': `"${version}"` });

describe('a project', () => {
  it('is of an enterprise or of none, under a number that is given or drawn', async () => {
    const owner = await world.make.enterprise();
    const given = await office.post<ProjectView>('/projects', {
      number: '安发改备〔2021〕12号',
      name: '年产5000吨锂电正极材料项目',
      reportingUnitId: unit,
      enterpriseId: owner.id,
      note: '一期已开工',
    });
    expect([given.status, given.headers.get('etag'), given.body]).toEqual([
      201,
      '"1"',
      {
        id: expect.any(String),
        number: '安发改备〔2021〕12号',
        name: '年产5000吨锂电正极材料项目',
        reportingUnit: { id: unit, code: '610902', name: '汉滨区' },
        enterprise: { id: owner.id, name: owner.name },
        note: '一期已开工',
        isActive: true,
        version: 1,
      },
    ]);
    expect((await office.get<ProjectView>(`/projects/${given.body.id}`)).body).toEqual(given.body);

    const { number, enterprise } = await world.project();
    expect([number, enterprise]).toEqual([expect.stringMatching(/^XM-2021-\d{6}$/), null]);
    // The next number that would be drawn is given by hand: the one after it is drawn.
    const next = `XM-2021-${String(Number(number.slice(-6)) + 1).padStart(6, '0')}`;
    await world.project('610902', { number: next });
    expect((await world.project()).number > next).toBe(true);
  });

  it('is told by number once, also of two at once', async () => {
    const body = { number: 'XM-A-1', name: '一', reportingUnitId: unit };
    const answers = await Promise.all([office.post('/projects', body), office.post('/projects', body)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(refusal(await office.post('/projects', body))).toBe('409 PROJECT_NUMBER_TAKEN');
  });

  it.each<[string, object, string]>([
    ['no name', { name: '' }, '400 VALIDATION_FAILED'],
    ['blanks at the end', { name: '项目 ' }, '400 VALIDATION_FAILED'],
    ['an unknown unit', { reportingUnitId: uuidv7() }, '409 REFERENCE_UNKNOWN'],
    ['an unknown owner', { enterpriseId: uuidv7() }, '409 REFERENCE_UNKNOWN'],
    ['no unit', { reportingUnitId: null }, '400 VALIDATION_FAILED'],
    ['a blank in its number', { number: 'XM 1' }, '400 VALIDATION_FAILED'],
    ['a field that it has not', { stage: 'signed' }, '400 VALIDATION_FAILED'],
  ])('with %s is refused', async (_, over, expected) => {
    const body = { name: '项目', reportingUnitId: unit, ...over };
    expect(refusal(await office.post('/projects', body))).toBe(expected);
  });

  it('is changed by who saw its last version, and keeps its number', async () => {
    const owner = await world.make.enterprise();
    const { id } = await world.project('610902', { enterpriseId: owner.id, note: '一期' });
    const unseen = await office.patch(`/projects/${id}`, { name: '改名' });
    expect(refusal(unseen)).toBe('428 IF_MATCH_REQUIRED');
    expect((await change(id, { name: '改名' }, 1)).body).toMatchObject({
      name: '改名',
      enterprise: { id: owner.id },
      note: '一期',
      version: 2,
    });
    expect(refusal(await change(id, { name: '再改' }, 1))).toBe('412 VERSION_STALE');
    const cleared = await change(id, { enterpriseId: null, note: null, isActive: false }, 2);
    expect(cleared.body).toMatchObject({ name: '改名', enterprise: null, note: null, isActive: false });
    expect(refusal(await change(id, { number: 'XM-B-1' }, 3))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await change(id, { name: null }, 3))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await change(id, { reportingUnitId: uuidv7() }, 3))).toBe('409 REFERENCE_UNKNOWN');
    expect(refusal(await change(uuidv7(), { name: '无' }, 1))).toBe('404 NOT_FOUND');
  });

  it('is found by unit, owner, fragment and whether it is pursued, by name, page by page', async () => {
    const owner = await world.make.enterprise();
    const over = { enterpriseId: owner.id };
    await world.project('610921', { name: '汉阴甲_光伏项目', ...over });
    await world.project('610921', { name: '汉阴乙光伏项目', number: 'HY-99', ...over });
    await world.project('610921', { name: '汉阴丙光伏项目', isActive: false });
    expect(await names(office, '&reportingUnit=610921')).toHaveLength(3);
    expect(await names(office, `&enterprise=${owner.id}`)).toEqual(['汉阴乙光伏项目', '汉阴甲_光伏项目']);
    expect(await names(office, `&q=${encodeURIComponent('甲_光')}`)).toEqual(['汉阴甲_光伏项目']);
    expect(await names(office, '&q=hy-9')).toEqual(['汉阴乙光伏项目']);
    expect(await names(office, '&reportingUnit=610921&isActive=false')).toEqual(['汉阴丙光伏项目']);
    expect(refusal(await office.get('/projects?stage=signed'))).toBe('400 VALIDATION_FAILED');
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer<Items<ProjectView>> = await office.get(
        `/projects?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      walked.push(...page.body.items.map(({ name }) => name));
      cursor = page.body.nextCursor;
    }
    expect(walked).toEqual(await names(office));
  });
});

describe('who sees a project', () => {
  const demand = { title: '用电增容', category: 'energy', cause: 'market' };

  it('a county: those that lie in it, whoever owns them; it changes none', async () => {
    const county = await world.app.as('county');
    const own = await world.project('610902', { enterpriseId: (await world.make.enterprise('610921')).id });
    const other = await world.project('610921', { enterpriseId: (await world.make.enterprise()).id });
    expect((await county.get(`/projects/${own.id}`)).status).toBe(200);
    const listed = await names(county);
    expect([listed.includes(own.name), listed.includes(other.name)]).toEqual([true, false]);
    const paths = [`/projects/${other.id}`, `/projects/${other.id}/pairings`];
    for (const path of paths) expect(refusal(await county.get(path))).toBe('404 NOT_FOUND');
    expect(refusal(await county.post(`/projects/${other.id}/problems`, demand))).toBe('404 NOT_FOUND');
    expect((await county.post(`/projects/${own.id}/problems`, demand)).status).toBe(201);
    const body = { name: '项目', reportingUnitId: unit };
    expect(refusal(await county.post('/projects', body))).toBe('403 FORBIDDEN');
    expect(refusal(await county.patch(`/projects/${own.id}`, body))).toBe('403 FORBIDDEN');
    expect(refusal(await county.post(`/projects/${own.id}/pairings`))).toBe('403 FORBIDDEN');
  });

  it('a department: those whose problems or whose enterprise it works', async () => {
    const { client, department, official } = await world.claimant('市能源局');
    const claim = (path: string, by = { client, official }) =>
      by.client.post(`${path}/claim`, { officialId: by.official.id });
    const [bare, worked, taken] = [await world.project(), await world.project(), await world.project()];
    const another = await world.claimant('市环保局');
    const report = async (path: string): Promise<string> =>
      `/problems/${(await office.post<{ id: string }>(`${path}/problems`, demand)).body.id}`;
    await claim(await report(`/projects/${worked.id}`));
    await claim(await report(`/projects/${taken.id}`), another);
    const owner = await world.make.enterprise();
    const owned = await world.project('610902', { enterpriseId: owner.id });
    await office.post(`${await report(`/enterprises/${owner.id}`)}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'simple',
    });
    const seen = async ({ id }: ProjectView): Promise<number> => (await client.get(`/projects/${id}`)).status;
    expect(await Promise.all([bare, worked, taken, owned].map(seen))).toEqual([404, 200, 404, 200]);
    expect(refusal(await client.post(`/projects/${worked.id}/problems`, demand))).toBe('403 FORBIDDEN');
    // Without the problem itself, what is worked of the enterprise opens nothing of the project's own.
    const own = await office.post<{ id: string }>(`/projects/${owned.id}/problems`, demand);
    await claim(`/problems/${own.body.id}`, another);
    expect(refusal(await client.get(`/problems/${own.body.id}`))).toBe('404 NOT_FOUND');
  });

  it('a leader: those paired to them, with their problems; until the pairing ends', async () => {
    const department = await world.make.department('市政府');
    const leader = await world.make.official(department, { duty: 'leader' });
    const account = await world.make.account('leader', { officialId: leader.id });
    const client = await world.app.signIn(account.username, account.password);
    const owner = await world.make.enterprise();
    const project = await world.project('610902', { enterpriseId: owner.id });
    const problem = await office.post<{ id: string }>(`/projects/${project.id}/problems`, demand);
    const paths = [`/projects/${project.id}`, `/problems/${problem.body.id}`];
    const seen = (): Promise<number[]> =>
      Promise.all(paths.map(async (path) => (await client.get(path)).status));
    // With the enterprise: what is the project's own is not the enterprise's.
    await office.post(`/enterprises/${owner.id}/pairings`, { officialId: leader.id });
    expect(await seen()).toEqual([404, 404]);
    const pairings = `/projects/${project.id}/pairings`;
    const { body } = await office.post<{ id: string }>(pairings, { officialId: leader.id });
    expect(await seen()).toEqual([200, 200]);
    expect(await names(client)).toEqual([project.name]);
    await office.post(`${pairings}/${body.id}/end`);
    expect(await seen()).toEqual([404, 404]);
  });

  it('nobody else', async () => {
    const { id } = await world.project();
    for (const role of ['auditor', 'system_admin', 'security_admin'] as const) {
      const client = await world.app.as(role);
      for (const path of ['/projects', `/projects/${id}`, `/projects/${id}/pairings`]) {
        expect(refusal(await client.get(path))).toBe('403 FORBIDDEN');
      }
    }
  });
});

describe('an item of a responsibility list', () => {
  it('may be of a project, beside those of enterprises', async () => {
    const [project, enterprise] = [await world.project(), await world.make.enterprise()];
    const { id } = await world.draft([
      world.item({ projectId: project.id, title: '征地' }),
      world.item({ enterpriseId: enterprise.id, title: '征地' }),
    ]);
    expect((await world.issue(id)).status).toBe(200);
    const [first, second] = await world.items(id);
    expect(first).toMatchObject({ enterprise: null, project: { id: project.id, name: project.name } });
    expect(second).toMatchObject({ enterprise: { id: enterprise.id }, project: null });
    expect(await world.problem(first?.problem?.id)).toMatchObject({
      status: 'reported',
      case: null,
      enterprise: null,
      project: { id: project.id, number: project.number },
    });
  });

  it('is of one, that is there, once', async () => {
    const [{ id: projectId }, { id: enterpriseId }] = [await world.project(), await world.make.enterprise()];
    const draft = (...items: object[]) =>
      office.post('/responsibility-lists', world.list(items.map((over) => world.item(over))));
    const both = await draft({ projectId, enterpriseId }, { projectId: uuidv7() });
    expect([refusal(both), faults(both)]).toEqual([
      '400 LIST_ITEM_INVALID',
      ['/items/0/projectId LIST_ITEM_OF_ONE', '/items/1/projectId PROJECT_UNKNOWN'],
    ]);
    const twice = await draft({ projectId, title: '征地' }, { projectId, title: '征地' });
    expect(faults(twice)).toEqual(['/items/1/title LIST_ITEM_REPEATED']);
  });

  it('is not issued to a project that is no longer pursued, nor is a problem of it reported', async () => {
    const [stopped, enterprise] = [await world.project(), await world.make.enterprise()];
    const { id } = await world.draft([
      world.item({ enterpriseId: enterprise.id }),
      world.item({ projectId: stopped.id }),
    ]);
    await change(stopped.id, { isActive: false }, 1);
    const refused = await world.issue(id);
    expect([refusal(refused), faults(refused)]).toEqual([
      '409 LIST_ITEMS_REFUSED',
      ['/items/1 PROJECT_INACTIVE'],
    ]);
    const demand = { title: '用电增容', category: 'energy', cause: 'market' };
    expect(refusal(await office.post(`/projects/${stopped.id}/problems`, demand))).toBe(
      '409 PROJECT_INACTIVE',
    );
    expect(refusal(await office.post(`/projects/${uuidv7()}/problems`, demand))).toBe('404 NOT_FOUND');
  });
});
