import { describe, expect, it } from '@jest/globals';
import { type CellValue, DateCell } from '../../workbook/cell-value.js';
import { readEmail, readPhone } from './contact.js';
import { readCreditCode } from './credit-code.js';
import { readDate, readMonth } from './date.js';
import { readLimit } from './limit.js';
import { readCount, readQuantity } from './number.js';
import { INVALID } from './reading.js';
import { nameKey, readName, readText } from './text.js';
import * as words from './words.js';

type Table = ReadonlyArray<readonly [CellValue | undefined, unknown]>;
const check = (read: (cell: CellValue | undefined) => unknown, table: Table): void => {
  for (const [cell, meaning] of table) expect([cell, read(cell)]).toEqual([cell, meaning]);
};

describe('text', () => {
  it('folds width and blanks, and takes strokes and failed formulas for nothing', () =>
    check(readText, [
      ['  安康　某某 公司 ', '安康 某某 公司'],
      ['ＡＢ１２（示例）', 'AB12（示例）'],
      ['第一行\r\n第二行', '第一行 第二行'],
      ['零\u200B宽', '零宽'],
      [null, ''],
      [undefined, ''],
      [true, '是'],
      [12, '12'],
      ['—', ''],
      ['/', ''],
      ['无', ''],
      ['#N/A', ''],
      ['无锡分公司', '无锡分公司'],
    ]));
  it('closes up names', () =>
    check(readName, [
      ['王　伟', '王伟'],
      ['市 工信局 ', '市工信局'],
    ]));
  it('finds a name however it is written', () =>
    expect(nameKey('安康（Ａ） 公司')).toBe(nameKey('安康(a)公司')));
});

describe('credit codes', () => {
  it('folds case, width and blanks, and guesses nothing', () =>
    check(readCreditCode, [
      ['91350100M000100Y43', '91350100M000100Y43'],
      [' 9135 0100m000100y43', '91350100M000100Y43'],
      ['９１３５０１００Ｍ０００１００Ｙ４３', '91350100M000100Y43'],
      ['93610925MA70LG0160', '93610925MA70LG0160'],
      ['9361O925MA70LG0160', INVALID],
      ['91610902MA70ABCD78', INVALID],
      [913501000001, INVALID],
      ['', null],
    ]));
});

describe('dates', () => {
  const day = '2021-10-08';
  it('reads the ways in which people write them', () =>
    check(readDate, [
      ['2021年10月8日', day],
      ['2021年10月8', day],
      ['2021/10/8', day],
      ['2021.10.08', day],
      ['2021-10-8', day],
      ['２０２１-１０-８', day],
      ['２０２１．１０．８', day],
      [' 2021 年 10 月 8 日 ', day],
      ['2021–10–08', day],
      ['2021-10-08 00:00:00', day],
      ['2021/10/8 9:30', day],
      ['2021-10-08T00:00:00.000Z', day],
      ['20211008', day],
      [20211008, day],
      [44477, day],
      ['44477', day],
      [44477.75, day],
      [new DateCell(44477), day],
      [new DateCell(44477.999), day],
      ['', null],
      [null, null],
      ['-', null],
    ]));
  it('counts from 1904 where the workbook does', () => {
    expect(readDate(new DateCell(44477 - 1462), true)).toBe(day);
    expect(readDate(44477 - 1462, true)).toBe(day);
  });
  it('does not guess', () => {
    for (const cell of [
      '2021年13月5日',
      '2021-02-30',
      '2021-00-10',
      '2021-1-32',
      '21.10.8',
      '10月8日',
      '2021年10月',
      '2021/10.8',
      '八月十五',
      '2021',
      2021,
      15,
      1e9,
      -1,
      true,
      '2021-10-08前',
      '#REF',
      '2021年2月29日',
    ]) {
      expect([cell, readDate(cell)]).toEqual([cell, INVALID]);
    }
  });
  it('reads months that head columns', () =>
    check(readMonth, [
      ['2021-10', '2021-10-01'],
      ['2021年10月', '2021-10-01'],
      ['2021年1月份', '2021-01-01'],
      ['2021.01', '2021-01-01'],
      ['２０２１／１', '2021-01-01'],
      ['202110', '2021-10-01'],
      [202110, '2021-10-01'],
      [new DateCell(44477), '2021-10-01'],
      [44477, '2021-10-01'],
      [2021.1, INVALID],
      ['产值', INVALID],
      ['2021-13', INVALID],
      ['', null],
    ]));
});

describe('limits', () => {
  it('reads working days and dates', () =>
    check(readLimit, [
      ['15个工作日', { workingDays: 15, dueOn: null }],
      ['１５ 个工作日', { workingDays: 15, dueOn: null }],
      ['5工作日内', { workingDays: 5, dueOn: null }],
      ['2099-10-08', { workingDays: null, dueOn: '2099-10-08' }],
      [new DateCell(44477), { workingDays: null, dueOn: '2021-10-08' }],
      ['0个工作日', INVALID],
      ['15天', INVALID],
      ['15', INVALID],
      [15, INVALID],
      ['尽快', INVALID],
      ['', null],
    ]));
});

