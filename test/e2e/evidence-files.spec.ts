import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { RegisterFactory } from '../factories/register.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Refused {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}
interface Items<View = unknown> {
  items: View[];
  nextCursor: string | null;
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
  /** Names of all contents, what is coming in included. */
  const stored = async (): Promise<string[]> => {
    const folder = world.app.get(AppConfig).filesDir;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted();
  };
  const send = (id: string, content: Blob, name: string, source = 'enterprise') =>
    lead.upload<{ id: string }>(`/cases/${id}/files`, { kind: 'photo', source }, content, name);

  it('are what they say, and come back as attachments that nothing runs', async () => {
    const { id } = await inProgress();
    const content = '%PDF-1.7 用电证明';
    const { status, body } = await send(id, new Blob([content], { type: 'application/pdf' }), `证明 (1).pdf`);
    expect(status).toBe(201);
    const back = await lead.get<string>(`/files/${body.id}`);
    expect(back.body).toBe(content);
    const headers = [
      'content-disposition',
      'content-type',
      'x-content-type-options',
      'content-security-policy',
      'cache-control',
    ];
    expect(headers.map((name) => back.headers.get(name))).toEqual([
      `attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%281%29.pdf`,
      'application/octet-stream',
      'nosniff',
      "default-src 'none'; sandbox",
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
    const [before, kept] = [await events(id), await stored()];
    expect(refusal(await send(id, content, name))).toBe(code);
    expect((await lead.get<Items>(`/cases/${id}/files`)).body.items).toEqual([]);
    expect(await events(id)).toEqual(before);
    expect(await stored()).toEqual(kept);
  });

  it('are not taken in from a department that only sees it in the claim pool, nor from who does not see it', async () => {
    const { id } = await report();
    const kept = await stored();
    const form = { kind: 'photo', source: 'other' };
    const path = `/cases/${id}/files`;
    // Refused by who sends it: what it sends, empty or forbidden, is not looked at.
    for (const content of ['%PDF-1.7', '', '\u0000']) {
      const file = new Blob([content]);
      expect(refusal(await stranger.upload(path, form, file, 'a.exe'))).toBe('403 ACTION_NOT_YOURS');
      const unseen = `/cases/${(await inProgress()).id}/files`;
      expect(refusal(await stranger.upload(unseen, form, file, 'a.exe'))).toBe('404 NOT_FOUND');
    }
    const leader = await world.as('leader');
    expect((await leader.upload(path, form, new Blob(['%PDF-1.7']), 'a.pdf')).status).toBe(403);
    expect(await stored()).toEqual(kept);
    expect((await county.upload(path, form, new Blob(['%PDF-1.7']), 'a.pdf')).status).toBe(201);
  });

  it('are refused where the form is none, or breaks off: nothing of it is kept', async () => {
    const { id } = await inProgress();
    const kept = await stored();
    const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7';
    for (const body of ['[]', '--x', file, file.slice(0, 40), `${file}\r\n--x`]) {
      const response = await fetch(`${world.url}/api/v1/cases/${id}/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${lead.token}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
        body,
      });
      expect([body, response.status, await response.json()]).toMatchObject([
        body,
        400,
        { code: 'FORM_MALFORMED' },
      ]);
    }
    expect(await stored()).toEqual(kept);
  });

  it('are judged anew when the content is there: who lost the case meanwhile leaves nothing', async () => {
    const { id } = await inProgress();
    const [before, kept] = [await events(id), await stored()];
    const body = request(`${world.url}/api/v1/cases/${id}/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${lead.token}`,
        'content-type': 'multipart/form-data; boundary=x',
      },
    });
    const field = (name: string, value: string): string =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    body.write(`${field('kind', 'photo')}${field('source', 'grid')}--x\r\n`);
    body.write('Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n');
    body.write('Content-Type: application/pdf\r\n\r\n%PDF-1.7 meanwhile');
    await until(async () => (await stored()).length > kept.length);
    const other = await make.department();
    const { id: officialId } = await make.official(other);
    const given = { departmentId: other.id, officialId, reason: '职责调整' };
    expect((await office.post(`/cases/${id}/reassign`, given)).status).toBe(200);
    body.end('\r\n--x--\r\n');
    const [answer] = (await once(body, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(404);
    expect([(await events(id)).length, await stored()]).toEqual([before.length + 1, kept]);
  });

  it('are kept once however often they are sent, and listed page by page, the newest first', async () => {
    const { id } = await inProgress();
    const kept = await stored();
    const added: string[] = [];
    for (const source of ['enterprise', 'grid', 'tax', 'site_check', 'other']) {
      const { status, body } = await send(id, new Blob(['%PDF-1.7 the same']), `${source}.pdf`, source);
      expect([status, body]).toMatchObject([201, { source, kind: 'photo', name: `${source}.pdf` }]);
      added.unshift(body.id);
    }
    expect(await stored()).toHaveLength(kept.length + 1);
    const first = await lead.get<Items<{ id: string }>>(`/cases/${id}/files?limit=3`);
    const rest = await lead.get<Items<{ id: string }>>(
      `/cases/${id}/files?limit=3&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...rest.body.items].map((file) => file.id)).toEqual(added);
    expect([first.headers.get('link') !== null, rest.body.nextCursor]).toEqual([true, null]);
    expect(refusal(await stranger.get(`/cases/${id}/files`))).toBe('404 NOT_FOUND');
  });

  it('hang on problems as well', async () => {
    const { id } = await inProgress();
    const problem = { title: '用地', category: 'land', cause: 'government' };
    const { body } = await office.post<{ id: string }>(`/cases/${id}/problems`, problem);
    const path = `/problems/${body.id}/files`;
    const form = { kind: 'land_certificate', source: 'other' };
    const file = new Blob(['%PDF-1.7']);
    expect((await office.upload(path, form, file, 'a.pdf')).status).toBe(201);
    expect(refusal(await stranger.upload(path, form, file, 'a.pdf'))).toBe('403 ACTION_NOT_YOURS');
    expect((await office.get<Items>(path)).body.items).toMatchObject([{ kind: 'land_certificate' }]);
    expect((await office.get<Items>(`/cases/${id}/files`)).body.items).toEqual([]);
  });

  it.each([
    ['a source of no list', { source: 'rumour' }, '/source VALUE_INVALID'],
    ['a kind that is no word', { kind: 'A photo' }, '/kind VALUE_INVALID'],
  ])('are refused with %s', async (_what, over, fault) => {
    const { id } = await inProgress();
    const kept = await stored();
    const form = { kind: 'photo', source: 'enterprise', ...over };
    const answer = await lead.upload(`/cases/${id}/files`, form, new Blob(['%PDF-1.7 x']), '证明.pdf');
    expect([answer.status, faults(answer)]).toEqual([400, [fault]]);
    expect(await stored()).toEqual(kept);
  });
});
