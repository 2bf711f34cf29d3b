import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { createReadStream } from 'node:fs';

interface List {
  items: CaseView[];
  nextCursor: string | null;
  total?: number;
  code?: string;
}

describe('lists of cases', () => {
  let world: TestApp;
  let office: Client;

  beforeAll(async () => {
    world = await createTestApp();
    await world.app.get(ImportsService).runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream('examples/ledger-2021-11.xlsx'),
      mode: 'commit',
      onError: 'keep_valid',
      createdBy: null,
    });
    // After the import, so that the example leader is one whom the ledger pairs.
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const all = async (query: string, client = office): Promise<CaseView[]> => {
    const items: CaseView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer: { body: List } = await client.get<List>(
        `/cases?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      items.push(...answer.body.items);
      cursor = answer.body.nextCursor;
    }
    return items;
  };

  it.each(['dueAt', '-dueAt', 'reportedAt', '-reportedAt', 'number', '-number'])(
    'pages by %s without gap or repeat',
    async (sort) => {
      const paged = await all(`limit=7&sort=${sort}`);
      expect(new Set(paged.map(({ id }) => id)).size).toBe(234);
      expect(paged).toHaveLength(234);
      const key = sort.replace('-', '');
      const keys = paged.map((item) =>
        key === 'number'
          ? item.number
          : key === 'reportedAt'
            ? String(item.reportedAt)
            : item.status === 'resolved'
              ? '9'
              : String(item.assignment?.dueAt),
      );
      expect(keys).toEqual(sort.startsWith('-') ? keys.toSorted().toReversed() : keys.toSorted());
    },
  );

  it('counts exactly what it lists, under every filter', async () => {
    const filters = [
      'status=resolved',
      'status=assigned&status=in_progress',
      'distressType=stalled',
      'reportingUnit=610902',
      'reportingUnit=610902&reportingUnit=AK-GX',
      'overdue=true',
      'overdue=false',
      'light=red',
      'light=yellow&light=green',
      'openedFrom=2021-09-06&openedTo=2021-09-10',
      'dueFrom=2021-12-01&dueTo=2021-12-31',
      `q=${encodeURIComponent('光电')}`,
      'q=91610902ma7',
      'q=100%25',
    ];
    for (const filter of filters) {
      const listed = await all(`limit=200&${filter}`);
      const { body } = await office.get<List>(`/cases?limit=1&count=exact&${filter}`);
      expect([filter, body.total]).toEqual([filter, listed.length]);
    }
    expect((await office.get<List>('/cases?limit=1&count=exact&overdue=true')).body.total).toBe(108);
  });

  it('filters by light as it shows it', async () => {
    for (const light of ['red', 'yellow', 'green', 'grey']) {
      const listed = await all(`limit=200&light=${light}`);
      expect(new Set(listed.map((item) => item.light))).toEqual(new Set(listed.length === 0 ? [] : [light]));
    }
  });

  it('never leaves the scope, whatever the filter', async () => {
    const county = await world.as('county');
    expect(await all('limit=200&reportingUnit=610921', county)).toEqual([]);
    const own = await all('limit=200', county);
    expect(new Set(own.map((item) => item.enterprise.reportingUnit.code))).toEqual(new Set(['610902']));
    const { body } = await county.get<List>('/cases?limit=1&count=exact');
    expect(body.total).toBe(own.length);
    const leader = await world.as('leader');
    const paired = await all('limit=200', leader);
    expect(paired.length).toBeGreaterThan(0);
    expect(paired.length).toBeLessThan(234);
    for (const role of ['auditor', 'system_admin', 'security_admin'] as const) {
      expect((await (await world.as(role)).get('/cases')).status).toBe(403);
    }
  });

  it.each([
    ['limit=0', 'VALIDATION_FAILED'],
    ['limit=201', 'VALIDATION_FAILED'],
    ['limit=999999999999', 'VALIDATION_FAILED'],
    ['cursor=abc', 'CURSOR_INVALID'],
    ['sort=id;drop', 'VALIDATION_FAILED'],
    ['status=open', 'VALIDATION_FAILED'],
    ['nonsense=1', 'VALIDATION_FAILED'],
    ['openedFrom=2021-02-30', 'VALIDATION_FAILED'],
    ['leadDepartment=1', 'VALIDATION_FAILED'],
    ['q=%00', 'TEXT_INVALID'],
  ])('refuses ?%s', async (query, code) => {
    const { status, body } = await office.get<List>(`/cases?${query}`);
    expect([status, body.code]).toEqual([400, code]);
  });

  it('refuses another case beside the one whose problems are listed', async () => {
    const { body: cases } = await office.get<List>('/cases?limit=2');
    const [one, other] = cases.items.map(({ id }) => id);
    const { status, body } = await office.get<List & { errors: Array<{ pointer: string }> }>(
      `/cases/${one}/problems?case=${other}`,
    );
    expect([status, body.code, body.errors.map(({ pointer }) => pointer)]).toEqual([
      400,
      'VALIDATION_FAILED',
      ['?case'],
    ]);
    expect((await office.get(`/cases/${one}/problems?category=land`)).status).toBe(200);
    expect((await office.get(`/problems?case=${one}`)).status).toBe(200);
  });

  it('takes a cursor only for the list that gave it', async () => {
    const { body } = await office.get<List>('/cases?limit=1');
    const elsewhere = await office.get<List>(`/cases?limit=1&sort=number&cursor=${body.nextCursor}`);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });
});
