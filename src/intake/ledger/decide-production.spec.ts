import { describe, expect, it } from '@jest/globals';
import { knownAfter } from '../../../test/support/ledger-known.js';
import {
  type Fields,
  A,
  B,
  C,
  CASES,
  DIRECTORY,
  PRODUCTION,
  aCase,
  decide,
  figures,
  refusalOf,
  reportOf,
  said,
} from '../../../test/support/ledger-rows.js';

describe('production', () => {
  it('is converted, and unknown where nothing is said', async () => {
    const rows = [
      figures({ '2021-10': '1,000.5万元' }),
      figures({ 指标: '用电量', '2021-09': '108,500' }),
      figures({ 指标: '用电量(万千瓦时)', 统一社会信用代码: B, '2021-09': 0 }),
    ];
    const plan = await decide({
      通讯录: DIRECTORY,
      [CASES]: [aCase(), aCase({ 统一社会信用代码: B })],
      [PRODUCTION]: rows,
    });
    expect(
      plan.figures.map(({ metric, source, months, values }) => [metric, source, months, values]),
    ).toEqual([
      ['output_value', 'enterprise', ['2021-09-01', '2021-10-01'], ['100000', '10005000']],
      ['electricity', 'grid', ['2021-09-01'], ['108500']],
      ['electricity', 'grid', ['2021-09-01'], ['0']],
    ]);
  });

  it('corrects by a new revision', async () => {
    const known = knownAfter(
      await decide({ 通讯录: DIRECTORY, [CASES]: [aCase()], [PRODUCTION]: [figures()] }),
    );
    const plan = await decide(
      {
        [PRODUCTION]: [
          figures({ '2021-09': 11, '2021-10': 12 }),
          figures({ 指标: '用电量', '2021-09': null }),
        ],
      },
      known,
    );
    expect(plan.figures).toEqual([
      {
        row: 2,
        creditCode: A,
        metric: 'output_value',
        source: 'enterprise',
        months: ['2021-09-01', '2021-10-01'],
        values: ['110000', '120000'],
        revisions: [2, 1],
        coversMonths: [1, 1],
      },
    ]);
    expect(reportOf(plan, PRODUCTION)).toMatchObject({ accepted: 1, unchanged: 1 });
    expect(reportOf(await decide({ [PRODUCTION]: [figures()] }, known), PRODUCTION)).toMatchObject({
      accepted: 0,
      unchanged: 1,
    });
  });

  it.each<[Fields, string]>([
    [{ 统一社会信用代码: null }, 'REQUIRED_MISSING 统一社会信用代码'],
    [{ 统一社会信用代码: C }, 'ENTERPRISE_UNKNOWN 统一社会信用代码'],
    [{ 指标: '心情' }, 'VALUE_UNKNOWN 指标'],
    [{ '2021-10': '没统计' }, 'NUMBER_INVALID 2021-10'],
    [{ '2021-10': -3 }, 'NUMBER_INVALID 2021-10'],
    [{ '2021-12': 3 }, 'DATE_INVALID 2021-12'],
  ])('is refused for %j', async (fields, said) => {
    await expect(refusalOf(PRODUCTION, figures(fields))).resolves.toEqual([`2 ${said}`]);
  });

  it('refuses a second row of one enterprise and metric', async () => {
    const plan = await decide({
      通讯录: DIRECTORY,
      [CASES]: [aCase()],
      [PRODUCTION]: [figures(), figures({ '2021-09': 3 })],
    });
    expect(said(reportOf(plan, PRODUCTION)?.rejected)).toEqual(['3 ROW_CONFLICT 指标']);
  });

  it('takes staff, utilisation and sources as people name them', async () => {
    const rows = [
      figures({ 指标: '从业人数', '2021-09': '158人', 数据来源: null }),
      figures({ 指标: '产能利用率', '2021-09': '105%', 数据来源: null }),
      figures({ 指标: '用电量', '2021-09': 9, 数据来源: '企业填报' }),
      figures({ 指标: '用电量', '2021-09': 8, 数据来源: '国网' }),
      figures({ 指标: '产值', '2021-09': 1, 数据来源: '税务局' }),
    ];
    const plan = await decide({ 通讯录: DIRECTORY, [CASES]: [aCase()], [PRODUCTION]: rows });
    expect(plan.figures.map(({ metric, source, values }) => [metric, source, ...values])).toEqual([
      ['staff', 'enterprise', '158'],
      ['capacity_utilisation', 'enterprise', '1.05'],
      ['electricity', 'enterprise', '9'],
      ['electricity', 'grid', '8'],
      ['output_value', 'tax', '10000'],
    ]);
  });

  it.each<[Fields, string]>([
    [{ 数据来源: '统计报表' }, 'STATISTICAL_SOURCE_REFUSED 数据来源'],
    [{ 数据来源: '统计局联网直报' }, 'STATISTICAL_SOURCE_REFUSED 数据来源'],
    [{ 数据来源: '听说' }, 'VALUE_UNKNOWN 数据来源'],
    [{ 指标: '生产天数', '2021-09': 31 }, 'NUMBER_INVALID 2021-09'],
    [{ 指标: '从业人数', '2021-09': 1.5 }, 'NUMBER_INVALID 2021-09'],
    [{ 指标: '产能利用率', '2021-09': 105 }, 'NUMBER_INVALID 2021-09'],
    [{ 指标: '累计生产天数', '2021-09': 5 }, 'VALUE_UNKNOWN 指标'],
    [{ 指标: '产值(元,万元)' }, 'VALUE_UNKNOWN 指标'],
  ])('is refused for %j', async (fields, said) => {
    await expect(refusalOf(PRODUCTION, figures(fields))).resolves.toEqual([`2 ${said}`]);
  });
});

