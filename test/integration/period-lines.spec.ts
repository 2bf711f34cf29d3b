import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { pastTriggers } from '../support/as-owner.js';
import { type Rows, ScopeWorld } from '../support/scope-world.js';
import type { Client } from '../support/test-app.js';
import { type OverdueEntry, StandingLists } from '../../src/statistics/tally/standing-lists.js';

// Two sides of the same shape, of which a department, a county and a leader see one each.

interface Table {
  asOf: string;
  rows: Array<Record<string, number | string | null> & { key: string }>;
  total: Record<string, number | null>;
}
interface Lines {
  items: Array<{
    id: string;
    number: string;
    what: string;
    enterprise: string;
    at: string;
    eventId: string | null;
  }>;
  nextCursor: string | null;
  asOf: string;
  total: number;
  outOfScope: number;
}

const COUNTS = [
  'opening',
  'assigned',
  'reopened',
  'transferredIn',
  'transferredOut',
  'resolved',
  'explained',
  'unstated',
  'terminated',
  'closing',
  'onHold',
  'overdue',
  'cumulativeAssigned',
  'cumulativeResolved',
  'sentBack',
  'extended',
] as const;
const CUTS = ['reportingUnit', 'leadDepartment', 'distressType', 'size', 'industry', 'official'];

let world: ScopeWorld;
let office: Client;
let rows: Rows[];
const askers: Record<string, Client> = {};

beforeAll(async () => {
  world = await ScopeWorld.open();
  rows = [await world.rows(world.inner), await world.rows(world.outer)];
  world.clock.set('2021-11-26T09:00:00+08:00');
  // Its session has ended meanwhile.
  office = await world.app.as('task_force');
  askers['task_force'] = office;
  for (const role of ['department', 'county', 'leader'] as const) askers[role] = await world.asker(role);
  askers['key'] = await world.key();
});

afterAll(() => world.app.close());

const asker = (role: string): Client => {
  const client = askers[role];
  if (client === undefined) throw new Error(`nobody is ${role}`);
  return client;
};
const linesOf = (client: Client, query: Record<string, string>, period = '2021-11') =>
  client.get<Lines>(`/statistics/periods/${period}/lines?${new URLSearchParams(query)}`);
const tableOf = async (query: string): Promise<Table> => {
  const { status, body } = await office.get<Table>(`/statistics/periods/2021-11?${query}`);
  expect(status).toBe(200);
  return body;
};

