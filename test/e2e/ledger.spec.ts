import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { ImportView } from '../../src/intake/import-view.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

type Row = Record<string, number | string | null>;
interface Table {
  rows: Array<Row & { key: string; name: string }>;
  total: Row;
}
interface Expected {
  sheets: Record<
    string,
    { accepted?: number; rejected?: Finding[]; warnings?: Finding[]; skippedSubtotals?: number }
  >;
  weekly: Record<
    string,
    {
      rows: Record<string, Row>;
      total: Row;
      byLeadDepartment: Record<string, Row>;
      problems: { byReportingUnit: Record<string, Row>; byLeadDepartment: Record<string, Row>; total: Row };
    }
  >;
}
interface Finding {
  row: number;
  code: string;
}

const LEDGER = 'examples/ledger-2021-11.xlsx';
const CASES = '停产半停产减产企业清单';
const PROBLEMS = '问题诉求责任清单';
const expected: Expected = JSON.parse(readFileSync('test/fixtures/ledger-2021-11.expected.json', 'utf8'));

describe('a ledger in, closures counted', () => {
  let world: TestApp;
  let office: Client;

  beforeAll(async () => {
    world = await createTestApp();
    world.app.get(Worker).start();
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const send = async (fields: Record<string, string>, content: Blob = new Blob([readFileSync(LEDGER)])) => {
    const sent = await office.upload<ImportView & { code?: string }>(
      '/imports',
      fields,
      content,
      'ledger.xlsx',
    );
    if (sent.status !== 202) return sent.body;
    const report = async () =>
      (await office.get<ImportView & { code?: string }>(`/imports/${sent.body.id}`)).body;
    await until(async () => ['done', 'failed'].includes((await report()).status));
    return report();
  };
  const count = async (path: string): Promise<unknown> =>
    (await office.get(`${path}limit=1&count=exact`)).body['total'];
  const sheet = (report: ImportView, name: string) =>
    report.sheets.find((candidate) => candidate.name === name);
  const found = (findings: readonly Finding[] | undefined) =>
    findings?.map(({ row, code }) => `${row} ${code}`).toSorted();

  function expectSheets(report: ImportView): void {
    for (const [name, want] of Object.entries(expected.sheets)) {
      const got = sheet(report, name);
      if (want.accepted !== undefined) expect(got?.accepted).toBe(want.accepted);
      if (want.rejected) expect(found(got?.rejected)).toEqual(found(want.rejected));
      if (want.warnings) expect(found(got?.warnings)).toEqual(found(want.warnings));
      if (want.skippedSubtotals !== undefined) expect(got?.skippedSubtotals).toBe(want.skippedSubtotals);
    }
  }

  it('previews, and changes nothing', async () => {
    expectSheets(await send({ mode: 'preview', onError: 'keep_valid' }));
    expect(await count('/cases?')).toBe(0);
    const [officials] = await world.database.dataSource.query(
      'SELECT count(*)::int AS count FROM officials WHERE duty <> $1',
      [''],
    );
    expect(officials.count).toBeLessThan(10);
  });

  it('takes no row where one is refused and all or none was asked for', async () => {
    const report = await send({ mode: 'commit', onError: 'reject_all' });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'ROWS_REJECTED' } });
    expect(await count('/cases?')).toBe(0);
  });

  it('takes every valid row', async () => {
    const report = await send({ mode: 'commit', onError: 'keep_valid' });
    expect(report).toMatchObject({ status: 'done', error: null, progress: { rows: report.progress.of } });
    expectSheets(report);
    expect(await count('/cases?')).toBe(234);
    expect(await count('/cases?status=resolved&')).toBe(126);
    expect(await count('/cases?status=in_progress&')).toBe(96);
    expect(await count('/problems?')).toBe(377);
    expect(await count('/problems?status=resolved&')).toBe(225);
    // Nobody is told that he was assigned what he has been working on for weeks.
    const { dataSource } = world.database;
    expect(await dataSource.query('SELECT count(*)::int AS given FROM notices')).toEqual([{ given: 0 }]);
  });

  it('keeps events, rows and counts in step', async () => {
    const { dataSource } = world.database;
    const broken = await dataSource.query(
      `SELECT c.id FROM cases c
        WHERE c.last_sequence <> (SELECT count(*) FROM case_events e WHERE e.chain_id = c.id)
           OR c.problems_total <> (SELECT count(*) FROM problems p WHERE p.case_id = c.id)
           OR c.problems_open <> (SELECT count(*) FROM problems p WHERE p.case_id = c.id
                                   AND p.status NOT IN ('resolved', 'rejected', 'terminated'))
           OR (SELECT count(*) FROM assignments a WHERE a.case_id = c.id AND a.ended_at IS NULL)
              <> (CASE WHEN c.status = 'resolved' THEN 0 ELSE 1 END)`,
    );
    expect(broken).toEqual([]);
  });

  it.each(Object.keys(expected.weekly))('counts %s as it was', async (week) => {
    const want = expected.weekly[week];
    const ask = async (subject: string, by: string): Promise<Table> =>
      (
        await office.get<Table & Record<string, unknown>>(
          `/statistics/weekly/${week}?subject=${subject}&by=${by}`,
        )
      ).body;
    const compare = (table: Table, rows: Record<string, Row> | undefined, total: Row | undefined): void => {
      for (const [key, columns] of Object.entries(rows ?? {})) {
        const row = table.rows.find((candidate) => candidate.key === key || candidate.name === key);
        if (row === undefined && columns['cumulativeAssigned'] === 0) continue;
        expect(row).toMatchObject(columns);
      }
      expect(table.total).toMatchObject(total ?? {});
    };
    compare(await ask('case', 'reportingUnit'), want?.rows, want?.total);
    compare(await ask('case', 'leadDepartment'), want?.byLeadDepartment, want?.total);
    compare(await ask('problem', 'reportingUnit'), want?.problems.byReportingUnit, want?.problems.total);
    compare(await ask('problem', 'leadDepartment'), want?.problems.byLeadDepartment, want?.problems.total);
  });

  it('says of the same file again that it changes nothing', async () => {
    const events = 'SELECT count(*)::int AS count FROM case_events';
    const before = await world.database.dataSource.query(events);
    const report = await send({ mode: 'commit', onError: 'keep_valid' });
    expect(sheet(report, CASES)).toMatchObject({ accepted: 0, unchanged: 234 });
    expect(sheet(report, PROBLEMS)).toMatchObject({ accepted: 0, unchanged: 377 });
    expect(await world.database.dataSource.query(events)).toEqual(before);
  });

  it('gives the sheets back with a column of reasons', async () => {
    const report = await send({ mode: 'preview', onError: 'keep_valid' });
    const answer = await fetch(`${world.url}/api/v1/imports/${report.id}/report.xlsx`, {
      headers: { authorization: `Bearer ${office.token}` },
    });
    expect([answer.status, (await answer.arrayBuffer()).byteLength > 50_000]).toEqual([200, true]);
  });

  it.each([
    ['not a workbook', new Blob(['hello']), 'WORKBOOK_UNREADABLE'],
    [
      'an encrypted one',
      new Blob([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'WORKBOOK_ENCRYPTED',
    ],
    ['an empty file', new Blob([]), 'FILE_EMPTY'],
  ])('refuses %s before anything is written', async (_what, content, code) => {
    const before = await world.database.dataSource.query('SELECT count(*) FROM imports');
    expect((await send({ mode: 'commit' }, content)).code).toBe(code);
    expect(await world.database.dataSource.query('SELECT count(*) FROM imports')).toEqual(before);
  });

  it('is for the task force alone', async () => {
    for (const role of [
      'department',
      'county',
      'leader',
      'auditor',
      'system_admin',
      'security_admin',
    ] as const) {
      const other = await world.as(role);
      expect((await other.upload('/imports', {}, new Blob(['x']), 'x.xlsx')).status).toBe(403);
    }
  });
});
