import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { eventCount, ledgerTo, NOTHING_NEW, sheetsOf, takeIn } from '../support/ledger-trip.js';
import { testPersonalData } from '../support/personal-data.js';
import { FOREIGN, type Rows, ScopeWorld } from '../support/scope-world.js';
import type { Client } from '../support/test-app.js';

const PHONE = '09153210000';
const CASES = '停产半停产减产企业清单';
const PROBLEMS = '问题诉求责任清单';
const PEOPLE = '通讯录';
const NOTES = '导出说明';

let world: ScopeWorld;
let inner: Rows;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shukun-ledger-'));
  world = await ScopeWorld.open();
  inner = await world.rows(world.inner);
  await world.rows(world.outer);
  await world.coHandled();
  await world.waiting();
  const { dataSource } = world.app.database;
  const columns = phoneColumns(testPersonalData(), inner.enterprise, PHONE);
  await dataSource.query(
    'UPDATE enterprises SET contact_phone_sealed = $2, contact_phone_search_key = $3 WHERE id = $1',
    [inner.enterprise, columns.contactPhoneSealed, columns.contactPhoneSearchKey],
  );
  await dataSource.query('UPDATE problems SET title = $2 || title WHERE id = $1', [
    inner.problem,
    '=1+1 _x0041_',
  ]);
  await dataSource.query('UPDATE problems SET title = $2 WHERE id = $1', [inner.problemOfEnterprise, '无']);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.app.close();
});

