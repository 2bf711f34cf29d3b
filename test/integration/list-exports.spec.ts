import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { openWorkbook } from '../../src/intake/workbook/open-workbook.js';
import { type CellValue, DateCell } from '../../src/intake/workbook/cell-value.js';
import { ExportFiles } from '../../src/platform/files/export-files.js';
import { FOREIGN, FOREIGN_POOL, type Rows, ScopeWorld } from '../support/scope-world.js';
import { Client } from '../support/test-app.js';

let world: ScopeWorld;
let inner: Rows;
let folder: string;

beforeAll(async () => {
  world = await ScopeWorld.open();
  inner = await world.rows(world.inner);
  await world.rows(world.outer);
  await world.waiting();
  folder = await mkdtemp(path.join(tmpdir(), 'shukun-lists-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.app.close();
});

const download = (client: Client, target: string): Promise<Response> =>
  fetch(`${world.app.url}/api/v1${target}`, { headers: { authorization: `Bearer ${client.token}` } });

const statusOf = async (client: Client, target: string): Promise<number> => {
  const response = await download(client, target);
  await response.arrayBuffer();
  return response.status;
};

const json = async (client: Client, target: string) => {
  const response = await download(client, target);
  return {
    status: response.status,
    body: (await response.json()) as { items: Array<Record<string, unknown>> },
  };
};

async function cellsOf(response: Response): Promise<CellValue[][]> {
  const file = path.join(folder, 'list.xlsx');
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  const workbook = await openWorkbook(file);
  const rows: CellValue[][] = [];
  for (const sheet of workbook.sheets) for await (const { cells } of workbook.rows(sheet)) rows.push(cells);
  workbook.close();
  return rows;
}

const lastExport = async (): Promise<Record<string, unknown>> => {
  const [row] = await world.app.database.dataSource.query<Array<{ payload: Record<string, unknown> }>>(
    `SELECT payload FROM audit_events WHERE type = 'exported' ORDER BY sequence DESC LIMIT 1`,
  );
  return row?.payload ?? {};
};

describe('the list of cases as a file', () => {
  it('holds in each format what the list holds, in its order', async () => {
    const { body } = await world.office.get<{ items: Array<{ number: string }> }>(
      '/cases?limit=200&sort=-number',
    );
    const numbers = body.items.map(({ number }) => number);
    expect(numbers.length).toBeGreaterThan(4);
    const { body: asJson } = await json(world.office, '/cases/export?format=json&sort=-number');
    expect(asJson.items.map(({ number }) => number)).toEqual(numbers);
    const csv = await (await download(world.office, '/cases/export?format=csv&sort=-number&lang=en')).text();
    expect(
      csv
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toEqual(numbers);
    const rows = await cellsOf(await download(world.office, '/cases/export?sort=-number'));
    expect(rows.slice(3).map(([number]) => number)).toEqual(numbers);
    expect(rows[2]?.slice(0, 5)).toEqual(['编号', '企业名称', '统一社会信用代码', '所属县区', '生产状态']);
  });

  it('gives words, days and figures as people read them', async () => {
    const [, , headings = [], ...rows] = await cellsOf(await download(world.office, '/cases/export'));
    const place = (heading: string): number => headings.indexOf(heading);
    const row = rows.find((cells) => JSON.stringify(cells[place('企业名称')]).startsWith('"域内'));
    expect(row?.[place('生产状态')]).toBe('停产');
    expect(row?.[place('办理状态')]).toBe('办理中');
    expect(row?.[place('牵头单位')]).toBe(world.inner.department.name);
    expect(row?.[place('交办时间')]).toBeInstanceOf(DateCell);
    expect(row?.[place('问题总数')]).toBe(2);
  });

  it('neutralises what a spreadsheet would run, and quotes what a record would break on', async () => {
    await world.app.database.dataSource.query('UPDATE cases SET note = $2 WHERE id = $1', [
      inner.case,
      '=HYPERLINK("http://x","a,b")\n次行',
    ]);
    const response = await download(world.office, '/cases/export?format=csv');
    const csv = Buffer.from(await response.arrayBuffer()).toString();
    expect(csv.startsWith('\uFEFF编号,')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"",""a,b"")\n次行"`);
    const cells = (await cellsOf(await download(world.office, '/cases/export'))).flat();
    expect(cells).toContain(`'=HYPERLINK("http://x","a,b")\n次行`);
  });

  it('takes the filters of the list, and nothing else', async () => {
    const { body } = await json(
      world.office,
      '/cases/export?format=json&status=resolved&reportingUnit=610902',
    );
    expect(body.items.map(({ status, reportingUnit }) => [status, reportingUnit])).toEqual([
      ['resolved', '汉滨区'],
    ]);
    for (const query of ['limit=5', 'cursor=x', 'count=exact', 'format=docx', 'lang=fr', 'status=none'])
      expect([query, await statusOf(world.office, `/cases/export?${query}`)]).toEqual([query, 400]);
  });

  it('is recorded with who asked, for what, and how many rows', async () => {
    const response = await download(world.office, '/cases/export?format=csv&status=in_progress&q=域内');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="cases.csv"');
    expect(Number(response.headers.get('content-length'))).toBe((await response.arrayBuffer()).byteLength);
    expect(await lastExport()).toMatchObject({
      what: 'cases_list',
      format: 'csv',
      rows: 1,
      filters: { status: ['in_progress'], q: '域内' },
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  it('leaves no file behind', async () => {
    const incoming = path.join(world.app.app.get(AppConfig).filesDir, 'incoming');
    expect(await readdir(incoming)).toEqual([]);
  });
});

describe('the list of problems as a file', () => {
  it('holds what the list holds, of cases, enterprises and projects', async () => {
    const { body } = await world.office.get<{ items: Array<{ number: string }> }>('/problems?limit=200');
    const { body: exported } = await json(world.office, '/problems/export?format=json');
    expect(exported.items.map(({ number }) => number)).toEqual(body.items.map(({ number }) => number));
    const [, , headings = [], ...rows] = await cellsOf(
      await download(world.office, '/problems/export?lang=en&sort=number'),
    );
    expect(headings.slice(0, 4)).toEqual(['Number', 'Enterprise', 'Credit code', 'Project']);
    expect(rows).toHaveLength(body.items.length);
    expect(rows.filter((cells) => cells[headings.indexOf('Project')] != null)).toHaveLength(2);
    expect(await lastExport()).toMatchObject({ what: 'problems_list', rows: body.items.length });
  });
});

describe('who may have a list as a file', () => {
  it.each(['department', 'county', 'leader'] as const)('a %s has what it sees, and no more', async (role) => {
    const asker = await world.asker(role);
    for (const list of ['cases', 'problems']) {
      const { body } = await json(asker, `/${list}/export?format=json`);
      const { body: seen } = await asker.get<{ total: number }>(`/${list}?limit=1&count=exact`);
      const text = JSON.stringify(body);
      expect([list, body.items.length, text.includes(FOREIGN)]).toEqual([list, seen.total, false]);
      // The claim pool is open to departments.
      expect([role, text.includes(FOREIGN_POOL)]).toEqual([role, role === 'department' && list === 'cases']);
    }
  });

  it('a key has it by its scope, in its units', async () => {
    const key = await world.key();
    const { body } = await json(key, '/cases/export?format=json');
    expect(new Set(body.items.map(({ reportingUnit }) => reportingUnit))).toEqual(new Set(['汉滨区']));
    const administrator = await world.app.as('security_admin');
    const { body: made } = await administrator.post<{ token: string }>('/api-keys', {
      name: '只读问题',
      scopes: ['problems.read'],
      reportingUnitIds: null,
      expiresAt: '2022-06-30T18:00:00+08:00',
    });
    const narrow = new Client(world.app.url, made.token);
    expect(await statusOf(narrow, '/cases/export')).toBe(403);
    expect(await statusOf(narrow, '/problems/export')).toBe(200);
  });

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s has none', async (role) => {
    const asker = await world.app.as(role);
    for (const list of ['cases', 'problems']) expect(await statusOf(asker, `/${list}/export`)).toBe(403);
  });
});

describe('a list that is too long, or one too many at once', () => {
  it('is refused before anything is written', async () => {
    const config = world.app.app.get(AppConfig);
    const most = config.exportMaxRows;
    Object.assign(config, { exportMaxRows: 3 });
    try {
      const response = await download(world.office, '/cases/export');
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        422,
        'EXPORT_TOO_LARGE',
      ]);
    } finally {
      Object.assign(config, { exportMaxRows: most });
    }
  });

  it('waits its turn', async () => {
    const files = world.app.app.get(ExportFiles);
    let finish: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (finish = resolve));
    const held = [files.write(() => blocked), files.write(() => blocked)];
    const response = await download(world.office, '/cases/export');
    await response.arrayBuffer();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    finish();
    await Promise.all(held);
    expect(await statusOf(world.office, '/cases/export')).toBe(200);
  });
});
