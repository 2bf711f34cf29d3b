import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { knownAfter, NOTHING_KNOWN } from '../../../test/support/ledger-known.js';
import { decideLedger } from './decide-ledger.js';
import { ledgerKeys } from './ledger-keys.js';
import type { LedgerKnown } from './ledger-known.js';
import type { LedgerPlan } from './ledger-plan.js';
import { openLedger, readLedger } from './read-ledger.js';

const FIXTURES = path.join(import.meta.dirname, '../../../test/fixtures');
const expected = JSON.parse(readFileSync(path.join(FIXTURES, 'ledger-2021-11.expected.json'), 'utf8')).sheets;
const TODAY = '2021-11-29';

async function decide(known: LedgerKnown, shiftDays = 0, today = TODAY): Promise<LedgerPlan> {
  const workbook = await openLedger(path.join(FIXTURES, 'ledger-2021-11.xlsx'));
  try {
    return await decideLedger(await readLedger(workbook, { today, shiftDays }), known);
  } finally {
    workbook.close();
  }
}

const countBy = <T>(items: readonly T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};
const codes = (rows: ReadonlyArray<{ row: number; code: string }> = []): string[] =>
  rows.map(({ row, code }) => `${row} ${code}`).toSorted();

const status = (one: LedgerPlan['cases'][number]): string =>
  one.resolvedOn ? 'resolved' : one.acknowledgedOn ? 'in_progress' : 'assigned';

describe('the example ledger', () => {
  let plan: LedgerPlan;
  beforeAll(async () => {
    plan = await decide(NOTHING_KNOWN);
  });
  const sheet = (name: string) => plan.sheets.find((report) => report.name === name);

  it.each(['停产半停产减产企业清单', '问题诉求责任清单'])(
    'takes, refuses and warns of rows of %s as expected',
    (name) => {
      const want = expected[name];
      const got = sheet(name);
      expect(got?.accepted).toBe(want.accepted);
      expect(codes(got?.rejected)).toEqual(codes(want.rejected));
      if (want.warnings) expect(codes(got?.warnings)).toEqual(codes(want.warnings));
      if (want.skippedSubtotals !== undefined) expect(got?.skippedSubtotals).toBe(want.skippedSubtotals);
      // Five rows of the case sheet are not in the file at all.
      expect(got?.skippedBlank).toBe(want.skippedSubtotals === undefined ? 0 : 5);
    },
  );

  it('takes the directory whole', () => {
    const want = expected.通讯录;
    expect(sheet('通讯录')).toMatchObject({ accepted: want.rows, rejected: [], warnings: [] });
    expect([plan.departments.length, plan.officials.length]).toEqual([want.departments, want.officials]);
  });

  it('opens the cases that the truth has', () => {
    const want = expected.停产半停产减产企业清单;
    const units = new Map(plan.enterprises.map((one) => [one.creditCode, one.reportingUnitCode]));
    expect(countBy(plan.cases, ({ creditCode }) => units.get(creditCode) ?? '')).toEqual(
      want.byReportingUnit,
    );
    expect(countBy(plan.cases, ({ distressType }) => distressType)).toEqual(want.byDistressType);
    expect(countBy(plan.cases, status)).toEqual(want.byStatus);
    expect(plan.enterprises.every(({ industryCode, sizeClass }) => industryCode && sizeClass)).toBe(true);
    expect(plan.cases.every(({ leader }) => leader?.department === '市政府')).toBe(true);
  });

  it('opens the problems that the truth has', () => {
    const want = expected.问题诉求责任清单;
    expect(countBy(plan.problems, ({ category }) => category)).toEqual(want.byCategory);
    expect(plan.problems.filter(({ resolvedOn }) => resolvedOn !== null)).toHaveLength(want.resolved);
  });

  it('takes the figures of production, and leaves unknown months unknown', () => {
    const want = expected.生产月报;
    const output = plan.figures.filter(({ metric }) => metric === 'output_value');
    const months = output.flatMap((figures) => figures.months).toSorted();
    expect(months).toHaveLength(want.outputFigures);
    expect(new Set(output.map(({ creditCode }) => creditCode)).size).toBe(want.enterprises);
    expect([months[0], months.at(-1)]).toEqual([`${want.firstMonth}-01`, `${want.lastMonth}-01`]);
    const first = output.find(({ row }) => row === 4);
    expect([first?.values[0], first?.source]).toEqual(['6039000', 'enterprise']);
  });

  it('reads one row whole', () => {
    expect(plan.enterprises[0]).toEqual({
      row: 4,
      creditCode: '91610902MA707KB10Q',
      name: '安康鸿林光电科技有限公司',
      reportingUnitCode: '610902',
      industryCode: '39',
      sizeClass: 'medium',
      isAboveScale: true,
      isKey: false,
      employees: 158,
      contactName: '吴立新',
      contactPhone: '19900010001',
      baselineMonthlyOutput: '6120000.00',
    });
    expect(plan.cases[0]).toEqual({
      row: 4,
      creditCode: '91610902MA707KB10Q',
      distressType: 'reduced_output',
      assignedOn: '2021-09-29',
      limit: { workingDays: null, dueOn: '2021-10-26' },
      lead: { department: '汉滨区工信局', name: '王思远' },
      leader: { department: '市政府', name: '何海涛' },
      acknowledgedOn: '2021-09-29',
      resolvedOn: '2021-10-26',
      note: null,
    });
  });

  it('changes nothing the second time, and refuses the same rows', async () => {
    const again = await decide(knownAfter(plan));
    const { sheets, ...changes } = again;
    expect(Object.values(changes).flat()).toEqual([]);
    for (const report of sheets) {
      const before = sheet(report.name);
      expect([report.name, report.accepted, report.unchanged]).toEqual([report.name, 0, before?.accepted]);
      expect(report.rejected).toEqual(before?.rejected);
    }
  });

  it('moves every date by whole weeks and every month with them', async () => {
    const shifted = await decide(NOTHING_KNOWN, 7 * 260, '2026-11-23');
    expect(shifted.sheets).toEqual(plan.sheets);
    expect(shifted.cases[0]).toMatchObject({ assignedOn: '2026-09-23', limit: { dueOn: '2026-10-20' } });
    expect(shifted.figures[0]?.months[0]).toBe('2025-01-01');
  });

  it('says which keys must be looked up', async () => {
    const workbook = await openLedger(path.join(FIXTURES, 'ledger-2021-11.xlsx'));
    const keys = ledgerKeys(await readLedger(workbook, { today: TODAY }));
    workbook.close();
    expect(keys.creditCodes).toContain('91610902MA707KB10Q');
    expect(keys.problemEnterpriseNames).toContain('安康华峰汽配制造有限公司');
  });
});