describe('numbers', () => {
  it('reads money in the column’s unit, or in its own', () =>
    check(
      (cell) => readQuantity(cell, 'money', 10_000),
      [
        [603.9, 6_039_000],
        ['1,234', 12_340_000],
        ['1，234', 12_340_000],
        ['1234万元', 12_340_000],
        ['１０５', 1_050_000],
        [' 82 万元', 820_000],
        ['2.5亿元', 250_000_000],
        ['500元', 500],
        ['0', 0],
        [0, 0],
        ['', null],
        ['—', null],
        ['约三百万', INVALID],
        ['1,23', INVALID],
        ['12,34,567', INVALID],
        ['300左右', INVALID],
        ['100-200', INVALID],
        ['12人', INVALID],
        [-5, INVALID],
        ['-5', INVALID],
        [Number.NaN, INVALID],
        [1e30, INVALID],
        [true, INVALID],
        [new DateCell(3), INVALID],
      ],
    ));
  it('reads electricity and days', () => {
    check(
      (cell) => readQuantity(cell, 'energy'),
      [
        [108.5, 108.5],
        ['1,087,023', 1_087_023],
        ['12万千瓦时', 120_000],
      ],
    );
    check((cell) => readQuantity(cell, 'days'), [['28天', 28]]);
  });
  it('counts people whole', () =>
    check(readCount, [
      [158, 158],
      ['1,580人', 1580],
      ['０', 0],
      ['12.5', INVALID],
      [-1, INVALID],
      ['若干', INVALID],
      [null, null],
    ]));
});

describe('contacts', () => {
  it('drops blanks, dashes and +86, and takes only whole numbers', () =>
    check(readPhone, [
      ['199 0001 0001', '19900010001'],
      ['+86 199-0001-0001', '19900010001'],
      ['＋８６１９９０００１０００１', '19900010001'],
      [19900010001, '19900010001'],
      ['0915-3212345', '09153212345'],
      ['0915—3212345', '09153212345'],
      ['029-81234567', '02981234567'],
      ['0915-32', INVALID],
      ['3212345', INVALID],
      ['29900010001', INVALID],
      ['199000100012', INVALID],
      ['19900010001/0915-3212345', INVALID],
      ['', null],
    ]));
  it('takes no address that could carry a header', () =>
    check(readEmail, [
      ['u0001@ankang.example', 'u0001@ankang.example'],
      ['a b@x.example', 'ab@x.example'],
      ['a@x', INVALID],
      ['a@x.example,b@x.example', INVALID],
      ['<a@x.example>', INVALID],
      [null, null],
    ]));
});

describe('words', () => {
  it('knows the types of distress', () =>
    check(words.readDistressType, [
      ['停 产', 'stalled'],
      ['全面停产', 'stalled'],
      ['停产企业', 'stalled'],
      ['半停产 ', 'semi_stalled'],
      ['减产企业', 'reduced_output'],
      ['减　产', 'reduced_output'],
      ['正常', INVALID],
      ['', null],
    ]));
  it('knows categories, causes and ratings', () => {
    check(words.readCategory, [
      ['用能', 'energy'],
      ['资源', 'resources'],
      ['环境', 'environment'],
      ['技术', 'technology'],
      ['账款拖欠', 'arrears'],
      ['用工', 'labour'],
      ['土地', 'land'],
      ['土地类', 'land'],
      ['市场订单', 'market'],
      ['资金', 'funds'],
      ['资金问题', 'funds'],
      ['物流', 'logistics'],
      ['审批', 'permits'],
      ['手续', 'permits'],
      ['证照', 'permits'],
      ['其他', 'other'],
      ['玄学', INVALID],
      [null, null],
    ]);
    check(words.readCause, [
      ['政府', 'government'],
      ['政府原因', 'government'],
      ['市场原因', 'market'],
      ['企业', 'enterprise'],
      ['天气', INVALID],
    ]);
    check(words.readRating, [
      ['非常满意', 'very_satisfied'],
      ['满意', 'satisfied'],
      ['基本满意', 'fairly_satisfied'],
      ['较满意', 'fairly_satisfied'],
      ['比较满意', 'fairly_satisfied'],
      ['不满意', 'dissatisfied'],
      ['很不满意', 'very_dissatisfied'],
      ['非常不满意', 'very_dissatisfied'],
      ['还行', INVALID],
    ]);
  });
  it('knows flags, sizes, levels', () => {
    check(words.readFlag, [
      ['是', true],
      ['否', false],
      [true, true],
      ['√', true],
      ['', null],
      ['大概', INVALID],
    ]);
    check(words.readClosedFlag, [
      ['是', true],
      ['已销号', true],
      ['否', false],
      ['办理中', false],
      ['?', INVALID],
    ]);
    check(words.readSizeClass, [
      ['大', 'large'],
      ['中型', 'medium'],
      ['小型企业', 'small'],
      ['微', 'micro'],
      ['巨', INVALID],
    ]);
    check(words.readLevel, [
      ['市级', 'city'],
      ['县级', 'county'],
      ['县（区）级', 'county'],
      ['镇办级', 'town'],
      ['省级', INVALID],
    ]);
  });
  it('tells the duty from the post', () => {
    const duties = {
      局长: 'head',
      主任: 'head',
      联络员: 'liaison',
      科长: 'handler',
      干部: 'handler',
      副局长: 'handler',
      市级领导: 'leader',
      副市长: 'leader',
      '': 'handler',
    };
    for (const [post, duty] of Object.entries(duties))
      expect([post, words.dutyOf(post)]).toEqual([post, duty]);
  });
});
