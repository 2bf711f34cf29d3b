import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { ProjectStageView } from '../../src/enterprises/projects/project-stages.dto.js';
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
        stage: null,
        stageReachedOn: null,
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
    expect(refusal(await office.get('/projects?stage=planned'))).toBe('400 VALIDATION_FAILED');
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

describe('the stage of a project', () => {
  const SIGNED = { stage: 'signed', reachedOn: '2020-03-02', statement: '已签约', source: 'document' };
  const move = (id: string, over: object, version: number, client = office) =>
    client.post<ProjectView>(`/projects/${id}/stage`, { ...SIGNED, ...over }, { 'if-match': `"${version}"` });
  const entries = async (id: string): Promise<ProjectStageView[]> =>
    (await office.get<Items<ProjectStageView>>(`/projects/${id}/stages`)).body.items;
  const correct = (id: string, entry: string | undefined, body: object, version: number, client = office) =>
    client.post<ProjectView>(`/projects/${id}/stages/${entry}/correct`, body, { 'if-match': `"${version}"` });

  it('goes forward, one after the other or past some for a reason, with what shows it', async () => {
    const { id, name } = await world.project();
    const unseen = await office.post(`/projects/${id}/stage`, SIGNED);
    expect(refusal(unseen)).toBe('428 IF_MATCH_REQUIRED');
    const signed = await move(id, {}, 1);
    expect([signed.status, signed.headers.get('etag'), signed.body]).toMatchObject([
      200,
      '"2"',
      { stage: 'signed', stageReachedOn: '2020-03-02', version: 2 },
    ]);
    expect(refusal(await move(id, {}, 1))).toBe('412 VERSION_STALE');
    for (const [over, code] of [
      [{}, '409 PROJECT_STAGE_NOT_FORWARD'],
      [{ stage: 'completed', reachedOn: '2021-08-20' }, '400 SKIP_REASON_REQUIRED'],
      [{ stage: 'under_construction', reachedOn: '2020-03-01' }, '400 STAGE_DATE_OUT_OF_ORDER'],
      [{ stage: 'under_construction', reachedOn: '2021-08-25' }, '400 DATE_IN_FUTURE'],
      [{ stage: 'under_construction', statement: ' ' }, '400 VALIDATION_FAILED'],
      [{ stage: 'under_construction', source: 'statistics' }, '400 VALIDATION_FAILED'],
    ] as const)
      expect(refusal(await move(id, over, 2))).toBe(code);
    const skipped = { stage: 'completed', reachedOn: '2021-08-20', skipReason: '租用厂房' };
    expect((await move(id, skipped, 2)).body).toMatchObject({ stage: 'completed', version: 3 });
    expect(await names(office, '&stage=completed&stage=in_production')).toEqual([name]);
    expect(await names(office, '&stage=signed')).toEqual([]);
    expect(await entries(id)).toMatchObject([
      { stage: 'signed', statement: '已签约', source: 'document', skipReason: null, isStanding: true },
      { stage: 'completed', skipReason: '租用厂房', isStanding: true, reason: null },
    ]);
  });

  it('told twice at once is reached once', async () => {
    const { id } = await world.project();
    const answers = await Promise.all([move(id, {}, 1), move(id, {}, 1)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect(await entries(id)).toHaveLength(1);
  });

  it('is corrected and withdrawn by the task force, for a reason, and what was entered stays', async () => {
    const { id } = await world.project();
    await move(id, {}, 1);
    await move(id, { stage: 'under_construction', reachedOn: '2020-06-01' }, 2);
    const [first, second] = await entries(id);
    const reason = '录入有误';
    expect(refusal(await correct(id, first?.id, { reason, reachedOn: '2020-06-02' }, 3))).toBe(
      '400 STAGE_DATE_OUT_OF_ORDER',
    );
    expect(refusal(await correct(id, first?.id, { reason, isWithdrawn: true }, 3))).toBe(
      '409 STAGE_NOT_LAST',
    );
    expect(refusal(await correct(id, first?.id, {}, 3))).toBe('400 VALIDATION_FAILED');
    const moved = await correct(id, second?.id, { reason, reachedOn: '2020-05-06' }, 3);
    expect(moved.body).toMatchObject({ stage: 'under_construction', stageReachedOn: '2020-05-06' });
    expect(refusal(await correct(id, second?.id, { reason }, 4))).toBe('409 STAGE_ENTRY_SUPERSEDED');
    expect(refusal(await correct(id, uuidv7(), { reason }, 4))).toBe('404 NOT_FOUND');
    const third = (await entries(id)).at(-1);
    const withdrawn = await correct(id, third?.id, { reason: '尚未开工', isWithdrawn: true }, 4);
    expect(withdrawn.body).toMatchObject({ stage: 'signed', stageReachedOn: '2020-03-02', version: 5 });
    expect(await entries(id)).toMatchObject([
      { id: first?.id, isStanding: true },
      { reachedOn: '2020-06-01', isStanding: false },
      { reachedOn: '2020-05-06', isStanding: false, correctsId: second?.id, reason },
      { reachedOn: null, isStanding: true, correctsId: third?.id, reason: '尚未开工' },
    ]);
    // What was withdrawn may be reached yet.
    const again = { stage: 'under_construction', reachedOn: '2020-07-01' };
    expect((await move(id, again, 5)).body).toMatchObject({ stage: 'under_construction' });
  });

  it('is entered by a county where it lies, and corrected by none', async () => {
    const county = await world.app.as('county');
    const department = (await world.claimant('市住建局')).client;
    const [own, other] = [await world.project(), await world.project('610921')];
    expect((await move(own.id, {}, 1, county)).status).toBe(200);
    expect(refusal(await move(other.id, {}, 1, county))).toBe('404 NOT_FOUND');
    expect(refusal(await county.get(`/projects/${other.id}/stages`))).toBe('404 NOT_FOUND');
    expect(refusal(await move(own.id, { stage: 'under_construction' }, 2, department))).toBe('403 FORBIDDEN');
    const [entry] = await entries(own.id);
    const body = { reason: '录入有误', isWithdrawn: true };
    expect(refusal(await correct(own.id, entry?.id, body, 2, county))).toBe('403 FORBIDDEN');
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
