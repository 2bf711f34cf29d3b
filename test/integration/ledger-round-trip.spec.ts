import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventCount, ledgerTo, MASKED, NOTHING_NEW, sheetsOf, takeIn } from '../support/ledger-trip.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const EXAMPLE = 'test/fixtures/ledger-2021-11.xlsx';
const TODAY = '2021-11-29T15:00:00+08:00';
const SHEETS = ['通讯录', '停产半停产减产企业清单', '问题诉求责任清单', '生产月报'];
const WEEKS = Object.keys(
  (JSON.parse(readFileSync('test/fixtures/ledger-2021-11.expected.json', 'utf8')) as { weekly: object })
    .weekly,
);

let folder: string;
let first: TestApp;
let second: TestApp;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shukun-ledger-'));
  file = path.join(folder, 'ledger.xlsx');
  first = await createTestApp({ clock: new FakeClock(new Date(TODAY)) });
  second = await createTestApp({ clock: new FakeClock(new Date(TODAY)) });
  await takeIn(first, EXAMPLE);
  await ledgerTo(file, first);
});
afterAll(async () => {
  await first.close();
  await second.close();
  await rm(folder, { recursive: true, force: true });
});

const weekly = (client: Client, week: string, subject: string, by: string) =>
  client.get<{ asOf: string }>(`/statistics/weekly/${week}?subject=${subject}&by=${by}`);

describe('the example ledger, taken in and given out', () => {
  it('has the sheets that counties send, with every row that was taken', async () => {
    const sheets = await sheetsOf(file);
    expect(Object.keys(sheets)).toEqual([...SHEETS, '导出说明']);
    const example = await sheetsOf(EXAMPLE);
    for (const sheet of SHEETS) expect([sheet, sheets[sheet]?.[0]]).toEqual([sheet, example[sheet]?.[0]]);
    expect(SHEETS.map((sheet) => (sheets[sheet]?.length ?? 0) - 1)).toEqual([122, 234, 377, 468]);
  });

  it('says of its figures that they came with it, has them judged, and asks about none', async () => {
    const count = async (sql: string): Promise<number> => {
      const [row] = await first.database.dataSource.query<Array<{ count: number }>>(
        `SELECT count(*)::int AS count FROM ${sql}`,
      );
      return row?.count ?? 0;
    };
    const imported = "production_figures WHERE reported_by_kind = 'import' AND reported_by IS NOT NULL";
    expect(await count(`${imported} AND metric = 'output_value'`)).toBe(5116);
    expect(await count('production_figures')).toBe(await count(imported));
    expect(await count('(SELECT DISTINCT enterprise_id FROM production_unjudged) e')).toBe(234);
    // Distress is no mistake: of ten thousand invented figures none is hard to believe.
    expect(await count('production_queries')).toBe(0);
  });

  it('changes nothing where it came from', async () => {
    const before = await eventCount(first);
    const report = await takeIn(first, file, 'reject_all');
    expect(SHEETS.map((sheet) => report[sheet])).toEqual(
      [122, 234, 377, 468].map((unchanged) => expect.objectContaining({ ...NOTHING_NEW, unchanged })),
    );
    expect(await eventCount(first)).toBe(before);
  });

  it('changes nothing there either without numbers, which stay as they are', async () => {
    const masked = path.join(folder, 'masked.xlsx');
    await ledgerTo(masked, first, MASKED);
    expect(JSON.stringify(await sheetsOf(masked))).not.toMatch(/199000|@ankang/);
    const report = await takeIn(first, masked, 'reject_all');
    for (const sheet of SHEETS) expect(report[sheet]).toMatchObject(NOTHING_NEW);
    const numbers = 'SELECT count(mobile_sealed)::int AS mobiles, count(email)::int AS mails FROM officials';
    const [kept] = await first.database.dataSource.query(numbers);
    expect(kept).toMatchObject({ mobiles: expect.any(Number) });
    expect(kept.mobiles).toBeGreaterThan(100);
  });

  it('makes the same of an empty product: every row, every week, and the same ledger again', async () => {
    const report = await takeIn(second, file, 'reject_all');
    expect(SHEETS.map((sheet) => report[sheet]?.accepted)).toEqual([122, 234, 377, 468]);
    for (const sheet of SHEETS) expect(report[sheet]).toMatchObject({ rejected: [], warnings: [] });
    const again = path.join(folder, 'again.xlsx');
    await ledgerTo(again, second);
    const [one, other] = [await sheetsOf(file), await sheetsOf(again)];
    for (const sheet of SHEETS) expect([sheet, other[sheet]]).toEqual([sheet, one[sheet]]);
    const [here, there] = [await first.as('task_force'), await second.as('task_force')];
    for (const week of WEEKS) {
      for (const subject of ['case', 'problem']) {
        for (const by of ['reportingUnit', 'leadDepartment']) {
          const [{ body: wanted }, { body: found }] = await Promise.all([
            weekly(here, week, subject, by),
            weekly(there, week, subject, by),
          ]);
          expect({ ...found, asOf: '' }).toEqual({ ...wanted, asOf: '' });
        }
      }
    }
  });
});
