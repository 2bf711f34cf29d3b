import { describe, expect, it } from '@jest/globals';
import { knownAfter } from '../../../test/support/ledger-known.js';
import {
  type Fields,
  A,
  B,
  CASES,
  DIRECTORY,
  PROBLEMS,
  aCase,
  aProblem,
  decide,
  refusalOf,
  reportOf,
  said,
} from '../../../test/support/ledger-rows.js';
import type { LedgerPlan } from './ledger-plan.js';

describe('a row of the problem sheet', () => {
  it.each<[Fields, string]>([
    [{ 问题描述: null }, 'REQUIRED_MISSING 问题描述'],
    [{ 办结时限: null }, 'REQUIRED_MISSING 办结时限'],
    [{ 是否销号: '是' }, 'REQUIRED_MISSING 销号日期'],
    [{ 是否销号: '否', 销号日期: '2021-10-20' }, 'DATE_INVALID 销号日期'],
    [{ 是否销号: '也许' }, 'VALUE_UNKNOWN 是否销号'],
    [{ 销号日期: '2021-10-01' }, 'RESOLVED_BEFORE_ASSIGNED 销号日期'],
    [{ 配合单位: '市工信局、市某某局', 责任人: '查无此人' }, 'DEPARTMENT_UNKNOWN 配合单位'],
    [{ 责任人: '王伟' }, 'OFFICIAL_UNKNOWN 责任人'],
    [{ 企业名称: '丙公司', 问题类别: '玄学' }, 'CASE_UNKNOWN 企业名称'],
    [{ 问题类别: '玄学' }, 'CATEGORY_UNKNOWN 问题类别'],
  ])('is refused for %j', async (fields, said) => {
    await expect(refusalOf(PROBLEMS, aProblem(fields))).resolves.toEqual([`2 ${said}`]);
  });

  it('is matched by the enterprise’s name, taken with all it says', async () => {
    const problem = aProblem({
      企业名称: '甲 公司',
      配合单位: '市工信局',
      成因: '市场原因',
      是否销号: '是',
      销号日期: '2021-11-01',
      企业评价: '较满意',
    });
    const plan = await decide({
      [PROBLEMS]: [problem, aProblem({ 问题类别: null, 企业评价: '满意' })],
      [CASES]: [aCase()],
      通讯录: DIRECTORY,
    });
    expect(plan.problems[0]).toEqual({
      row: 2,
      case: { creditCode: A },
      creditCode: A,
      text: '缺电',
      category: 'energy',
      cause: 'market',
      assignedOn: '2021-10-09',
      limit: { workingDays: null, dueOn: '2021-11-12' },
      lead: { department: '市发改委', name: '李娜' },
      coDepartments: ['市工信局'],
      resolvedOn: '2021-11-01',
      rating: 'fairly_satisfied',
    });
    expect(plan.problems[1]).toMatchObject({ category: 'other', rating: null });
    expect(said(reportOf(plan, PROBLEMS)?.warnings)).toEqual(['3 RATING_UNCLOSED 企业评价']);
    expect(plan.sheets.map(({ name }) => name)).toEqual([PROBLEMS, CASES, '通讯录']);
  });

  it('is of no case where two enterprises bear the name', async () => {
    const rows = [aCase(), aCase({ 统一社会信用代码: B })];
    const plan = await decide({ 通讯录: DIRECTORY, [CASES]: rows, [PROBLEMS]: [aProblem()] });
    expect(reportOf(plan, PROBLEMS)?.rejected).toEqual([
      { row: 2, code: 'CASE_UNKNOWN', column: '企业名称', detail: '名为“甲公司”的企业不止一家' },
    ]);
  });

  it('belongs to a live case where the workbook has no case sheet', async () => {
    const known = knownAfter(await decide({ 通讯录: DIRECTORY, [CASES]: [aCase()] }));
    const plan = await decide({ [PROBLEMS]: [aProblem()] }, known);
    expect(plan.problems[0]?.case).toEqual({ caseId: 'case 2' });
    const closed = { ...known, cases: known.cases.map((one) => ({ ...one, status: 'resolved' as const })) };
    expect(said(reportOf(await decide({ [PROBLEMS]: [aProblem()] }, closed), PROBLEMS)?.rejected)).toEqual([
      '2 CASE_UNKNOWN 企业名称',
    ]);
  });
});

describe('a problem row sent again', () => {
  const closed = { 是否销号: '是', 销号日期: '2021-11-01' };
  const first = {
    通讯录: DIRECTORY,
    [CASES]: [aCase()],
    [PROBLEMS]: [aProblem(), aProblem({ 办结时限: '2021-11-15' })],
  };
  const again = async (rows: readonly Fields[]): Promise<LedgerPlan> =>
    decide({ [PROBLEMS]: rows }, knownAfter(await decide(first)));

  it('is unchanged, and brings its closure and rating', async () => {
    const plan = await again([aProblem(), aProblem({ 办结时限: '2021-11-15', ...closed, 企业评价: '满意' })]);
    expect(reportOf(plan, PROBLEMS)).toMatchObject({ accepted: 1, unchanged: 1, rejected: [] });
    expect(plan.problemUpdates).toEqual([
      {
        row: 3,
        problemId: 'problem 3',
        assignmentId: 'assignment of problem 3',
        resolvedOn: '2021-11-01',
        rating: 'satisfied',
      },
    ]);
  });

  it('is told apart from its equals by what it says, then by its place', async () => {
    const other = aProblem({ 办结时限: '2021-11-20' });
    const plan = await again([aProblem({ 办结时限: '2021-11-15' }), aProblem(), other]);
    expect(reportOf(plan, PROBLEMS)).toMatchObject({ accepted: 1, unchanged: 2, rejected: [] });
    expect(plan.problems.map(({ row }) => row)).toEqual([4]);
    expect(said(reportOf(await again([other]), PROBLEMS)?.rejected)).toEqual(['2 ROW_CONFLICT 办结时限']);
  });

  it('contradicts what is known', async () => {
    const plan = await again([aProblem({ 问题类别: '资金' }), aProblem({ 配合单位: '市工信局' })]);
    expect(said(reportOf(plan, PROBLEMS)?.rejected)).toEqual([
      '2 ROW_CONFLICT 问题类别',
      '3 ROW_CONFLICT 配合单位',
    ]);
  });
});
