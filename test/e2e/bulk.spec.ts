import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BulkView } from '../../src/cases/bulk/bulk.dto.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}

describe('one action on many cases', () => {
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

  const report = async (unit?: string): Promise<string> => {
    const body = { enterpriseId: (await make.enterprise(unit)).id, distressType: 'stalled' };
    return (await office.post<CaseView>('/cases', body)).body.id;
  };
  const reports = async (number: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < number) ids.push(await report());
    return ids;
  };
  const assignment = (): object => ({
    departmentId: department.id,
    officialId: official.id,
    complexity: 'general',
  });
  const bulk = (client: Client, body: object, key?: string) =>
    client.post<BulkView>('/cases/bulk', body, key === undefined ? {} : { 'idempotency-key': key });
  const statuses = ({ body }: Answer<BulkView>): string[] =>
    body.items.map(({ status, code = '' }) => `${status} ${code}`.trim());
  const events = async (id: string): Promise<string[]> => {
    const rows = await world.database.dataSource.query<Array<{ type: string }>>(
      'SELECT type FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
    return rows.map(({ type }) => type);
  };
  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Problem).code}`;

  it('is answered for each on its own, and one bad one stops no other', async () => {
    const [first = '', done = '', last = ''] = await reports(3);
    await office.post(`/cases/${done}/assign`, assignment());
    const nowhere = randomUUID();
    const body = { action: 'assign', ids: [last, done, nowhere, first], body: assignment() };
    const answer = await bulk(office, body);
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual(['200', '409 CASE_TRANSITION_REFUSED', '404 NOT_FOUND', '200']);
    expect(answer.body).toMatchObject({ preview: false, done: 2, refused: 2 });
    expect(answer.body.items.map(({ id }) => id)).toEqual(body.ids);
    expect(answer.body.items[1]?.params).toEqual({
      status: 'assigned',
      action: 'assign',
      allowedActions: ['reassign', 'terminate'],
    });
    for (const id of [first, done, last]) expect(await events(id)).toEqual(['reported', 'assigned']);
  });

  it('is previewed: the same answer, and nothing done', async () => {
    const ids = await reports(3);
    await office.post(`/cases/${ids[0]}/reject`, { reason: '重复' });
    const body = { action: 'assign', ids, body: assignment() };
    const preview = await bulk(office, { ...body, preview: true });
    expect(statuses(preview)).toEqual(['409 CASE_TRANSITION_REFUSED', '200', '200']);
    for (const id of ids.slice(1)) expect(await events(id)).toEqual(['reported']);
    const reminders = await world.database.dataSource.query(
      `SELECT id FROM reminders WHERE subject_id = ANY ($1) AND clock = 'handle'`,
      [ids],
    );
    expect(reminders).toEqual([]);
    const keyed = await bulk(office, { ...body, preview: true }, randomUUID());
    expect(keyed.body).toEqual(preview.body);
    const done = await bulk(office, body);
    expect(done.body).toEqual({ ...preview.body, preview: false });
  });

  it('repeated with its key has its effect once', async () => {
    const ids = [...(await reports(2)), randomUUID()];
    const key = randomUUID();
    const body = { action: 'assign', ids, body: assignment() };
    const first = await bulk(office, body, key);
    expect(statuses(first)).toEqual(['200', '200', '404 NOT_FOUND']);
    const again = await bulk(office, body, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    for (const id of ids.slice(0, 2)) expect(await events(id)).toEqual(['reported', 'assigned']);
  });

  it('takes the cases by the filters of the list', async () => {
    const ids = [await report('610924'), await report('610924')];
    const other = await report('610925');
    const filter = { status: ['reported'], reportingUnit: ['610924'] };
    const answer = await bulk(office, { action: 'assign', filter, body: assignment() });
    expect(answer.body.items.map(({ id }) => id)).toEqual(ids.toSorted());
    expect(answer.body.done).toBe(2);
    expect(await events(other)).toEqual(['reported']);
    const none = await bulk(office, { action: 'assign', filter, body: assignment() });
    expect(none.body).toEqual({ preview: false, done: 0, refused: 0, items: [] });
  });

  it('holds, reassigns and notes as one case does', async () => {
    const ids = await reports(2);
    await bulk(office, { action: 'assign', ids, body: assignment() });
    const next = await make.department('市发改委');
    const colleague = await make.official(next);
    const change = { departmentId: next.id, officialId: colleague.id, reason: '职责调整' };
    expect(statuses(await bulk(office, { action: 'reassign', ids, body: change }))).toEqual(['200', '200']);
    const account = await make.account('department', { departmentId: next.id });
    const handler = await world.signIn(account.username, account.password);
    for (const id of ids) await handler.post(`/cases/${id}/acknowledge`);
    const reviewOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const hold = { action: 'hold', ids, body: { ground: 'litigation', reviewOn } };
    expect(statuses(await bulk(handler, hold))).toEqual(['403 ACTION_NOT_YOURS', '403 ACTION_NOT_YOURS']);
    expect(statuses(await bulk(office, { ...hold, body: { ...hold.body, reviewOn: '2021-01-01' } }))).toEqual(
      ['400 REVIEW_DATE_INVALID', '400 REVIEW_DATE_INVALID'],
    );
    expect(statuses(await bulk(office, hold))).toEqual(['200', '200']);
    expect(statuses(await bulk(handler, { action: 'note', ids, body: { text: '已约谈' } }))).toEqual([
      '200',
      '200',
    ]);
    expect(statuses(await bulk(lead, { action: 'note', ids, body: { text: '看不见' } }))).toEqual([
      '404 NOT_FOUND',
      '404 NOT_FOUND',
    ]);
    for (const id of ids) {
      expect(await events(id)).toEqual([
        'reported',
        'assigned',
        'reassigned',
        'acknowledged',
        'held',
        'note_added',
      ]);
    }
  });

  it('leaves a case whole when what it needs is missing, and says what', async () => {
    const [id = ''] = await reports(1);
    const stranger = await make.official(await make.department());
    const body = { ...assignment(), officialId: stranger.id };
    const { body: answer } = await bulk(office, { action: 'assign', ids: [id], body });
    expect(answer.items).toEqual([
      {
        id,
        status: 400,
        code: 'ANSWERABLE_INVALID',
        params: { status: 'reported', action: 'assign', allowedActions: ['reject', 'assign', 'terminate'] },
        errors: [{ pointer: '/officialId', code: 'OFFICIAL_OF_ANOTHER_DEPARTMENT' }],
      },
    ]);
    expect(await events(id)).toEqual(['reported']);
  });

  it('is refused as a whole where the request itself is wrong', async () => {
    const ids = [randomUUID()];
    const wrong = [
      [{ action: 'terminate', ids, body: {} }, '/action', 'FIELD_IS_IN'],
      [{ action: 'assign', ids, body: {} }, '/body/departmentId', 'FIELD_REQUIRED'],
      [{ action: 'note', ids, body: { text: '记录', loud: true } }, '/body/loud', 'FIELD_UNKNOWN'],
      [{ action: 'note', filter: { limit: 5 }, body: { text: '记录' } }, '/filter/limit', 'FIELD_UNKNOWN'],
      [{ action: 'note', ids: [], body: { text: '记录' } }, '/ids', 'FIELD_ARRAY_MIN_SIZE'],
      [{ action: 'note', ids: [...ids, ...ids], body: { text: '记录' } }, '/ids', 'FIELD_ARRAY_UNIQUE'],
      [{ action: 'note', ids: ['x'], body: { text: '记录' } }, '/ids', 'FIELD_IS_UUID'],
    ] as const;
    for (const [body, pointer, code] of wrong) {
      const answer = await office.post<Problem>('/cases/bulk', body);
      expect([answer.status, answer.body.errors[0]]).toEqual([
        400,
        expect.objectContaining({ pointer, code }),
      ]);
    }
    const many = Array.from({ length: 501 }, () => randomUUID());
    const note = { action: 'note', body: { text: '记录' } };
    expect(refusal(await bulk(office, { ...note, ids: many }))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await bulk(office, note))).toBe('400 BULK_SELECTION_REQUIRED');
    expect(refusal(await bulk(office, { ...note, ids, filter: {} }))).toBe('400 BULK_SELECTION_REQUIRED');
    expect(refusal(await bulk(await world.as('leader'), { ...note, ids }))).toBe('403 FORBIDDEN');
  });

  it('is for five hundred cases at most, also by filter', async () => {
    const { id } = await make.enterprise('610929');
    await world.database.dataSource.query(
      `INSERT INTO cases (id, number, status, reporting_unit_id, enterprise_id, distress_type, reported_at, last_event_at)
       SELECT uuidv7(), 'MANY-' || n, 'rejected', e.reporting_unit_id, e.id, 'stalled', now(), now()
         FROM enterprises e, generate_series(1, 501) n WHERE e.id = $1`,
      [id],
    );
    const filter = { reportingUnit: ['610929'] };
    const answer = await bulk(office, { action: 'note', filter, body: { text: '记录' }, preview: true });
    expect(refusal(answer)).toBe('409 BULK_TOO_MANY');
  });
});