const ask = (client: Client, query = ''): Promise<Response> =>
  fetch(`${world.app.url}/api/v1/ledger/export${query}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });

async function ledgerOf(
  client: Client,
  query = '',
): Promise<{ file: string; sheets: Awaited<ReturnType<typeof sheetsOf>> }> {
  const response = await ask(client, query);
  expect([query, response.status]).toEqual([query, 200]);
  const file = path.join(folder, 'ledger.xlsx');
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return { file, sheets: await sheetsOf(file) };
}

/** Enterprises of which the sheet has a row. */
const named = (sheet: ReadonlyArray<readonly unknown[]> = []): unknown[] =>
  sheet.slice(1).map(([, name]) => name);

const trail = (type: string): Promise<Array<{ payload: Record<string, unknown> }>> =>
  world.app.database.dataSource.query(
    'SELECT payload FROM audit_events WHERE type = $1 ORDER BY sequence DESC',
    [type],
  );

describe('the ledger of a product that people work with', () => {
  it('changes nothing where it is taken in again', async () => {
    const { file, sheets } = await ledgerOf(world.office, '?unmaskReason=送县区核对');
    const before = await eventCount(world.app);
    const report = await takeIn(world.app, file, 'reject_all');
    for (const sheet of [PEOPLE, CASES, PROBLEMS]) {
      expect(report[sheet]).toMatchObject({ ...NOTHING_NEW, unchanged: (sheets[sheet]?.length ?? 0) - 1 });
    }
    expect(report[CASES]?.unchanged).toBeGreaterThan(4);
    expect(await eventCount(world.app)).toBe(before);
    expect(Object.keys(report)).not.toContain(NOTES);
  });

  it('lists what no row of it can say, and why', async () => {
    const { sheets } = await ledgerOf(world.office);
    const left = (sheets[NOTES] ?? []).filter(([kind]) => kind === '企业台账' || kind === '问题');
    expect(left.map(([, , , , why]) => why)).toEqual(
      expect.arrayContaining([
        '待交办（未交办，或已退回待重新交办）',
        '属于企业或项目，没有企业台账',
        '名称或问题描述为空、过长，或含有表格不能写入的字符',
      ]),
    );
    const { dataSource } = world.app.database;
    const [all] = await dataSource.query(
      'SELECT (SELECT count(*) FROM cases)::int + (SELECT count(*) FROM problems)::int AS count',
    );
    expect(left.length + named(sheets[CASES]).length + named(sheets[PROBLEMS]).length).toBe(all.count);
  });

  it('neutralises what a spreadsheet would run, and the intake finds what it was', async () => {
    const { sheets } = await ledgerOf(world.office);
    const texts = (sheets[PROBLEMS] ?? []).map(([, , text]) => text);
    expect(texts).toEqual(expect.arrayContaining([expect.stringMatching(/^'=1\+1 _x0041_/)]));
  });
});

describe('who may have a ledger', () => {
  it.each(['department', 'county', 'leader'] as const)(
    'a %s has what it sees, which changes nothing when it comes back',
    async (role) => {
      const client = await world.asker(role);
      const { file, sheets } = await ledgerOf(client);
      const text = JSON.stringify([sheets[CASES], sheets[PROBLEMS], sheets[NOTES]]);
      expect([role, text.includes(FOREIGN)]).toEqual([role, false]);
      expect(named(sheets[CASES]).filter((name) => String(name).startsWith('域内'))).toHaveLength(2);
      // A department also has what it co-handles.
      expect(named(sheets[CASES]).some((name) => String(name).startsWith('协办'))).toBe(
        role === 'department',
      );
      const before = await eventCount(world.app);
      const report = await takeIn(world.app, file, 'reject_all');
      for (const sheet of [PEOPLE, CASES, PROBLEMS]) expect(report[sheet]).toMatchObject(NOTHING_NEW);
      expect(await eventCount(world.app)).toBe(before);
    },
  );

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s has none', async (role) => {
    expect((await ask(await world.app.as(role))).status).toBe(403);
  });

  it('a key has none: nobody’s directory is open to keys', async () => {
    expect((await ask(await world.key())).status).toBe(403);
  });
});

describe('numbers in a ledger', () => {
  const told = (sheets: Record<string, unknown>): string[] =>
    [
      ...JSON.stringify([sheets[PEOPLE], sheets[CASES]]).matchAll(/"(1990000\d{4}|0915\d{7}|[^"]+@[^"]+)"/g),
    ].map(([, number]) => number ?? '');

  it('are left out, to whomever, unless a reason is given', async () => {
    for (const client of [world.office, await world.asker('county')])
      expect(told((await ledgerOf(client)).sheets)).toEqual([]);
  });

  it('are told to who may reveal them, and that is recorded', async () => {
    const before = (await trail('contact_unmasked')).length;
    const { sheets } = await ledgerOf(world.office, '?unmaskReason=送县区核对');
    expect(told(sheets)).toEqual(expect.arrayContaining([PHONE, expect.stringMatching(/^199/)]));
    const [unmasked, ...others] = await trail('contact_unmasked');
    expect(unmasked?.payload).toEqual({
      what: 'ledger',
      reason: '送县区核对',
      officials: true,
      enterprises: true,
    });
    expect(others).toHaveLength(before);
    const [exported] = await trail('exported');
    expect(exported?.payload).toMatchObject({
      what: 'ledger',
      isUnmasked: true,
      rows: { [CASES]: expect.any(Number) },
    });
  });

  it('of officials stay untold to a county, which may reveal those of its enterprises', async () => {
    const { sheets } = await ledgerOf(await world.asker('county'), '?unmaskReason=核对联系人');
    expect(told(sheets)).toEqual([PHONE]);
  });

  it.each(['department', 'leader'] as const)('are not told to a %s, whatever the reason', async (role) => {
    expect((await ask(await world.asker(role), '?unmaskReason=送县区核对')).status).toBe(403);
  });

  it.each(['?unmaskReason=', '?unmaskReason=%20%20%20', '?unmaskReason=ab', '?format=csv'])(
    'are not told for %s',
    async (query) => expect((await ask(world.office, query)).status).toBe(400),
  );
});

it('an enterprise that came twice has one row: of what its reader sees, the last, where its day tells which', async () => {
  const { clock, app, inner: mine, outer: others } = world;
  const [{ id: enterpriseId, name } = { id: '', name: '' }] = await app.database.dataSource.query<
    Array<{ id: string; name: string }>
  >('SELECT e.id, e.name FROM enterprises e JOIN cases c ON c.enterprise_id = e.id WHERE c.id = $1', [
    inner.closedCase,
  ]);
  const rowsOf = async (client: Client): Promise<[rows: number, why: unknown[]]> => {
    const { sheets } = await ledgerOf(client);
    const left = (sheets[NOTES] ?? []).filter(([kind, , of]) => kind === '企业台账' && of === name);
    return [named(sheets[CASES]).filter((one) => one === name).length, left.map(([, , , , why]) => why)];
  };
  clock.set('2021-11-02T09:00:00+08:00');
  const office = await app.as('task_force');
  const post = async (address: string, body: object): Promise<string> => {
    const answer = await office.post<{ id: string }>(address, body);
    expect(answer.status).toBeLessThan(300);
    return answer.body.id;
  };
  const second = await post('/cases', { enterpriseId, distressType: 'stalled' });
  await post(`/cases/${second}/assign`, {
    departmentId: others.department.id,
    officialId: others.official.id,
    complexity: 'simple',
  });
  expect(await rowsOf(office)).toEqual([1, ['该企业另有以后的台账，一份台账每户只列一行']]);
  expect(await rowsOf(await world.asker('department'))).toEqual([1, []]);
  await post(`/cases/${second}/terminate`, { ground: 'merged' });
  await post(`/cases/${inner.closedCase}/reopen`, {
    departmentId: mine.department.id,
    officialId: mine.official.id,
    reason: '反弹',
    dueOn: '2021-11-30',
  });
  // Taken in, a row of that day would be the second case’s.
  expect(await rowsOf(office)).toEqual([
    0,
    expect.arrayContaining(['该企业同一日另有以后的交办', '不予受理或已终止']),
  ]);
});

it('a ledger with more rows than the intake takes is refused', async () => {
  const config = world.app.app.get(AppConfig);
  const most = config.exportMaxRows;
  const office = await world.app.as('task_force');
  Object.assign(config, { exportMaxRows: 5 });
  try {
    const response = await ask(office);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      422,
      'EXPORT_TOO_LARGE',
    ]);
  } finally {
    Object.assign(config, { exportMaxRows: most });
  }
  await ledgerTo(path.join(folder, 'after.xlsx'), world.app);
});
