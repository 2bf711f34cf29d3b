import { describe, expect, it } from '@jest/globals';
import { NOTHING_KNOWN } from '../../../test/support/ledger-known.js';
import { workbookOf } from '../../../test/support/workbook-of.js';
import {
  type Fields,
  A,
  B,
  CASES,
  DIRECTORY,
  aCase,
  decide,
  refusalOf,
  reportOf,
  said,
} from '../../../test/support/ledger-rows.js';
import { decideLedger } from './decide-ledger.js';
import { readLedger } from './read-ledger.js';

describe('a row of the case sheet', () => {
  it.each<[Fields, string]>([
    [{ 企业名称: ' ', 统一社会信用代码: 'X' }, 'REQUIRED_MISSING 企业名称'],
    [{ 统一社会信用代码: null }, 'REQUIRED_MISSING 统一社会信用代码'],
    [{ 所属县区: '—' }, 'REQUIRED_MISSING 所属县区'],
    [{ 生产状态: null }, 'REQUIRED_MISSING 生产状态'],
    [{ 牵头单位: null }, 'REQUIRED_MISSING 牵头单位'],
    [{ 责任人: null }, 'REQUIRED_MISSING 责任人'],
    [{ 交办日期: null }, 'REQUIRED_MISSING 交办日期'],
    [{ 办理时限: null }, 'REQUIRED_MISSING 办理时限'],
    [{ 统一社会信用代码: '9361O925MA70LG0160', 所属县区: '西安市' }, 'CREDIT_CODE_INVALID 统一社会信用代码'],
    [{ 所属县区: '西安市', 生产状态: '正常' }, 'REPORTING_UNIT_UNKNOWN 所属县区'],
    [{ 生产状态: '正常', 交办日期: '2021年13月5日' }, 'DISTRESS_TYPE_UNKNOWN 生产状态'],
    [{ 交办日期: '2021年13月5日', 牵头单位: '市某某局' }, 'DATE_INVALID 交办日期'],
    [{ 交办日期: '2021-11-30' }, 'DATE_INVALID 交办日期'],
    [{ 签收日期: '2021-10-07' }, 'DATE_INVALID 签收日期'],
    [{ 签收日期: '2021-10-12', 销号日期: '2021-10-11' }, 'DATE_INVALID 销号日期'],
    [{ 办理时限: '尽快' }, 'DATE_INVALID 办理时限'],
    [{ 办理时限: '2021-10-07' }, 'DATE_INVALID 办理时限'],
    [{ 停减产起始时间: '去年' }, 'DATE_INVALID 停减产起始时间'],
    [
      { 销号日期: '2021-10-07', 签收日期: '2021-10-08', 牵头单位: '市某某局' },
      'RESOLVED_BEFORE_ASSIGNED 销号日期',
    ],
    [{ 牵头单位: '市某某局', 责任人: '查无此人' }, 'DEPARTMENT_UNKNOWN 牵头单位'],
    [{ 责任人: '李娜', 从业人员: '若干' }, 'OFFICIAL_UNKNOWN 责任人'],
    [{ 包联领导: '王伟', 从业人员: '若干' }, 'OFFICIAL_UNKNOWN 包联领导'],
    [{ 从业人员: '若干' }, 'NUMBER_INVALID 从业人员'],
    [{ 从业人员: -1 }, 'NUMBER_INVALID 从业人员'],
    [{ '正常月产值(万元)': '约三百万' }, 'NUMBER_INVALID 正常月产值(万元)'],
  ])('is refused for %j', async (fields, said) => {
    await expect(refusalOf(CASES, aCase(fields))).resolves.toEqual([`2 ${said}`]);
  });

  it.each<Fields>([
    { 办理时限: '2099-10-08' },
    { 包联领导: '张 建国' },
    { 停减产起始时间: '2021年3月' },
    { 所属县区: '610902' },
    { 责任人: '王　伟' },
    { 签收日期: '2021-10-08', 销号日期: '2021-10-08' },
    { 销号日期: '2021-10-09' },
  ])('is taken with %j', async (fields) => {
    await expect(refusalOf(CASES, aCase(fields))).resolves.toEqual([]);
  });

  it('is taken with a warning for what can be left out', async () => {
    const plan = await decide({ 通讯录: DIRECTORY, [CASES]: [aCase({ 联系电话: '0915-32', 规模: '巨' })] });
    expect(said(reportOf(plan, CASES)?.warnings).toSorted()).toEqual([
      '2 PHONE_INVALID 联系电话',
      '2 VALUE_UNKNOWN 规模',
    ]);
    expect(plan.enterprises[0]).toMatchObject({ contactPhone: null, sizeClass: null });
  });

  it('stands first by its credit code, where it is valid', async () => {
    const rows = [
      aCase({ 责任人: '查无此人' }),
      aCase(),
      aCase({ 企业名称: '乙公司' }),
      aCase({ 统一社会信用代码: B, 企业名称: '乙公司' }),
    ];
    const plan = await decide({ 通讯录: DIRECTORY, [CASES]: rows });
    expect(said(reportOf(plan, CASES)?.rejected)).toEqual([
      '2 OFFICIAL_UNKNOWN 责任人',
      '4 ENTERPRISE_DUPLICATE 统一社会信用代码',
    ]);
    expect(reportOf(plan, CASES)?.rejected[1]?.detail).toBe('该企业已登记在第3行');
    expect(plan.cases.map(({ row }) => row)).toEqual([3, 5]);
  });

  it('says all in English too', async () => {
    const book = workbookOf({
      [CASES]: [
        ['企业名称', '信用代码', '县区', '状态'],
        ['甲', A, '汉滨区', '停产'],
      ],
    });
    const plan = await decideLedger(await readLedger(book, { today: '2021-11-29' }), NOTHING_KNOWN, 'en');
    expect(plan.sheets[0]?.rejected).toEqual([
      { row: 2, code: 'REQUIRED_MISSING', column: '牵头单位', detail: '“牵头单位” is empty' },
    ]);
  });

  it('is not read without a header', async () => {
    const book = workbookOf({ [CASES]: [[], ['标题'], ['甲公司', A]] });
    const plan = await decideLedger(await readLedger(book, { today: '2021-11-29' }), NOTHING_KNOWN);
    expect(said(plan.sheets[0]?.rejected)).toEqual(['2 HEADER_UNKNOWN null']);
  });
});

describe('subtotals and blank rows', () => {
  it('are passed over and counted', async () => {
    const plan = await decide({
      通讯录: DIRECTORY,
      [CASES]: [
        aCase(),
        {},
        { 企业名称: '汉滨区小计', 生产状态: '1户' },
        aCase({ 企业名称: '合计（示例）', 统一社会信用代码: B }),
        { 企业名称: '　' },
        { 企业名称: '合 计：', 从业人员: 20 },
        {},
      ],
    });
    expect(reportOf(plan, CASES)).toMatchObject({
      accepted: 2,
      rejected: [],
      skippedSubtotals: 2,
      skippedBlank: 2,
    });
  });
});
