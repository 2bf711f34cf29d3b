import * as fc from 'fast-check';
import { plusDays } from '../../src/calendar/calendar-date.js';
import { nameKey } from '../../src/intake/ledger/cells/text.js';
import { CalendarCell, type Cell } from '../../src/platform/spreadsheet/cell.js';
import type { ExportSheet } from '../../src/platform/spreadsheet/xlsx-workbook.js';
import { creditCodeOf } from '../factories/credit-code.js';

const ON = '2021-11-29';
const UNITS = ['汉滨区', '汉阴县', '旬阳市', '高新区'];
const DEPARTMENTS = ['市工信局', '市发改委', '汉滨区工信局', '甲=乙局'];
const PEOPLE = ['王伟', '李娜', '张建国'];
const REMARKS = ['=1+1', '-限电', "'=x", '@甲', '_x0041_', 'ＡＢ１２（甲）', '二 厂', 'a\nb', '<&">', '0915'];
const CATEGORIES = ['土地', '融资', '用能', '市场订单', '其他'];
const RATINGS = ['非常满意', '满意', '基本满意', '不满意', null];

const text = fc
  .array(fc.oneof(fc.constantFrom(...REMARKS), fc.constantFrom('厂', '缺', '电', '路', '甲', '乙')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => `甲${parts.join('')}`);
const remark = fc.tuple(fc.constantFrom('', ...REMARKS), text).map(([start, rest]) => start + rest);

/** Days before today: assigned, and after so many days signed for and closed. */
const times = fc
  .record({
    ago: fc.integer({ min: 0, max: 90 }),
    signed: fc.option(fc.integer({ min: 0, max: 20 })),
    closed: fc.option(fc.integer({ min: 0, max: 40 })),
    limit: fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((days) => ({ days, isDate: false })),
      fc.integer({ min: 0, max: 60 }).map((days) => ({ days, isDate: true })),
    ),
  })
  .map(({ ago, signed, closed, limit }) => {
    const assignedOn = plusDays(ON, -ago);
    const later = (days: number | null): string | null =>
      days === null || days > ago ? null : plusDays(assignedOn, days);
    const acknowledgedOn = later(signed);
    const resolvedOn = later(closed);
    return {
      assignedOn,
      acknowledgedOn: resolvedOn !== null && (acknowledgedOn ?? '') > resolvedOn ? null : acknowledgedOn,
      resolvedOn,
      limit: limit.isDate ? new CalendarCell(plusDays(assignedOn, limit.days)) : `${limit.days}个工作日`,
    };
  });

const who = fc.record({ lead: fc.constantFrom(...DEPARTMENTS), official: fc.constantFrom(...PEOPLE) });

const aCase = fc.record({
  name: text,
  unit: fc.constantFrom(...UNITS),
  distress: fc.constantFrom('停产', '半停产', '减产'),
  size: fc.constantFrom('大', '中型', null),
  isKey: fc.boolean(),
  employees: fc.option(fc.integer({ min: 0, max: 9_999 })),
  baseline: fc.option(fc.integer({ min: 0, max: 2_000_000_000 }).map((fen) => fen / 1_000_000)),
  note: fc.option(remark),
  who,
  times,
  output: fc.array(fc.option(fc.integer({ min: 0, max: 900_000_000 }).map((fen) => fen / 10_000)), {
    minLength: 3,
    maxLength: 3,
  }),
});

const aProblem = fc.record({
  of: fc.nat(),
  text: remark,
  category: fc.constantFrom(...CATEGORIES),
  cause: fc.constantFrom('政府', '市场原因', '企业自身', null),
  rating: fc.constantFrom(...RATINGS),
  co: fc.uniqueArray(fc.constantFrom(...DEPARTMENTS), { maxLength: 2 }),
  who,
  times,
});

/** What a county could have typed: all of it can be taken. Equal problems and names of every kind are among it. */
export const anyLedger = fc
  .record({
    cases: fc.uniqueArray(aCase, { minLength: 2, maxLength: 6, selector: ({ name }) => nameKey(name) }),
    problems: fc.array(fc.tuple(aProblem, fc.integer({ min: 1, max: 2 })), { maxLength: 6 }),
  })
  .map(({ cases, problems }) => ({
    cases,
    problems: problems.flatMap(([problem, times]) => Array.from({ length: times }, () => problem)),
  }));
type AnyLedger = typeof anyLedger extends fc.Arbitrary<infer Ledger> ? Ledger : never;

const day = (on: string | null): Cell => (on === null ? null : new CalendarCell(on));

const sheet = (name: string, headings: string[], rows: Cell[][]): ExportSheet => ({
  name,
  title: name,
  note: '',
  columns: headings.map((heading) => ({ heading, width: 12 })),
  rows: (async function* () {
    yield await Promise.resolve(rows);
  })(),
});

export function sheetsFor({ cases, problems }: AnyLedger): ExportSheet[] {
  const directory = DEPARTMENTS.flatMap((department) =>
    PEOPLE.map((name, index): Cell[] => [
      department,
      department.startsWith('汉滨') ? '县级' : '市级',
      department.startsWith('汉滨') ? '汉滨区' : null,
      name,
      ['局长', '联络员', '科长（主持 工作）'][index] ?? '',
      `1990000000${index}`,
      `p${index}@x.example`,
    ]),
  );
  return [
    sheet('通讯录', ['单位', '层级', '所属县区', '姓名', '职务', '手机', '邮箱'], directory),
    sheet(
      '停产半停产减产企业清单',
      // oxlint-disable-next-line max-len
      [
        '企业名称',
        '统一社会信用代码',
        '所属县区',
        '生产状态',
        '规模',
        '是否重点骨干',
        '从业人员',
        '正常月产值(万元)',
        '牵头单位',
        '责任人',
        '联系电话',
        '交办日期',
        '签收日期',
        '办理时限',
        '销号日期',
        '备注',
      ],
      cases.map(({ name, unit, distress, size, isKey, employees, baseline, note, ...row }, index) => [
        name,
        creditCodeOf(index + 1),
        unit,
        distress,
        size,
        isKey ? '是' : null,
        employees,
        baseline,
        row.who.lead,
        row.who.official,
        `0915321000${index}`,
        day(row.times.assignedOn),
        day(row.times.acknowledgedOn),
        row.times.limit,
        day(row.times.resolvedOn),
        note,
      ]),
    ),
    sheet(
      '问题诉求责任清单',
      // oxlint-disable-next-line max-len
      [
        '企业名称',
        '问题描述',
        '问题类别',
        '成因',
        '牵头单位',
        '配合单位',
        '责任人',
        '交办日期',
        '办结时限',
        '销号日期',
        '企业评价',
      ],
      problems.map(({ of, text: said, category, cause, rating, co, ...row }) => [
        cases[of % cases.length]?.name ?? '',
        said,
        category,
        cause,
        row.who.lead,
        co.join('、'),
        row.who.official,
        day(row.times.assignedOn),
        row.times.limit,
        day(row.times.resolvedOn),
        row.times.resolvedOn === null ? null : rating,
      ]),
    ),
    sheet(
      '生产月报',
      ['统一社会信用代码', '企业名称', '指标', '数据来源', '2021年1-2月', '2021-08', '2021-09', '2021-10'],
      cases.flatMap(({ name, output, employees }, index): Cell[][] => {
        const of = [creditCodeOf(index + 1), name];
        return [
          [...of, '产值', null, output[0] ?? null, ...output],
          [...of, '产值', '税务', null, ...output],
          [...of, '从业人数', null, null, employees, employees, null],
        ];
      }),
    ),
  ];
}
