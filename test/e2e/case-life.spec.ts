import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  code: string;
  params: Record<string, unknown>;
  errors: Array<{ pointer: string; code: string }>;
}

describe('the life of a case by HTTP', () => {
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let lead: Client;
  let department: Department;
  let official: Official;

  beforeAll(async () => {
    world = await createTestApp();
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    official = await make.official(department);
    const account = await make.account('department', { departmentId: department.id });
    lead = await world.signIn(account.username, account.password);
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const report = async (): Promise<CaseView> => {
    const enterprise = await make.enterprise();
    const answer = await office.post<CaseView>('/cases', {
      enterpriseId: enterprise.id,
      distressType: 'stalled',
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const assignment = (): object => ({
    departmentId: department.id,
    officialId: official.id,
    complexity: 'general',
  });
  const inProgress = async (): Promise<CaseView> => {
    const { id } = await report();
    await office.post(`/cases/${id}/assign`, assignment());
    return (await lead.post<CaseView>(`/cases/${id}/acknowledge`)).body;
  };
  const evidence = async (path: string, kind: string, source: string): Promise<string> => {
    const file = new Blob([`%PDF-1.7 ${kind} ${path}`]);
    const answer = await lead.upload<{ id: string }>(`${path}/files`, { kind, source }, file, '证明.pdf');
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const events = (id: string) =>
    world.database.dataSource.query<Array<{ type: string }>>(
      'SELECT type FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Problem).code}`;

  it('is reported, assigned, signed for, worked through and struck off', async () => {
    const reported = await report();
    expect(reported).toMatchObject({
      status: 'reported',
      assignment: null,
      problems: { total: 0, open: 0 },
      version: 1,
    });
    expect(reported.number).toMatch(/^AK-\d{4}-\d{6}$/);
    expect(reported.allowedActions).toEqual(['reject', 'assign', 'terminate']);
    const path = `/cases/${reported.id}`;

    const assigned = (await office.post<CaseView>(`${path}/assign`, assignment())).body;
    expect(assigned.status).toBe('assigned');
    expect(assigned.assignment).toMatchObject({
      department: { name: '市工信局' },
      deadlineVersion: 1,
      acknowledgedAt: null,
    });

    const signed = (await lead.post<CaseView>(`${path}/acknowledge`, { note: '收到' })).body;
    expect(signed).toMatchObject({ status: 'in_progress', light: 'green', isOverdue: false });
    expect(signed.allowedActions).toEqual(['request_closure']);

    const problemBody = { title: '土地证办理滞后', category: 'land', cause: 'government' };
    const problem = (await office.post<ProblemView>(`${path}/problems`, problemBody)).body;
    expect(problem).toMatchObject({ status: 'reported', help: 'serve', case: { id: reported.id } });
    expect(problem.number).toMatch(/^P-\d{4}-\d{6}$/);
    const problemPath = `/problems/${problem.id}`;
    await office.post(`${problemPath}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'simple',
    });
    await lead.post(`${problemPath}/acknowledge`);

    const closure = { outcome: 'recovered', statement: '已恢复生产', evidenceFileIds: [] as string[] };
    const tooEarly = await lead.post(`${path}/request-closure`, closure);
    expect(refusal(tooEarly)).toBe('409 PROBLEMS_OPEN');

    const solved = { outcome: 'solved', statement: '已办证', evidenceFileIds: [] as string[] };
    expect(refusal(await lead.post(`${problemPath}/request-closure`, solved))).toBe('409 EVIDENCE_MISSING');
    solved.evidenceFileIds = [await evidence(problemPath, 'certificate', 'other')];
    expect((await lead.post(`${problemPath}/request-closure`, solved)).body).toMatchObject({
      status: 'verifying',
    });
    expect((await office.post(`${problemPath}/approve-closure`)).body).toMatchObject({
      status: 'resolved',
      outcome: 'solved',
    });

    expect(refusal(await lead.post(`${path}/request-closure`, closure))).toBe('409 RECOVERY_NOT_SHOWN');
    closure.evidenceFileIds = [
      await evidence(path, 'photo', 'enterprise'),
      await evidence(path, 'electricity_bill', 'grid'),
    ];
    const asked = await lead.post<CaseView>(`${path}/request-closure`, closure);
    expect(asked.body).toMatchObject({
      status: 'verifying',
      problems: { total: 1, open: 0 },
      allowedActions: [],
    });

    expect(refusal(await lead.post(`${path}/approve-closure`))).toBe('403 ACTION_NOT_YOURS');
    const closed = (await office.post<CaseView>(`${path}/approve-closure`, { note: '属实' })).body;
    expect(closed).toMatchObject({ status: 'resolved', outcome: 'recovered', light: null, isOverdue: false });
    expect(closed.resolvedAt).not.toBeNull();
    expect((await events(reported.id)).map(({ type }) => type)).toEqual([
      'reported',
      'assigned',
      'acknowledged',
      'reported',
      'assigned',
      'acknowledged',
      'file_added',
      'closure_requested',
      'resolved',
      'file_added',
      'file_added',
      'closure_requested',
      'resolved',
    ]);
  });

  it('is not struck off by the person or the department that asked for it', async () => {
    const { id } = await inProgress();
    const closure = { outcome: 'explained', statement: '已依法解释', evidenceFileIds: [] };
    expect((await lead.post(`/cases/${id}/request-closure`, closure)).status).toBe(200);
    const sameDepartment = await make.account('task_force', { departmentId: department.id });
    const colleague = await world.signIn(sameDepartment.username, sameDepartment.password);
    expect(refusal(await colleague.post(`/cases/${id}/approve-closure`))).toBe('403 REQUESTER_CANNOT_DECIDE');
    expect((await office.get<CaseView>(`/cases/${id}`)).body.status).toBe('verifying');
  });

  it('is sent back to be done again, with the days it had left', async () => {
    const signed = await inProgress();
    const path = `/cases/${signed.id}`;
    await lead.post(`${path}/request-closure`, {
      outcome: 'explained',
      statement: '说明',
      evidenceFileIds: [],
    });
    expect(refusal(await office.post(`${path}/send-back`, {}))).toBe('400 VALIDATION_FAILED');
    const again = (await office.post<CaseView>(`${path}/send-back`, { reason: '证据不足' })).body;
    expect(again.status).toBe('in_progress');
    // Stopped and started on one day: nothing was paused, so the moment and its version stay.
    expect(again.assignment).toMatchObject({ dueAt: signed.assignment?.dueAt, deadlineVersion: 1 });
  });

  it('says which state refused which action and what is allowed, and changes nothing', async () => {
    const { id, version } = await inProgress();
    const before = await events(id);
    const refused = await office.post<Problem>(`/cases/${id}/assign`, assignment());
    expect(refusal(refused)).toBe('409 CASE_TRANSITION_REFUSED');
    expect(refused.body.params).toEqual({
      status: 'in_progress',
      action: 'assign',
      allowedActions: ['reassign', 'hold', 'terminate'],
    });
    expect(await events(id)).toEqual(before);
    expect((await office.get<CaseView>(`/cases/${id}`)).body.version).toBe(version);
  });

  it('takes one live case an enterprise, also from two reports at once', async () => {
    const enterprise = await make.enterprise();
    const body = { enterpriseId: enterprise.id, distressType: 'reduced_output' };
    const answers = await Promise.all([office.post('/cases', body), office.post('/cases', body)]);
    expect(answers.map(refusal).toSorted()).toEqual(['201 undefined', '409 LIVE_CASE_EXISTS']);
  });

  it('has one of two assignments at once', async () => {
    const { id } = await report();
    const answers = await Promise.all([1, 2, 3].map(() => office.post(`/cases/${id}/assign`, assignment())));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await events(id)).map(({ type }) => type)).toEqual(['reported', 'assigned']);
  });

  it('refuses an action on a version that has passed', async () => {
    const { id } = await report();
    const stale = { 'if-match': '"7"' };
    expect(refusal(await office.post(`/cases/${id}/assign`, assignment(), stale))).toBe('412 VERSION_STALE');
    const read = await office.get(`/cases/${id}`);
    const fresh = { 'if-match': read.headers.get('etag') ?? '' };
    expect((await office.post(`/cases/${id}/assign`, assignment(), fresh)).status).toBe(200);
  });

  it('makes only those answerable who can be', async () => {
    const { id } = await report();
    const other = await make.department();
    const stranger = await make.official(other);
    const inactive = await make.official(department, { isActive: false });
    const { body: me } = await office.get<{ department: { id: string } }>('/auth/me');
    const cases = [
      [{ officialId: stranger.id }, '/officialId', 'OFFICIAL_OF_ANOTHER_DEPARTMENT'],
      [{ officialId: inactive.id }, '/officialId', 'OFFICIAL_INACTIVE'],
      [{ officialId: id }, '/officialId', 'OFFICIAL_UNKNOWN'],
      [{ departmentId: id }, '/departmentId', 'DEPARTMENT_UNKNOWN'],
      [{ departmentId: me.department.id }, '/departmentId', 'TASK_FORCE_LEADS_NOTHING'],
      [{ coHandlers: [{ departmentId: id }] }, '/coHandlers/0/departmentId', 'DEPARTMENT_UNKNOWN'],
      [{ complexity: undefined, dueOn: '2021-10-08' }, '/dueOn', 'DUE_DATE_PAST'],
    ] as const;
    for (const [over, pointer, code] of cases) {
      const { status, body } = await office.post<Problem>(`/cases/${id}/assign`, {
        ...assignment(),
        ...over,
      });
      expect([status, body.errors[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
    }
    expect((await office.get<CaseView>(`/cases/${id}`)).body.status).toBe('reported');
  });

  it('keeps a county inside its territory', async () => {
    const county = await world.as('county');
    const own = await make.enterprise('610902');
    const foreign = await make.enterprise('610921');
    const outside = await county.post('/cases', { enterpriseId: foreign.id, distressType: 'stalled' });
    expect(refusal(outside)).toBe('404 NOT_FOUND');
    const { body } = await county.post<CaseView>('/cases', { enterpriseId: own.id, distressType: 'stalled' });
    const cityWork = await county.post(`/cases/${body.id}/assign`, assignment());
    expect(refusal(cityWork)).toBe('403 DEPARTMENT_OUTSIDE_TERRITORY');
    const bureau = await make.department('汉滨区工信局', 'county', '610902');
    const clerk = await make.official(bureau);
    const assigned = await county.post(`/cases/${body.id}/assign`, {
      departmentId: bureau.id,
      officialId: clerk.id,
      complexity: 'simple',
    });
    expect(assigned.status).toBe(200);
  });

  it('shows a department what it leads and the claim pool, and nothing else', async () => {
    const { id } = await inProgress();
    const account = await make.account('department', { departmentId: (await make.department()).id });
    const stranger = await world.signIn(account.username, account.password);
    expect(refusal(await stranger.get(`/cases/${id}`))).toBe('404 NOT_FOUND');
    expect(refusal(await stranger.post(`/cases/${id}/acknowledge`))).toBe('404 NOT_FOUND');
    const pool = await report();
    expect((await stranger.get(`/cases/${pool.id}`)).status).toBe(200);
    const { body } = await stranger.get<{ items: CaseView[] }>('/cases?limit=200');
    expect(body.items.every(({ status }) => status === 'reported')).toBe(true);
  });

  it('corrects what was reported with If-Match alone', async () => {
    const { id } = await report();
    const change = { distressType: 'semi_stalled', note: '更正' };
    expect(refusal(await office.patch(`/cases/${id}`, change))).toBe('428 IF_MATCH_REQUIRED');
    expect(refusal(await office.patch(`/cases/${id}`, change, { 'if-match': '"9"' }))).toBe(
      '412 VERSION_STALE',
    );
    expect((await office.patch(`/cases/${id}`, change, { 'if-match': '"1"' })).body).toMatchObject({
      ...change,
      version: 2,
    });
  });

  it('keeps its events from being changed, and links them by their hashes', async () => {
    const { id } = await inProgress();
    const { dataSource } = world.database;
    await expect(dataSource.query('DELETE FROM case_events WHERE chain_id = $1', [id])).rejects.toThrow(
      /permission denied/,
    );
    await expect(dataSource.query(`UPDATE case_events SET type = 'claimed'`)).rejects.toThrow(
      /permission denied/,
    );
    const [row] = await dataSource.query<Array<{ last_sequence: number; last_hash: Buffer }>>(
      'SELECT last_sequence, last_hash FROM cases WHERE id = $1',
      [id],
    );
    const chain = await dataSource.query<Array<{ sequence: number; hash: Buffer }>>(
      'SELECT sequence, hash FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
    expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(row).toMatchObject({ last_sequence: 3, last_hash: chain.at(-1)?.hash });
  });
});
