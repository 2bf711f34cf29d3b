import { describe, expect, it } from '@jest/globals';
import { knownAfter } from '../../../test/support/ledger-known.js';
import {
  type Fields,
  B,
  CASES,
  DIRECTORY,
  aCase,
  decide,
  reportOf,
} from '../../../test/support/ledger-rows.js';
import type { LedgerKnown } from './ledger-known.js';
import type { LedgerPlan } from './ledger-plan.js';

const closed = (all: LedgerKnown): LedgerKnown => ({
  ...all,
  cases: all.cases.map((one) => ({ ...one, status: 'resolved', resolvedOn: '2021-10-10' })),
});

const left = (all: LedgerKnown): LedgerKnown => ({
  ...all,
  officials: all.officials.map((one) => ({ ...one, isActive: false })),
});

const office = (all: LedgerKnown): LedgerKnown => ({
  ...all,
  departments: all.departments.map((one) => ({ ...one, isTaskForce: true })),
});

const outcome = (plan: LedgerPlan) => {
  const { accepted, unchanged, rejected } = reportOf(plan, CASES) ?? { rejected: [] };
  return [accepted, unchanged, ...rejected.map(({ code, column }) => `${code} ${column}`)];
};

describe('a case row sent again', () => {
  const first = { 通讯录: DIRECTORY, [CASES]: [aCase()] };
  const again = async (fields: Fields, change: (known: LedgerKnown) => LedgerKnown = (known) => known) =>
    decide({ [CASES]: [aCase(fields)] }, change(knownAfter(await decide(first))));
  it('is unchanged where it says the same, or less', async () => {
    expect(outcome(await again({}))).toEqual([0, 1]);
    expect(outcome(await again({ 办理时限: '2021-10-29', 联系电话: '19900010001' }))).toEqual([0, 1]);
  });

  it('brings the sign-for and closure that are new', async () => {
    const plan = await again({ 签收日期: '2021-10-09', 销号日期: '2021-10-20' });
    expect(outcome(plan)).toEqual([1, 0]);
    expect([plan.cases, plan.enterprises]).toEqual([[], []]);
    expect(plan.caseUpdates).toEqual([
      {
        row: 2,
        caseId: 'case 2',
        assignmentId: 'assignment 2',
        acknowledgedOn: '2021-10-09',
        resolvedOn: '2021-10-20',
      },
    ]);
  });

  it.each<[Fields, string]>([
    [{ 牵头单位: '市发改委', 责任人: '李娜' }, '牵头单位'],
    [{ 办理时限: '16个工作日' }, '办理时限'],
    [{ 办理时限: '2021-10-28' }, '办理时限'],
    [{ 企业名称: '乙公司' }, '企业名称'],
    [{ 所属县区: '旬阳县' }, '所属县区'],
    [{ 生产状态: '减产' }, '生产状态'],
  ])('contradicts what is known with %j', async (fields, column) => {
    expect(outcome(await again(fields))).toEqual([0, 0, `ROW_CONFLICT ${column}`]);
  });

  it.each<[string, Partial<LedgerKnown['cases'][number]>, Fields, string]>([
    [
      'signed otherwise',
      { acknowledgedOn: '2021-10-09', status: 'in_progress' },
      { 签收日期: '2021-10-10' },
      '签收日期',
    ],
    [
      'closed otherwise',
      { resolvedOn: '2021-10-20', status: 'resolved' },
      { 销号日期: '2021-10-21' },
      '销号日期',
    ],
    [
      'signed after its closure',
      { resolvedOn: '2021-10-20', status: 'resolved' },
      { 签收日期: '2021-10-09' },
      '签收日期',
    ],
    ['closed while it is verified', { status: 'verifying' }, { 销号日期: '2021-10-21' }, '销号日期'],
    ['closed though reassigned', { isCurrent: false }, { 销号日期: '2021-10-21' }, '销号日期'],
    [
      'closed before what happened last',
      { lastEventOn: '2021-11-01' },
      { 销号日期: '2021-10-21' },
      '销号日期',
    ],
  ])('is refused where it would be %s', async (_, known, fields, column) => {
    const plan = await again(fields, (all) => ({
      ...all,
      cases: all.cases.map((one) => ({ ...one, ...known })),
    }));
    expect(outcome(plan)).toEqual([0, 0, `ROW_CONFLICT ${column}`]);
  });

  it('is unchanged where blank dates have been filled elsewhere, or the case has been reopened', async () => {
    const filled = {
      acknowledgedOn: '2021-10-09',
      resolvedOn: '2021-10-20',
      isCurrent: false,
      status: 'in_progress',
    } as const;
    const change = (all: LedgerKnown): LedgerKnown => ({
      ...all,
      cases: all.cases.map((one) => ({ ...one, ...filled })),
    });
    expect(outcome(await again({}, change))).toEqual([0, 1]);
    expect(outcome(await again({ 签收日期: '2021-10-09', 销号日期: '2021-10-20' }, change))).toEqual([0, 1]);
  });

  it('is a second one while another case of the enterprise is live, and a new one after', async () => {
    expect(outcome(await again({ 交办日期: '2021-10-09' }))).toEqual([
      0,
      0,
      'ENTERPRISE_DUPLICATE 统一社会信用代码',
    ]);
    const plan = await again({ 交办日期: '2021-11-01' }, closed);
    expect([outcome(plan), plan.enterprises, plan.cases.length]).toEqual([[1, 0], [], 1]);
  });

  it('stands although its official has left; a new one does not', async () => {
    expect(outcome(await again({}, left))).toEqual([0, 1]);
    const other = { 企业名称: '乙公司', 统一社会信用代码: B };
    expect(outcome(await again(other, left))).toEqual([0, 0, 'OFFICIAL_UNKNOWN 责任人']);
    expect(outcome(await again(other, office))).toEqual([0, 0, 'DEPARTMENT_UNKNOWN 牵头单位']);
  });
});
