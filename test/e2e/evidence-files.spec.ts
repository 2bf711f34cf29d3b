import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Refused {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}
interface Items {
  items: unknown[];
}

describe('evidence files by HTTP', () => {
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let lead: Client;
  let stranger: Client;
  let county: Client;
  let department: Department;

  beforeAll(async () => {
    world = await createTestApp({ environment: { UPLOAD_MAX_BYTES: '20000' } });
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    lead = await clientOf(department);
    stranger = await clientOf(await make.department());
    office = await world.as('task_force');
    county = await world.as('county');
  });
  afterAll(() => world.close());

  const clientOf = async ({ id: departmentId }: Department): Promise<Client> => {
    const account = await make.account('department', { departmentId });
    return world.signIn(account.username, account.password);
  };
  const report = async (): Promise<CaseView> => {
    const { id: enterpriseId } = await make.enterprise();
    return (await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
  };
  const inProgress = async (): Promise<CaseView> => {
    const { id } = await report();
    const { id: officialId } = await make.official(department);
    const given = { departmentId: department.id, officialId, complexity: 'general' };
    await office.post(`/cases/${id}/assign`, given);
    return (await lead.post<CaseView>(`/cases/${id}/acknowledge`)).body;
  };
  const events = (id: string) =>
    world.database.dataSource.query<unknown[]>('SELECT id FROM case_events WHERE chain_id = $1', [id]);
  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
  const faults = ({ body }: Answer<unknown>): string[] =>
    (body as Refused).errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const send = (id: string, content: Blob, name: string, source = 'enterprise') =>
    lead.upload<{ id: string }>(`/cases/${id}/files`, { kind: 'photo', source }, content, name);

  it('are what they say, and come back as attachments that nothing runs', async () => {
    const { id } = await inProgress();
    const content = '%PDF-1.7 用电证明';
    const { status, body } = await send(id, new Blob([content], { type: 'application/pdf' }), `证明 (1).pdf`);
    expect(status).toBe(201);
    const back = await lead.get<string>(`/files/${body.id}`);
    expect(back.body).toBe(content);
    const headers = ['content-disposition', 'content-type', 'x-content-type-options', 'cache-control'];
    expect(headers.map((name) => back.headers.get(name))).toEqual([
      `attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%281%29.pdf`,
      'application/octet-stream',
      'nosniff',
      'no-store',
    ]);
    expect(refusal(await stranger.get(`/files/${body.id}`))).toBe('404 NOT_FOUND');
  });

  it.each([
    ['not what its name says', new Blob(['电费单']), '电费单.pdf', '415 FILE_TYPE_LIES'],
    [
      'not what its sender says',
      new Blob(['%PDF-1.7'], { type: 'image/png' }),
      '照片.pdf',
      '415 FILE_TYPE_LIES',
    ],
    [
      'a page that would run',
      new Blob(['<script>'], { type: 'text/html' }),
      'a.html',
      '415 FILE_TYPE_REFUSED',
    ],
    ['a program', new Blob([new Uint8Array([0x4d, 0x5a, 0x90, 0])]), '证明.pdf', '415 FILE_TYPE_REFUSED'],
    ['empty', new Blob([]), '证明.pdf', '400 FILE_EMPTY'],
    ['too large', new Blob([`%PDF-${'x'.repeat(20_000)}`]), '证明.pdf', '413 FILE_TOO_LARGE'],
  ])('are refused when %s', async (_what, content, name, code) => {
    const { id } = await inProgress();
    const before = await events(id);
    expect(refusal(await send(id, content, name))).toBe(code);
    expect((await lead.get<Items>(`/cases/${id}/files`)).body.items).toEqual([]);
    expect(await events(id)).toEqual(before);
  });

  it('are not added by a department that only sees it in the claim pool, nor by a leader', async () => {
    const { id } = await report();
    const form = { kind: 'photo', source: 'other' };
    const path = `/cases/${id}/files`;
    const content = new Blob(['%PDF-1.7']);
    expect(refusal(await stranger.upload(path, form, content, 'a.pdf'))).toBe('403 ACTION_NOT_YOURS');
    const leader = await world.as('leader');
    expect((await leader.upload(path, form, content, 'a.pdf')).status).toBe(403);
    expect((await county.upload(path, form, content, 'a.pdf')).status).toBe(201);
  });

  it('have a source of the closed list', async () => {
    const { id } = await inProgress();
    const unknown = await send(id, new Blob(['%PDF-1.7']), '证明.pdf', 'rumour');
    expect([unknown.status, faults(unknown)]).toEqual([400, ['/source VALUE_INVALID']]);
  });
});