describe('the lines of a cell', () => {
  it.each([
    ...CUTS.map((by) => ['case', by] as const),
    ...[...CUTS, 'category', 'cause'].map((by) => ['problem', by] as const),
  ])('are as many as it says, of %ss by %s', async (subject, by) => {
    const table = await tableOf(`subject=${subject}&by=${by}`);
    expect(table.total['cumulativeAssigned']).toBeGreaterThan(1);
    const wrong: unknown[] = [];
    for (const { key, ...row } of [...table.rows, { ...table.total, key: 'total' }]) {
      for (const column of COUNTS) {
        const figure = (row as Record<string, unknown>)[column];
        if (figure === 0) continue;
        const query = { subject, by, row: key, column, asOf: table.asOf, limit: '200', count: 'exact' };
        const { body } = await linesOf(office, query);
        if (body.total !== figure || body.items?.length !== figure) wrong.push([key, column, figure, body]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['task_force', 'department', 'county', 'leader', 'key'])(
    'are those that %s may see, and how many besides',
    async (role) => {
      for (const subject of ['case', 'problem']) {
        const query = { subject, row: 'total', column: 'cumulativeAssigned', count: 'exact', limit: '200' };
        const whole = await linesOf(office, query);
        const { body } = await linesOf(asker(role), { ...query, asOf: whole.body.asOf });
        expect(body.total).toBe(whole.body.total);
        expect(body.items.length + body.outOfScope).toBe(body.total);
        if (role === 'task_force') expect(body.outOfScope).toBe(0);
        else {
          expect(body.outOfScope).toBeGreaterThan(0);
          expect(body.items.length).toBeGreaterThan(0);
          expect(JSON.stringify(body)).not.toContain(world.outer.mark);
        }
      }
    },
  );

  it('come page by page, all as known when the first was read', async () => {
    const query = { row: 'total', column: 'cumulativeAssigned', limit: '1' };
    const all = await linesOf(office, { ...query, limit: '200' });
    const found: unknown[] = [];
    for (let cursor: string | null = '', asOf = ''; cursor !== null;) {
      const { body }: { body: Lines } = await linesOf(office, { ...query, ...(cursor && { cursor }) });
      found.push(...body.items);
      expect(asOf === '' || asOf === body.asOf).toBe(true);
      ({ nextCursor: cursor, asOf } = body);
    }
    expect(found).toEqual(all.body.items);
    const first = await linesOf(office, query);
    const other = { ...query, column: 'closing', cursor: first.body.nextCursor ?? '' };
    expect((await linesOf(office, other)).body).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('say what happened, when, and to whom', async () => {
    const { body } = await linesOf(office, { row: '610902', column: 'assigned' });
    expect(body.items[0]).toMatchObject({
      kind: 'case',
      number: expect.stringMatching(/^AK-2021-/),
      enterprise: expect.any(String),
      what: 'assigned',
      at: '2021-11-01T01:00:00.000Z',
      recordedAt: '2021-11-01T01:00:00.000Z',
      eventId: expect.any(String),
      ratingId: null,
      department: { id: world.inner.department.id, name: world.inner.department.name },
      official: { id: world.inner.official.id, name: world.inner.official.name },
    });
  });

  it.each([
    [{ row: 'total', column: 'closureRate' }, 400, 'COLUMN_HAS_PARTS'],
    [{ row: 'total', column: 'mood' }, 400, 'VALIDATION_FAILED'],
    [{ row: '610999', column: 'closing' }, 404, 'ROW_UNKNOWN'],
    [{ row: 'land', column: 'closing', by: 'category' }, 400, 'GROUPING_OF_PROBLEMS_ONLY'],
    [{ column: 'closing' }, 400, 'VALIDATION_FAILED'],
  ])('of %j are refused: %p %s', async (query, status, code) => {
    expect(await linesOf(office, query)).toMatchObject({ status, body: { code } });
  });
});

describe('the table of a period', () => {
  it.each([
    ['2021-W53', 404, 'WEEK_UNKNOWN'],
    ['2021-13', 404, 'PERIOD_UNKNOWN'],
    ['2021-W47..2021-W44', 422, 'PERIOD_REVERSED'],
    ['2019-W01..2021-W44', 422, 'PERIOD_TOO_LONG'],
    ['2022-01', 422, 'PERIOD_IN_FUTURE'],
    ['2021-W50', 422, 'WEEK_IN_FUTURE'],
    ['2021-11?asOf=2021-10-01T00:00:00%2B08:00', 422, 'AS_OF_BEFORE_PERIOD'],
    ['2021-11?by=mood', 400, 'VALIDATION_FAILED'],
    ['2021-11?by=cause', 400, 'GROUPING_OF_PROBLEMS_ONLY'],
  ])('%s is refused: %p %s', async (address, status, code) => {
    expect(await office.get(`/statistics/periods/${address}`)).toMatchObject({
      status,
      body: { code },
    });
  });

  it('of a running month is provisional, of one before the first event all noughts', async () => {
    expect(await tableOf('')).toMatchObject({
      isProvisional: true,
      period: '2021-11',
      startOn: '2021-11-01',
    });
    const { body } = await office.get<Table>('/statistics/periods/1999-Q1');
    expect(body).toMatchObject({ isProvisional: false, total: { cumulativeAssigned: 0, closureRate: null } });
  });

  it('is the same whether it is called a week or a range of one', async () => {
    const { body: week } = await office.get('/statistics/weekly/2021-W44');
    const query = `asOf=${String(week['asOf'])}`;
    const { body: range } = await office.get(`/statistics/periods/2021-W44..2021-W44?${query}`);
    expect(range['total']).toEqual(week['total']);
    expect(range['rows']).toEqual(week['rows']);
  });
});

describe('lists of what stands at the end of a week', () => {
  it('are as many as the table counts', async () => {
    const lists = world.app.app.get(StandingLists);
    const { body: table } = await office.get<Table>('/statistics/weekly/2021-W47');
    const asOf = new Date(table.asOf);
    const counts = await lists.standingCounts('2021-W47', asOf);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(table.total['closing']);
    expect(counts).toContainEqual({
      unitCode: '610902',
      unitName: '汉滨区',
      distressType: 'stalled',
      production: 'unknown',
      state: expect.stringMatching(/^(assigned|in_progress|verifying|on_hold|returned)$/),
      count: expect.any(Number),
    });
    for (const subject of ['case', 'problem'] as const) {
      const { body } = await office.get<Table>(`/statistics/weekly/2021-W47?subject=${subject}`);
      const entries: OverdueEntry[] = [];
      for await (const batch of lists.overdue('2021-W47', subject, asOf)) entries.push(...batch);
      expect(entries).toHaveLength(body.total['overdue'] ?? -1);
      expect(entries[0]).toMatchObject({
        number: expect.stringMatching(/^(AK|P)-2021-/),
        enterprise: expect.any(String),
        department: expect.any(String),
        official: expect.any(String),
        overdueWorkingDays: body.total['longestOverdueWorkingDays'],
        isOnHold: false,
      });
    }
  });

  it('are the same bytes for ever, whatever all that they name is called later', async () => {
    const { app, clock, inner } = world;
    // Made by other clocks than that of this world.
    for (const table of ['official_revisions', 'department_revisions'])
      await pastTriggers(app.database, `UPDATE ${table} SET recorded_at = '2021-11-01T00:00:00Z'`);
    const { asOf } = (await office.get<Table>('/statistics/weekly/2021-W47')).body;
    const lists = ['overdue', 'distressed', 'targets', 'closure'].flatMap((table) =>
      ['csv', 'json'].map((format) => `format=${format}&table=${table}`),
    );
    const queries = [
      'format=xlsx',
      'format=docx',
      ...lists.flatMap((list) => [list, `${list}&subject=problem`]),
    ];
    const files = () =>
      Promise.all(
        queries.map(async (query) => {
          const address = `${app.url}/api/v1/statistics/weekly/2021-W47/export?${query}&asOf=${asOf}`;
          const answer = await fetch(address, { headers: { authorization: `Bearer ${office.token}` } });
          const bytes = Buffer.from(await answer.arrayBuffer());
          return [query, answer.status, createHash('sha256').update(bytes).digest('hex')];
        }),
      );
    const lines = () =>
      linesOf(office, { subject: 'problem', row: 'total', column: 'cumulativeAssigned', asOf, limit: '200' });
    const [before, linesBefore] = [await files(), (await lines()).body];
    clock.set('2021-11-26T09:00:10+08:00');
    for (const { enterprise, project } of rows) {
      for (const path of [`/enterprises/${enterprise}`, `/projects/${project}`])
        expect(await office.patch(path, { name: '改名' }, { 'if-match': '"1"' })).toMatchObject({
          status: 200,
        });
    }
    const administrator = await app.as('system_admin');
    for (const path of [`/departments/${inner.department.id}`, `/officials/${inner.leader.id}`])
      expect(
        await administrator.patch(path, { name: `改名${path.slice(1, 3)}` }, { 'if-match': '"1"' }),
      ).toMatchObject({
        status: 200,
      });
    await app.database.dataSource.query(`UPDATE officials SET name = '改名' WHERE id = $1`, [
      inner.official.id,
    ]);
    clock.set('2021-11-26T09:00:20+08:00');
    expect(await files()).toEqual(before);
    expect((await lines()).body).toEqual(linesBefore);
    const { body: now } = await office.get<string>(
      '/statistics/weekly/2021-W47/export?format=csv&table=overdue&subject=problem',
    );
    expect(now.match(/改名/g)?.length).toBeGreaterThan(3);
  });
});
