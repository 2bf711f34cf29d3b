import { createReadStream } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportsService } from '../../src/intake/imports.service.js';
import { COLUMNS, figureText } from '../../src/statistics/circular/figure-names.js';
import { Circulars } from '../../src/statistics/circular/circulars.js';
import { WeekAhead } from '../../src/statistics/circular/week-ahead.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { wordTextOf } from '../support/docx-text.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const LEDGER = path.resolve(import.meta.dirname, '../fixtures/ledger-2021-11.xlsx');
const WEEK = '2021-W44';
const CUTS = [
  ['case', 'reportingUnit'],
  ['case', 'leadDepartment'],
  ['problem', 'reportingUnit'],
  ['problem', 'leadDepartment'],
] as const;
/** Where their tables stand in the shipped template, and which figures those show. */
const TABLES = [0, 1, 3, 4];
const SHOWN = COLUMNS.filter(
  (column) =>
    !/^(recovered|solved|explained|unstated|longest.*|mean.*|.*InTimeRate|sentBack|extended|sat.*|rankChange|netResolved|cumulativeClosures)$/.test(
      column,
    ),
);

let product: TestApp;
let office: Client;
let asOf: string;

beforeAll(async () => {
  product = await createTestApp();
  office = await product.as('task_force');
  await product.app.get(ImportsService).runNow({
    fileName: 'ledger.xlsx',
    content: createReadStream(LEDGER),
    mode: 'commit',
    onError: 'keep_valid',
    createdBy: null,
  });
  asOf = (await table('case', 'reportingUnit')).asOf;
});
afterAll(() => product.close());

const table = async (subject: string, by: string): Promise<WeeklyAnswer> =>
  (await office.get<WeeklyAnswer>(`/statistics/weekly/${WEEK}?subject=${subject}&by=${by}`)).body;

async function exported(
  client: Client,
  query = '',
): Promise<{ status: number; bytes: Buffer; type: string | null }> {
  const response = await fetch(
    `${product.url}/api/v1/statistics/weekly/${WEEK}/export?format=docx&asOf=${asOf}${query}`,
    { headers: { authorization: `Bearer ${client.token}` } },
  );
  const { status, headers } = response;
  return { status, bytes: Buffer.from(await response.arrayBuffer()), type: headers.get('content-type') };
}

describe('the circular of the example ledger’s week', () => {
  it('has every figure of the four tables as the API answers them', async () => {
    const { status, bytes, type } = await exported(office);
    expect([status, type]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    const { tables } = await wordTextOf(bytes);
    for (const [index, [subject, by]] of CUTS.entries()) {
      const { rows, total } = await table(subject, by);
      const written = [...rows, { ...total, name: '全市' }].map((row) => [
        row.name,
        ...SHOWN.map((column) => figureText(column, row[column])),
      ]);
      expect(tables[TABLES[index] ?? -1]?.slice(1)).toEqual(written);
    }
  });

  it('tells of it in words, names the overdue and is issued by the office', async () => {
    const { total } = await table('case', 'reportingUnit');
    const { paragraphs, tables } = await wordTextOf((await exported(office)).bytes);
    const text = paragraphs.join('\n');
    expect(text).toContain(
      `累计交办停产半停产减产企业 ${total.cumulativeAssigned} 户，累计销号 ${total.cumulativeResolved} 户，销号率 ${figureText('closureRate', total.closureRate)}`,
    );
    expect(text).toContain(`超期企业 ${total.overdue} 户。`);
    expect(text).toContain('（送审稿，未编号）');
    expect(tables[2]).toHaveLength(total.overdue + 1);
    expect(tables[2]?.[1]?.at(-1)).toBe(String(total.longestOverdueWorkingDays));
    const { text: ahead } = { text: await product.app.get(WeekAhead).of(WEEK, 'case', new Date(asOf)) };
    expect(ahead).toMatchObject({ verifying: 0, holdsToReview: 0 });
    expect(ahead.due).toBeGreaterThan(0);
    expect(text).toContain(`到期的企业 ${ahead.due} 户。`);
  });

  it('is the same bytes for the same moment, and the draft of an issue has its number and signature', async () => {
    const { total } = await table('case', 'reportingUnit');
    const [first, second] = [await exported(office), await exported(office)];
    expect(second.bytes.equals(first.bytes)).toBe(true);
    const { bytes, template } = await product.app.get(Circulars).write({
      week: WEEK,
      asOf: new Date(asOf),
      locale: 'en',
      reader: 'nobody',
      issue: { number: '2021-3', issuedOn: '2021-11-08', approvedBy: '王主任', copiesTo: ['市政府'] },
      corrections: [
        {
          week: '2021-W43',
          subject: 'case',
          key: 'total',
          name: 'total',
          column: 'closureRate',
          was: 0.5,
          now: null,
        },
      ],
    });
    expect(template).toMatchObject({ version: 0 });
    const { paragraphs, tables } = await wordTextOf(bytes);
    expect(paragraphs).toEqual(
      expect.arrayContaining(['No. 2021-3', 'Approved by: 王主任', 'Copies to: 市政府']),
    );
    expect(tables[2]).toHaveLength(1);
    expect(paragraphs).toContain(`Overdue: ${total.overdue} enterprises; they are not named here.`);
    expect(tables.at(-1)?.[1]).toEqual([
      '2021-W43',
      'enterprises',
      'The city',
      'closure rate',
      '50.00%',
      '—',
    ]);
  });

  it('names to a county and a department only what each may see, and says so', async () => {
    const { total } = await table('case', 'reportingUnit');
    const county = await wordTextOf((await exported(await product.as('county'))).bytes);
    const listed = (county.tables[2]?.length ?? 1) - 1;
    expect([listed > 0, listed < total.overdue]).toEqual([true, true]);
    expect(new Set(county.tables[2]?.slice(1).map((line) => line[3]))).toHaveProperty('size', 1);
    expect(county.paragraphs).toContain(
      `全市超期 ${total.overdue} 户，以上只列出读者有权查看的 ${listed} 户。`,
    );
    expect(county.paragraphs.join('')).toContain('读者有权查看的范围内，超期时间最长的企业：');
    // It leads none of them.
    const department = await wordTextOf((await exported(await product.as('department'))).bytes);
    expect(department.tables[2]).toHaveLength(1);
    expect(department.paragraphs).toContain(`超期企业共 ${total.overdue} 户，本件不列名单。`);
  });

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s may not have it', async (role) => {
    expect((await exported(await product.as(role))).status).toBe(403);
  });
});
