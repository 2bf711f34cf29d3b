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
});
