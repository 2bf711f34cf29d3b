import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import ExcelJS from 'exceljs';
import { exportFiles } from '../../src/commands/export-files.js';
import { LIST_USAGE } from '../../src/commands/export-list.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { StandingLists } from '../../src/statistics/tally/standing-lists.js';
import type { PeriodAnswer, WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { overdueBatches } from '../factories/closure-report.js';
import { FakeClock } from '../support/fake-clock.js';
import { PortalKeys } from '../support/portal-keys.js';
import { runCommand } from '../support/run-command.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const WEEK = '/statistics/weekly/2021-W44/export';

let world: TestApp;
let office: Client;
let table: WeeklyAnswer;

beforeAll(async () => {
  world = await createTestApp();
  const imports = world.app.get(ImportsService);
  const id = await imports.runNow({
    fileName: 'ledger.xlsx',
    content: createReadStream('examples/ledger-2021-11.xlsx'),
    mode: 'commit',
    onError: 'keep_valid',
    createdBy: null,
  });
  expect((await imports.get(id)).status).toBe('done');
  office = await world.as('task_force');
  table = (await office.get<WeeklyAnswer>('/statistics/weekly/2021-W44')).body;
});

afterAll(async () => {
  await world.close();
});

const fetched = (address: string, { token }: Client, headers = {}): Promise<Response> =>
  fetch(`${world.url}/api/v1${address}`, { headers: { authorization: `Bearer ${token}`, ...headers } });

async function workbook(address: string, client: Client): Promise<ExcelJS.Workbook> {
  const answer = await fetched(address, client);
  expect(answer.status).toBe(200);
  const opened = new ExcelJS.Workbook();
  await opened.xlsx.load(await answer.arrayBuffer());
  return opened;
}

/** Lines of a CSV whose fields hold no line ends, without its heading. */
async function lines(query: string, client = office): Promise<string[]> {
  const { status, body } = await client.get<string>(`${WEEK}?format=csv&asOf=${table.asOf}&${query}`);
  expect(status).toBe(200);
  return body.trimEnd().split('\r\n').slice(1);
}

interface Listed {
  items: Array<{ number: string; count: number; subjectId: string }>;
}

describe('an export', () => {
  it('is the table as JSON, and the same figures as CSV', async () => {
    const { body: problems } = await office.get<WeeklyAnswer>(
      `/statistics/weekly/2021-W44?subject=problem&asOf=${table.asOf}`,
    );
    const query = `subject=problem&asOf=${table.asOf}`;
    expect((await office.get(`${WEEK}?format=json&${query}`)).body).toEqual(problems);
    const csv = await office.get<string>(`${WEEK}?format=csv&${query}`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.body).toMatch(/^\uFEFF?代码,名称,上周结转,/);
    const [, first] = csv.body.split('\r\n');
    const { key, name, opening, assigned } = problems.rows[0] ?? {};
    expect(first).toMatch(new RegExp(`^${key},${name},${opening},${assigned},`));
  });

  it('holds in a workbook the figures of each table, as known at one moment', async () => {
    const opened = await workbook(`${WEEK}?asOf=${table.asOf}`, office);
    const sheet = opened.getWorksheet('表1 企业·各县区');
    const row = sheet?.getRow(5 + table.rows.length);
    expect([row?.getCell(1).value, row?.getCell(2).result]).toEqual(['全市', table.total.opening]);
    expect(opened.getWorksheet('表3 超期企业')?.actualRowCount).toBe(3 + table.total.overdue);
    const standing = opened.getWorksheet('表4 困难企业分布');
    expect(standing?.getCell(standing.rowCount, 9).result).toBe(table.total.closing);
    expect(opened.getWorksheet('表5 目标进度')?.getCell('A4').value).toBe('没有设立专项行动。');
    const third = await workbook(`${WEEK}?by=industry&lang=en`, office);
    expect(third.worksheets[5]?.name).toBe('Cases by industry');
  });

  it('lists what the table counts: the overdue, and the distressed on the books', async () => {
    expect(table.total.overdue).toBeGreaterThan(0);
    expect(await lines('table=overdue')).toHaveLength(table.total.overdue);
    const { body } = await office.get<Listed>(`${WEEK}?format=json&table=overdue&asOf=${table.asOf}`);
    expect(body).toMatchObject({ week: '2021-W44', table: 'overdue', subject: 'case', asOf: table.asOf });
    expect(body.items).toHaveLength(table.total.overdue);
    const standing = await office.get<Listed>(`${WEEK}?format=json&table=distressed&asOf=${table.asOf}`);
    const counted = standing.body.items.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(table.total.closing);
    expect(await lines('table=targets')).toEqual([]);
  });

  it('is the same bytes when it is asked for again', async () => {
    for (const query of ['', 'format=csv&table=overdue&', 'format=json&table=distressed&lang=en&']) {
      const bytes = async () =>
        Buffer.from(await (await fetched(`${WEEK}?${query}asOf=${table.asOf}`, office)).arrayBuffer());
      expect((await bytes()).equals(await bytes())).toBe(true);
    }
  });

  it('speaks the language that is asked for, else that of the reader', async () => {
    const heading = async (query: string, language: string): Promise<unknown[]> => {
      const answer = await fetched(`${WEEK}?format=csv&${query}`, office, { 'accept-language': language });
      const [first] = (await answer.text()).replace('\uFEFF', '').split(',');
      return [first, answer.headers.get('content-language'), answer.headers.get('vary')];
    };
    expect(await heading('', 'en')).toEqual(['Code', 'en', expect.stringContaining('Accept-Language')]);
    expect((await heading('lang=zh-CN', 'en')).slice(0, 2)).toEqual(['代码', 'zh-CN']);
    expect((await heading('lang=en', 'zh-CN')).slice(0, 2)).toEqual(['Code', 'en']);
  });

  it.each([
    ['', `filename="weekly-2021-W44.xlsx"; filename*=UTF-8''${encodeURIComponent('销号周报-2021-W44.xlsx')}`],
    [
      'format=csv&subject=problem',
      `filename="weekly-2021-W44-problem-reportingUnit.csv"; filename*=UTF-8''${encodeURIComponent('销号周报-2021-W44-问题-各县区.csv')}`,
    ],
    [
      'format=json&table=overdue&lang=en',
      `filename="weekly-2021-W44-overdue-case.json"; filename*=UTF-8''weekly-2021-W44-overdue-case.json`,
    ],
  ])('with %p is named in both ways', async (query, name) => {
    const answer = await fetched(`${WEEK}?${query}`, office);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; ${name}`);
    await answer.arrayBuffer();
  });

  it('is of any period', async () => {
    const address = '/statistics/periods/2021-10/export';
    const { body } = await office.get<PeriodAnswer>(`${address}?format=json&by=size&asOf=${table.asOf}`);
    expect(body).toMatchObject({
      period: '2021-10',
      startOn: '2021-10-01',
      lastOn: '2021-10-31',
      by: 'size',
    });
    const opened = await workbook(`${address}?asOf=${table.asOf}`, office);
    const sheet = opened.getWorksheet('表1 企业·各县区');
    expect(sheet?.getCell('A2').value).toContain('2021 年 10 月（2021-10-01 至 2021-10-31）');
    expect(sheet?.getCell('B4').value).toBe('上期\n结转');
  });

  it.each([
    [`${WEEK}?format=docm`, 400, 'VALIDATION_FAILED'],
    [`${WEEK}?lang=fr`, 400, 'VALIDATION_FAILED'],
    [`${WEEK}?table=people`, 400, 'VALIDATION_FAILED'],
    [`${WEEK}?by=category`, 400, 'GROUPING_OF_PROBLEMS_ONLY'],
    ['/statistics/weekly/2021-W53/export', 404, 'WEEK_UNKNOWN'],
    ['/statistics/weekly/2021-10/export', 404, 'WEEK_UNKNOWN'],
    ['/statistics/weekly/2999-W01/export?format=csv&table=overdue', 422, 'WEEK_IN_FUTURE'],
    ['/statistics/periods/2021-Q5/export', 404, 'PERIOD_UNKNOWN'],
    ['/statistics/periods/2021-10/export?format=docx', 422, 'CIRCULAR_OF_WEEKS_ONLY'],
    [`${WEEK}?asOf=2021-10-01T00:00:00%2B08:00`, 422, 'AS_OF_BEFORE_WEEK'],
  ])('%s is refused: %p %s', async (address, status, code) => {
    expect(await office.get(address)).toMatchObject({ status, body: { code } });
  });
});

describe('who may have it', () => {
  it.each(['task_force', 'department', 'county', 'leader'] as const)('%s may, in each form', async (role) => {
    const client = await world.as(role);
    for (const format of ['xlsx', 'csv', 'json'])
      expect((await fetched(`${WEEK}?format=${format}`, client)).status).toBe(200);
  });

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s may not', async (role) => {
    const client = await world.as(role);
    expect((await client.get(WEEK)).status).toBe(403);
    expect((await client.get('/statistics/periods/2021/export?format=json')).status).toBe(403);
  });

  it('lists name nothing outside the scope of their reader, who is told so', async () => {
    const county = await world.as('county');
    const all = await lines('table=overdue');
    const mine = await lines('table=overdue', county);
    const bare = (line: string): string => line.slice(line.indexOf(','));
    expect(mine.map(bare)).toEqual(all.filter((line) => line.includes(',汉滨区,')).map(bare));
    expect(mine.length).toBeLessThan(all.length);
    const led = await lines('table=overdue', await world.as('department'));
    expect(led.map(bare)).toEqual(all.filter((line) => line.includes(',市商务局,')).map(bare));
    const sheet = (await workbook(`${WEEK}?asOf=${table.asOf}`, county)).getWorksheet('表3 超期企业');
    expect(sheet?.actualRowCount).toBe(3 + Math.max(mine.length, 1));
    expect(sheet?.getCell('A2').value).toContain('只列出本账号权限范围内的');
    // The tables are published to all of them.
    expect(await lines('', county)).toEqual(await lines(''));
  });

  it('a key of a portal has the tables, and no list that names enterprises', async () => {
    const keys = new PortalKeys(world, new FakeClock(new Date()));
    const { client } = await keys.made(['statistics.read']);
    expect(await lines('', client)).toEqual(await lines(''));
    expect((await client.get(`${WEEK}?format=csv&table=overdue`)).status).toBe(403);
    const names = (await workbook(WEEK, client)).worksheets.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('表3'))).toEqual([]);
    expect(names).toContain('表4 困难企业分布');
  });

  it('is in the trail, before it is given out', async () => {
    await office.get(`${WEEK}?format=csv&table=overdue&lang=en&asOf=${table.asOf}`);
    const [event] = await world.database.dataSource.query<Array<{ payload: unknown }>>(
      `SELECT payload FROM audit_events WHERE type = 'exported' ORDER BY sequence DESC LIMIT 1`,
    );
    expect(event?.payload).toEqual({
      what: 'weekly_table',
      week: '2021-W44',
      format: 'csv',
      table: 'overdue',
      subject: 'case',
      by: 'reportingUnit',
      asOf: table.asOf,
      lang: 'en',
    });
  });

  it.each(['json', 'xlsx', 'docx', 'csv&table=overdue'])(
    'as %s, with the moment that was not asked for',
    async (format) => {
      const before = Date.now();
      await fetched(`${WEEK}?format=${format}`, office);
      const [{ asOf } = { asOf: '' }] = await world.database.dataSource.query<Array<{ asOf: string }>>(
        `SELECT payload->>'asOf' AS "asOf" FROM audit_events WHERE type = 'exported' ORDER BY sequence DESC LIMIT 1`,
      );
      // A statement that is under way holds it back a little.
      expect(Math.abs(new Date(asOf).getTime() - before)).toBeLessThan(60_000);
    },
  );
});

it('a client that goes away in the middle stops the work', async () => {
  const seen = { batches: 0, isEnded: false };
  const lists = world.app.get(StandingLists);
  const endless = jest
    .spyOn(lists, 'overdue')
    .mockImplementation(() => overdueBatches(100_000_000, undefined, seen));
  try {
    const url = `${world.url}/api/v1${WEEK}?format=csv&table=overdue`;
    const request = httpGet(url, { headers: { authorization: `Bearer ${office.token}` } }, (response) => {
      response.once('data', () => request.destroy());
    });
    request.on('error', () => undefined);
    await until(() => seen.isEnded);
    expect(seen.batches).toBeLessThan(10_000);
  } finally {
    endless.mockRestore();
  }
});

describe('npm run export', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shukun-export-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What it says on the error stream. */
  const run = async (...args: string[]): Promise<string> =>
    (await runCommand(world, folder, () => exportFiles(args))).complained;

  it('writes the file that the API gives, and overwrites none unless told to', async () => {
    const out = path.join(folder, 'overdue.csv');
    const asked = ['weekly', '2021-W44', '--format', 'csv', '--table', 'overdue', '--as-of', table.asOf];
    expect(await run(...asked, '--out', out)).toBe(`${out}: ${(await readFile(out)).length} bytes\n`);
    const { body } = await office.get<string>(`${WEEK}?format=csv&table=overdue&asOf=${table.asOf}`);
    expect((await readFile(out, 'utf8')).replace('\uFEFF', '')).toBe(body.replace('\uFEFF', ''));
    await expect(run(...asked, '--out', out)).rejects.toThrow(`${out} exists; --force overwrites it`);
    await run('weekly', '2021-W44', '--format', 'json', '--lang', 'en', '--out', out, '--force');
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ week: '2021-W44' });
    expect(await readdir(folder)).toEqual(['overdue.csv']);
  });

  it('leaves nothing behind of what is refused', async () => {
    const out = path.join(folder, 'none.xlsx');
    await expect(run('weekly', '2021-W53', '--out', out)).rejects.toThrow('WEEK_UNKNOWN');
    expect(await readdir(folder)).not.toContain('none.xlsx');
  });

  it('writes lists and the ledger, of everything, and records what', async () => {
    const out = path.join(folder, 'cases.csv');
    const filter = ['--reporting-unit', '610902', '--sort=-dueAt'];
    expect(await run('cases', '--format', 'csv', ...filter, '--out', out)).toMatch(
      /: \d+ rows, \d+ bytes\n$/,
    );
    const { body } = await office.get<string>('/cases/export?format=csv&reportingUnit=610902&sort=-dueAt');
    expect((await readFile(out, 'utf8')).replace('\uFEFF', '')).toBe(body.replace('\uFEFF', ''));
    const ledger = path.join(folder, 'ledger.xlsx');
    const asked = ['ledger', '--unmask-reason', '送县区核对', '--out', ledger];
    expect(await run(...asked)).toMatch(/^停产半停产减产企业清单: \d+ rows\n/);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(ledger);
    expect(book.worksheets.map(({ name }) => name)).toContain('问题诉求责任清单');
    const trail = await world.database.dataSource.query<Array<{ what: string; by: string }>>(
      `SELECT payload->>'what' AS what, actor_kind AS by FROM audit_events
        WHERE type IN ('exported', 'contact_unmasked') ORDER BY sequence DESC LIMIT 4`,
    );
    expect(trail.filter(({ by }) => by === 'system').map(({ what }) => what)).toEqual([
      'ledger',
      'ledger',
      'cases_list',
    ]);
  });

  it('takes every filter that the routes take', async () => {
    const { paths } = (await (await fetch(`${world.url}/api/openapi.json`)).json()) as {
      paths: Record<string, { get: { parameters: Array<{ name: string; in: string }> } }>;
    };
    const filters = ['cases', 'problems'].flatMap(
      (list) => paths[`/api/v1/${list}/export`]?.get.parameters.filter((one) => one.in === 'query') ?? [],
    );
    expect(filters.length).toBeGreaterThan(20);
    for (const { name } of filters)
      expect(LIST_USAGE).toContain(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  });

  it.each([
    [['cases', '--status', 'asleep'], '--status: '],
    [['cases', '--category', 'land'], '--category: '],
    [['problems', '--sort', '-dueAt'], "use '--sort=-XYZ'"],
    [['ledger', '--unmask-reason', '核'], '--unmask-reason takes 3 to 200 characters'],
    [['ledger', 'all'], 'export ledger'],
  ])('%j: says what is wrong', async (args, said) => {
    await expect(run(...args, '--out', path.join(folder, 'none'))).rejects.toThrow(said);
  });

  it.each([
    [[]],
    [['monthly', '2021-10']],
    [['weekly', '2021-W44', '--format', 'pdf']],
    [['weekly', '2021-W44', '--as-of', 'yesterday']],
    [['weekly', '2021-W44', '--colour', 'red']],
  ])('%j: says how it is used', async (args) => {
    await expect(run(...args)).rejects.toThrow('export weekly WEEK|period PERIOD');
  });
});
