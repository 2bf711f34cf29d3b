import type { RowFinding, SheetReport } from '../../src/intake/import-report.js';
import { decideLedger } from '../../src/intake/ledger/decide-ledger.js';
import type { LedgerKnown } from '../../src/intake/ledger/ledger-known.js';
import type { LedgerPlan } from '../../src/intake/ledger/ledger-plan.js';
import { readLedger } from '../../src/intake/ledger/read-ledger.js';
import type { CellValue } from '../../src/intake/workbook/cell-value.js';
import { NOTHING_KNOWN } from './ledger-known.js';
import { workbookOf } from './workbook-of.js';

export type Fields = Readonly<Record<string, CellValue>>;
export type Sheets = Readonly<Record<string, readonly Fields[]>>;

export const [A, B, C] = ['91350100M000100Y43', '91610902MA70ABCD7X', '93610925MA70LG0160'];

export const person = (department: string, name: string, more: Fields = {}): Fields => ({
  单位: department,
  层级: '市级',
  姓名: name,
  职务: '科长',
  手机: '19900000001',
  邮箱: 'a@x.example',
  ...more,
});
export const DIRECTORY = [
  person('市工信局', '王伟'),
  person('市发改委', '李娜'),
  person('市政府', '张建国', { 职务: '市级领导' }),
];

export const aCase = (more: Fields = {}): Fields => ({
  企业名称: '甲公司',
  统一社会信用代码: A,
  所属县区: '汉滨区',
  生产状态: '停产',
  牵头单位: '市工信局',
  责任人: '王伟',
  交办日期: '2021-10-08',
  签收日期: null,
  办理时限: '15个工作日',
  销号日期: null,
  包联领导: null,
  从业人员: 10,
  联系电话: null,
  停减产起始时间: null,
  '正常月产值(万元)': null,
  规模: null,
  ...more,
});
export const aProblem = (more: Fields = {}): Fields => ({
  企业名称: '甲公司',
  问题描述: '缺电',
  问题类别: '用能',
  成因: null,
  牵头单位: '市发改委',
  配合单位: null,
  责任人: '李娜',
  交办日期: '2021-10-09',
  办结时限: '2021-11-12',
  是否销号: null,
  销号日期: null,
  企业评价: null,
  ...more,
});
export const figures = (more: Fields = {}): Fields => ({
  统一社会信用代码: A,
  企业名称: '甲公司',
  指标: '产值',
  '2021-09': 10,
  '2021-10': null,
  ...more,
});

export const CASES = '停产半停产减产企业清单';
export const PROBLEMS = '问题诉求责任清单';
export const PRODUCTION = '生产月报';

/** Rows of each sheet under one header in row 1: the first row of fields stands in row 2. */
export async function decide(sheets: Sheets, known: LedgerKnown = NOTHING_KNOWN): Promise<LedgerPlan> {
  const cells = Object.entries(sheets).map(([name, rows]) => {
    const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return [name, [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? null))]] as const;
  });
  return decideLedger(
    await readLedger(workbookOf(Object.fromEntries(cells)), { today: '2021-11-29' }),
    known,
  );
}

export const reportOf = (plan: LedgerPlan, name: string): SheetReport | undefined =>
  plan.sheets.find((sheet) => sheet.name === name);
export const said = (findings: readonly RowFinding[] = []): string[] =>
  findings.map(({ row, code, column }) => `${row} ${code} ${column}`);

/** How the only row of a sheet was refused, `[]` if it was not. */
export async function refusalOf(sheet: string, row: Fields): Promise<string[]> {
  const plan = await decide({
    通讯录: DIRECTORY,
    [CASES]: [sheet === CASES ? row : aCase()],
    ...(sheet !== CASES && { [sheet]: [row] }),
  });
  return said(reportOf(plan, sheet)?.rejected);
}
