import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Problem {
  code: string;
  errors?: Array<{ pointer: string; code: string }>;
}

/** What people and programs really send: each is told where it is wrong, and nothing of it is taken. */
describe('what an action refuses', () => {
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let lead: Client;
  let department: Department;
  let official: Official;

  beforeAll(async () => {
    world = await createTestApp({ environment: { UPLOAD_MAX_BYTES: '20000' } });
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    official = await make.official(department);
    const account = await make.account('department', { departmentId: department.id });
    lead = await world.signIn(account.username, account.password);
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const report = async (): Promise<CaseView> => {
    const { id: enterpriseId } = await make.enterprise();
    return (await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
  };

  it.each([
    [{ dueOn: null }, '/dueOn'],
    [{ dueOn: '9999-12-31' }, '/dueOn'],
    [{ dueOn: '0001-01-01' }, '/dueOn'],
    [{ dueOn: '2027-02-29' }, '/dueOn'],
    [{ complexity: null, dueOn: '2090-01-04' }, '/complexity'],
    [{}, '/complexity'],
    [{ complexity: 'simple', note: ['a'] }, '/note'],
    [{ complexity: 'simple', coHandlers: {} }, '/coHandlers'],
    [{ complexity: 'simple', coHandlers: [[]] }, '/coHandlers/0'],
  ])('an assignment with %j', async (over, pointer) => {
    const { id } = await report();
    const body = { departmentId: department.id, officialId: official.id, ...over };
    const answer = await office.post<Problem>(`/cases/${id}/assign`, body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  it.each([null, '9999-12-31', ' '])('a co-handler due on %j', async (dueOn) => {
    const { id } = await report();
    const answer = await office.post<Problem>(`/cases/${id}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'simple',
      coHandlers: [{ departmentId: (await make.department()).id, dueOn }],
    });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, '/coHandlers/0/dueOn']);
  });

  it('a correction that says nothing, or nothing for the distress', async () => {
    const { id } = await report();
    for (const body of [{ distressType: null }, { distressType: '' }]) {
      expect((await office.patch(`/cases/${id}`, body, { 'if-match': '"1"' })).status).toBe(400);
    }
    const empty = await office.patch<CaseView>(`/cases/${id}`, {}, { 'if-match': '"1"' });
    const same = await office.patch<CaseView>(
      `/cases/${id}`,
      { distressType: 'stalled' },
      { 'if-match': '"1"' },
    );
    expect([empty.body.version, same.body.version]).toEqual([1, 1]);
    const events = 'SELECT payload FROM case_events WHERE chain_id = $1 ORDER BY sequence';
    await office.patch(`/cases/${id}`, { distressType: 'stalled', note: '更正' }, { 'if-match': '"1"' });
    const [, corrected, ...more] = await world.database.dataSource.query(events, [id]);
    expect([corrected.payload, more]).toEqual([{ note: '更正' }, []]);
  });

  it('a reason, a statement or a title of blanks', async () => {
    const { id } = await report();
    const title = await office.post<Problem>(`/cases/${id}/problems`, {
      title: ' 　',
      category: 'land',
      cause: 'market',
    });
    expect([title.status, title.body.errors?.[0]?.pointer]).toEqual([400, '/title']);
    const reason = await office.post<Problem>(`/cases/${id}/send-back`, { reason: ' \n' });
    expect([reason.status, reason.body.errors?.[0]?.pointer]).toEqual([400, '/reason']);
    const closure = { outcome: 'explained', statement: '\t', evidenceFileIds: [] };
    const statement = await lead.post<Problem>(`/cases/${id}/request-closure`, closure);
    expect([statement.status, statement.body.errors?.[0]?.pointer]).toEqual([400, '/statement']);
  });

  it('nothing for how an id is spelt: events name things as the database does', async () => {
    const { id } = await report();
    const answer = await office.post<CaseView>(`/cases/${id.toUpperCase()}/assign`, {
      departmentId: department.id.toUpperCase(),
      officialId: official.id.toUpperCase(),
      complexity: 'simple',
    });
    expect(answer.status).toBe(200);
    const [event] = await world.database.dataSource.query(
      `SELECT payload FROM case_events WHERE chain_id = $1 AND type = 'assigned'`,
      [id],
    );
    expect(event.payload).toMatchObject({ departmentId: department.id, officialId: official.id });
  });

  it('whoever is deactivated while the assignment waits for that', async () => {
    const { id } = await report();
    const leaving = await make.official(department);
    const runner = world.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM officials WHERE id = $1 FOR UPDATE', [leaving.id]);
    await runner.query('UPDATE officials SET is_active = false WHERE id = $1', [leaving.id]);
    const answer = office.post<Problem>(`/cases/${id}/assign`, {
      departmentId: department.id,
      officialId: leaving.id,
      complexity: 'simple',
    });
    await until(async () => {
      const [waiting] = await world.database.dataSource.query(
        `SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.count === 1;
    });
    await runner.commitTransaction();
    await runner.release();
    const { status, body } = await answer;
    expect([status, body.errors?.[0]?.code]).toEqual([400, 'OFFICIAL_INACTIVE']);
  });

  it.each([
    'openedTo=9999-12-31',
    'dueTo=9999-12-31',
    'dueFrom=0001-01-01',
    'openedFrom=',
    'overdue=1',
    'sort=',
  ])('a list by ?%s', async (query) => {
    expect((await office.get(`/cases?${query}`)).status).toBe(400);
  });

  it.each(['q=%25', 'q=_', 'q=%5C', 'q=a', 'q=', 'dueTo=2099-12-31'])('no list by ?%s', async (query) => {
    expect((await office.get(`/cases?${query}`)).status).toBe(200);
  });

  describe('of a file', () => {
    const raw = async (id: string, parts: string[]): Promise<[number, string | undefined]> => {
      const body = `${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`;
      const response = await fetch(`${world.url}/api/v1/cases/${id}/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${office.token}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
        body,
      });
      const answer = (await response.json()) as Problem;
      return [response.status, answer.code];
    };
    const field = (name: string, value: string) =>
      `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
    const file = (content: string, disposition = 'name="file"; filename="a.txt"') =>
      `Content-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n${content}`;
    const fields = [field('kind', 'photo'), field('source', 'grid')];

    it.each([
      ['no file', (): string[] => fields, 400, 'VALIDATION_FAILED'],
      [
        'an unknown field',
        (): string[] => [field('x', '1'), ...fields, file('text')],
        400,
        'VALIDATION_FAILED',
      ],
      ['a field twice', (): string[] => [...fields, fields[0] ?? '', file('text')], 400, 'VALIDATION_FAILED'],
      [
        'another name for the file',
        (): string[] => [...fields, file('text', 'name="f"; filename="a"')],
        400,
        'VALIDATION_FAILED',
      ],
      ['too long a file', (): string[] => [...fields, file('x'.repeat(20_001))], 413, 'FILE_TOO_LARGE'],
      ['an empty file', (): string[] => [...fields, file('')], 400, 'FILE_EMPTY'],
      ['two files', (): string[] => [...fields, file('one'), file('two')], 413, 'BODY_TOO_LARGE'],
      ['a program', (): string[] => [...fields, file('\u0000\u0001MZ')], 415, 'FILE_TYPE_REFUSED'],
    ] as const)('%s', async (_what, parts, status, code) => {
      const { id } = await report();
      expect(await raw(id, parts())).toEqual([status, code]);
      expect((await office.get(`/cases/${id}/files`)).body['items']).toEqual([]);
    });

    it.each([
      ['without a name', (): string[] => [...fields, file('text', 'name="file"')]],
      ['before its fields', (): string[] => [file('text'.repeat(4000)), ...fields]],
      ['as long as may be', (): string[] => [...fields, file('x'.repeat(20_000))]],
    ])('but takes one %s', async (_what, parts) => {
      const { id } = await report();
      expect(await raw(id, parts())).toEqual([201, undefined]);
    });
  });
});