describe('January and February in one column', () => {
  const said = (more: Fields): Fields => ({ 统一社会信用代码: A, 企业名称: '甲公司', 指标: '产值', ...more });
  const first = { 通讯录: DIRECTORY, [CASES]: [aCase()] };

  it('are one figure of February', async () => {
    const rows = [
      said({ '2021年1-2月': 30, '2021-03': 5 }),
      said({ 指标: '从业人数', '2021年1-2月': 7, '2021-03': 8 }),
    ];
    const plan = await decide({ ...first, [PRODUCTION]: rows });
    expect(plan.figures).toMatchObject([
      { months: ['2021-02-01', '2021-03-01'], values: ['300000', '50000'], coversMonths: [2, 1] },
      { months: ['2021-02-01', '2021-03-01'], values: ['7', '8'], coversMonths: [1, 1] },
    ]);
    const again = await decide({ [PRODUCTION]: rows }, knownAfter(plan));
    expect(reportOf(again, PRODUCTION)).toMatchObject({ accepted: 0, unchanged: 2, rejected: [] });
  });

  it('beside both are nothing new, or a contradiction', async () => {
    const rows = [
      said({ '2021-01': 10, '2021-02': 20, '2021年1—2月': 30 }),
      said({ 指标: '用电量', '2021-01': 10, '2021-02': 20, '2021年1—2月': 31 }),
    ];
    const plan = await decide({ ...first, [PRODUCTION]: rows });
    expect(plan.figures).toMatchObject([{ months: ['2021-01-01', '2021-02-01'], coversMonths: [1, 1] }]);
    expect(refusals(plan)).toEqual(['3 ROW_CONFLICT 2021年1-2月']);
  });
});

describe('the year to date', () => {
  const year = (more: Fields): Fields => ({ 统一社会信用代码: A, 企业名称: '甲公司', ...more });
  const first = { 通讯录: DIRECTORY, [CASES]: [aCase()] };

  it.each(['累计产值', '本年累计产值', '产值累计', '产值(累计)', '产值（累计，万元）'])(
    'of %s becomes the months’ figures',
    async (metric) => {
      const row = year({ 指标: metric, '2021-02': 30, '2021-03': 42.5, '2021-04': 50 });
      const plan = await decide({ ...first, [PRODUCTION]: [row] });
      expect(plan.figures).toMatchObject([
        {
          metric: 'output_value',
          months: ['2021-02-01', '2021-03-01', '2021-04-01'],
          values: ['300000', '125000', '75000'],
          coversMonths: [2, 1, 1],
        },
      ]);
      const again = await decide({ [PRODUCTION]: [row] }, knownAfter(plan));
      expect(reportOf(again, PRODUCTION)).toMatchObject({ accepted: 0, unchanged: 1, rejected: [] });
    },
  );

  it('agrees with months of the sheet, fills those it leaves out, or contradicts them', async () => {
    const rows = [
      // Above the months on which it rests.
      year({ 指标: '累计产值', '2021-01': 10, '2021-02': 30, '2021-03': 60 }),
      year({ 指标: '产值', '2021-01': 10, '2021-02': 20, '2021-03': null }),
      year({ 指标: '累计用电量', '2021-01': 10, '2021-02': 31, '2021-03': null }),
      year({ 指标: '用电量', '2021-01': 10, '2021-02': 20, '2021-03': null }),
    ];
    const plan = await decide({ ...first, [PRODUCTION]: rows });
    expect(plan.figures.map(({ row, months, values }) => [row, months.length, values.at(-1)])).toEqual([
      [3, 2, '200000'],
      [5, 2, '20'],
      [2, 1, '300000'],
    ]);
    expect(refusals(plan)).toEqual(['4 ROW_CONFLICT 2021-02']);
  });

  it('over a gap, or falling, is refused with what is missing or known', async () => {
    const rows = [
      year({ 指标: '累计产值', '2021-01': 10, '2021-03': 60, '2021-04': null }),
      year({ 指标: '累计用电量', '2021-01': 10, '2021-03': null, '2021-02': 9 }),
    ];
    const plan = await decide({ ...first, [PRODUCTION]: rows });
    expect(refusals(plan)).toEqual(['2 YEAR_TO_DATE_GAP 2021-03', '3 YEAR_TO_DATE_FELL 2021-02']);
    const details = reportOf(plan, PRODUCTION)?.rejected.map(({ detail }) => detail);
    expect(details).toEqual([
      '缺少2021-02的数据，无法由累计数推算“2021-03”',
      '“2021-02”的累计数小于截至2021-01已知的10，如前期有误请先更正',
    ]);
  });
});

const refusals = (plan: Awaited<ReturnType<typeof decide>>): string[] =>
  said(reportOf(plan, PRODUCTION)?.rejected);
