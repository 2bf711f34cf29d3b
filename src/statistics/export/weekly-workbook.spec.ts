import { beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import {
  overdueBatches,
  weeklyAnswer,
  closureReport,
  workbookBytes,
} from '../../../test/factories/closure-report.js';
import { ATTRIBUTES } from '../../../test/factories/weekly-story.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { columnsFor } from './columns.js';
import type { ClosureReport } from './closure-report.js';

async function opened(given: Partial<ClosureReport> = {}, locale?: Locale): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const bytes = await workbookBytes(closureReport(given), locale);
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** What a person sees in the cells of a row: of a formula its result. */
const shown = (row: ExcelJS.Row): unknown[] => {
  const values: unknown[] = [];
  row.eachCell({ includeEmpty: true }, (cell) => values.push(cell.result ?? cell.value));
  return values;
};

let chinese: ExcelJS.Workbook;
let english: ExcelJS.Workbook;
beforeAll(async () => {
  chinese = await opened();
  english = await opened({ isInSight: true, campaigns: [] }, 'en');
});

const names = (workbook: ExcelJS.Workbook): string[] => workbook.worksheets.map(({ name }) => name);

describe('the workbook', () => {
  it('has tables 1 to 5, what they mean, charts, and corrections where there are some', async () => {
    const usual = [
      '说明',
      '表1 企业·各县区',
      '表1 问题·各县区',
      '表2 企业·牵头单位',
      '表2 问题·牵头单位',
      '表3 超期企业',
      '表3 超期问题',
      '表4 困难企业分布',
      '表5 目标进度',
      '图表',
    ];
    expect(names(chinese)).toEqual(usual);
    expect(names(await opened({ corrections: [] }))).toEqual([...usual, '更正']);
    expect(names(await opened({ corrections: [], overdue: null }, 'en'))).toEqual([
      'About',
      'T1 Cases by unit',
      'T1 Problems by unit',
      'T2 Cases by department',
      'T2 Problems by department',
      'T4 Distressed by state',
      'T5 Targets',
      'Charts',
      'Corrections',
    ]);
  });

  it('says what it tells of, as of when, by which calendar, and in which issue', async () => {
    const about = (workbook: ExcelJS.Workbook): unknown[][] => {
      const sheet = workbook.worksheets[0];
      return (sheet?.getRows(3, 8) ?? []).map((row) => shown(row)).filter(([name]) => name !== null);
    };
    expect(about(chinese).slice(0, 6)).toEqual([
      ['统计期', '2021 年第 44 周（2021-11-01 至 2021-11-07）'],
      ['数据截至', '2021-11-08T01:00:00.000Z'],
      ['是否暂定数', '否'],
      ['时区', 'Asia/Shanghai'],
      ['工作日历', '国务院办公厅节假日安排，已确认至 2026-12-31'],
      ['期号', '尚未发布'],
    ]);
    const issue = { number: 12, hash: 'ab'.repeat(32), publishedAt: '2021-11-08T02:00:00Z' };
    expect(about(await opened({ issue }, 'en')).slice(5)).toEqual([
      ['Issue', 'published as No. 12; this file was exported anew, what was published prevails'],
      ['Published', '2021-11-08 10:00'],
      ['Hash', issue.hash],
    ]);
    expect(about(await opened({ issue: { number: 12 } }, 'en')).slice(5, 6)).toEqual([['Issue', 'No. 12']]);
  });

  it.each(['case', 'problem'] as const)('has each figure of each table of a %s', (subject) => {
    const report = closureReport();
    const columns = columnsFor(subject).map(({ column }) => column);
    for (const table of report.tables.filter((one) => one.subject === subject)) {
      const name = `${table.by === 'reportingUnit' ? '表1' : '表2'} ${subject === 'case' ? '企业' : '问题'}`;
      const sheet = chinese.worksheets.find((one) => one.name.startsWith(name));
      const rows = sheet?.getRows(5, table.rows.length + 1)?.map((row) => shown(row).slice(1));
      const figures = [...table.rows, table.total].map((row) => columns.map((column) => row[column] ?? '—'));
      expect(rows).toEqual(figures);
    }
  });

  it('shows the total as the sum of the rows where it is one, with our figure as its result', () => {
    let formulas = 0;
    for (const name of ['表1 企业·各县区', '表2 问题·牵头单位', '表4 困难企业分布']) {
      const sheet = sheetOf(chinese, name);
      sheet.eachRow((row, number) =>
        row.eachCell((cell, column) => {
          if (cell.formula === undefined) return;
          formulas += 1;
          const [, first, last] = /^SUM\([A-Z]+(\d+):[A-Z]+(\d+)\)$/.exec(cell.formula) ?? [];
          expect(Number(last)).toBe(number - 1);
          let sum = 0;
          for (let above = Number(first); above < number; above += 1)
            sum += Number(sheet.getCell(above, column).value);
          expect([name, column, cell.result]).toEqual([name, column, sum]);
        }),
      );
    }
    expect(formulas).toBe(19 + 19 + 12);
  });

  it('has figures in their format, and a dash for what cannot be computed', async () => {
    const sheet = sheetOf(chinese, '表1 企业·各县区');
    expect(sheet.getCell('A1').value).toBe('表1　停产半停产减产企业销号周报表（各县区）');
    expect(sheet.getCell('A2').value).toBe(
      '2021 年第 44 周（2021-11-01 至 2021-11-07）　数据截至 2021-11-08 09:00　单位：户',
    );
    const rate = sheet.getCell(5, 18);
    expect([sheet.getCell(4, 18).value, rate.value, rate.numFmt]).toEqual(['销号率', 0.3333, '0.00%']);
    expect(sheet.getCell(6, 19).value).toBe('—');
    const running = await opened({ tables: [weeklyAnswer({}, true)] });
    expect(sheetOf(running, '表1 企业·各县区').getCell('A2').value).toContain('（本周未结束，为暂定数）');
  });

  it('stands still at its headings and prints on A4 across with them on every page', () => {
    for (const sheet of chinese.worksheets) {
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 9,
        orientation: 'landscape',
        fitToWidth: 1,
        fitToHeight: sheet.name === '图表' ? 1 : 0,
      });
      expect(sheet.headerFooter.oddFooter).toContain('&P');
      if (!sheet.name.startsWith('表')) continue;
      const isWeekly = /^表[12]/.test(sheet.name);
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: isWeekly ? 4 : 3 });
      expect(sheet.pageSetup.printTitlesRow).toBe(isWeekly ? '1:4' : '1:3');
      expect(sheet.getCell('A3').font.name).toBe('黑体');
    }
  });

  it('speaks English where that is asked for, and leaves names as they are', () => {
    const sheet = sheetOf(english, 'T2 Cases by department');
    expect(sheet.getCell('A1').value).toBe(
      'Table 2: Halted and reduced enterprises, weekly closure (by department)',
    );
    expect([5, 6, 7, 8].map((row) => sheet.getCell(row, 1).value)).toEqual([
      '市工信局',
      '市金融办',
      'Led by counties',
      'City',
    ]);
    const text: string[] = [];
    english.eachSheet((one) =>
      one.eachRow((row) =>
        row.eachCell((cell) => text.push(typeof cell.value === 'string' ? cell.value : '')),
      ),
    );
    const ours = text.filter((words) => /\p{Script=Han}/u.test(words));
    const given = ['汉滨区', '旬阳市', '市工信局', '市金融办', '王科长', '水泥', '245 户'];
    expect(ours.filter((words) => !given.some((name) => words.includes(name)))).toEqual([]);
  });
});

describe('the lists', () => {
  it('name what is overdue, most of it first, under a filter', async () => {
    const overdue = () =>
      overdueBatches(3, (index) => (index === 1 ? { isOnHold: true, creditCode: null } : {}));
    const sheet = sheetOf(await opened({ overdue }), '表3 超期企业');
    expect(sheet.getCell('A1').value).toBe('表3　超期未销号停产半停产减产企业清单');
    expect(sheet.getCell('A2').value).toContain('按超期工作日由多到少排列');
    expect(shown(sheet.getRow(4))).toEqual([
      1,
      'AK-2021-000001',
      '安康市第1水泥有限公司',
      '91610900MA70ABCD0X',
      '汉滨区',
      '市工信局',
      '王科长',
      '办理中',
      '2021-11-03 18:00',
      2,
      '否',
    ]);
    expect(shown(sheet.getRow(5)).slice(0, 4)).toEqual([2, 'AK-2021-000002', '安康市第2水泥有限公司', null]);
    expect(sheet.getCell('K5').value).toBe('是');
    expect(sheet.getCell('C5').font).toMatchObject({ name: '宋体', size: 11 });
    expect(sheet.rowCount).toBe(6);
    expect(sheet.autoFilter).toBe('A3:K6');
  });

  it('say in a line that nothing is overdue, that they are cut, and that they are not all', async () => {
    const none = sheetOf(await opened({ overdue: () => overdueBatches(0) }), '表3 超期问题');
    expect([none.rowCount, none.getCell('A4').value]).toEqual([4, '没有超期的。']);
    expect(sheetOf(english, 'T3 Overdue cases').getCell('A2').value).toContain(
      'only what this account may see',
    );
  });

  it('count the distressed by unit, kind of distress and state', async () => {
    const sheet = sheetOf(chinese, '表4 困难企业分布');
    expect([3, 4, 5, 6, 7].map((row) => shown(sheet.getRow(row)))).toEqual([
      [
        '代码',
        '县（市、区）',
        '生产状态',
        '已交办',
        '办理中',
        '核查中',
        '挂账',
        '退回待重新交办',
        '合计',
        '数据：正常',
        '数据：减产',
        '数据：半停产',
        '数据：停产',
        '数据：疑似停产',
        '数据：未知',
      ],
      ['610902', '汉滨区', '停产', 0, 2, 0, 0, 3, 5, 3, 0, 0, 2, 0, 0],
      ['610902', '汉滨区', '减产', 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1],
      ['610981', '旬阳市', '停产', 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0],
      ['全市', null, null, 1, 2, 0, 1, 3, 7, 3, 0, 0, 3, 0, 1],
    ]);
    const none = sheetOf(await opened({ standing: [] }), '表4 困难企业分布');
    expect(none.getCell('A4').value).toBe('没有在办的困难企业。');
  });

  it('hold campaigns against their pace, or say that there is none', () => {
    const sheet = sheetOf(chinese, '表5 目标进度');
    expect(shown(sheet.getRow(4))).toEqual([
      '245 户停产半停产减产企业恢复达效',
      '恢复生产',
      245,
      245,
      100,
      120.9,
      '滞后',
      '38 / 77',
      '2021-09-13',
      '2021-12-31',
    ]);
    const none = sheetOf(english, 'T5 Targets');
    expect(none.getCell('A4').value).toBe('No campaign has been set up.');
  });

  it('tell what earlier issues said, and what is known now', async () => {
    const about = { week: '2021-W43', issueNumber: 11, subject: 'case', by: 'leadDepartment' } as const;
    const corrections = [
      { ...about, key: 'county_led', name: '县区牵头', column: 'resolved', was: 3, now: 4 } as const,
      { ...about, key: 'total', name: 'total', column: 'closureRate', was: null, now: 0.5 } as const,
    ];
    const sheet = sheetOf(await opened({ corrections }, 'en'), 'Corrections');
    expect([4, 5].map((row) => shown(sheet.getRow(row)))).toEqual([
      ['2021-W43', 11, 'Cases·by department', 'Led by counties', 'Closed', 3, 4],
      ['2021-W43', 11, 'Cases·by department', 'City', 'Closure rate', '—', 0.5],
    ]);
  });
});

describe('names', () => {
  const NAMES: ReadonlyArray<readonly [given: string, shown: string]> = [
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['+86 139', "'+86 139"],
    ['-2', "'-2"],
    ['\tx', "'\tx"],
    ['\rx', "'\nx"],
    ['=HYPERLINK("http://example.com","x")', `'=HYPERLINK("http://example.com","x")`],
    ['安康,"水泥"\n有限公司', '安康,"水泥"\n有限公司'],
    ['a<b>&c;&amp;', 'a<b>&c;&amp;'],
    [' 🏭  厂 ', ' 🏭  厂 '],
    ['a\u0000b\u000bc\u001f\u007f\uffff', 'a\ufffdb\ufffdc\ufffd\ufffd\ufffd'],
    ['半个\ud83c对', '半个\ufffd对'],
    ['_x0041_ 厂', '_x0041_ 厂'],
    ['x'.repeat(40_000), 'x'.repeat(16_000)],
  ];
  // What exceljs reads of a cell that holds its text itself keeps the escape of an escape.
  const read = (value: unknown): unknown => String(value).replaceAll('_x005F_', '_');

  it('stand as text that nothing runs, in tables and lists', async () => {
    const units = NAMES.map(([name], index) => ({ id: `unit-${index}`, code: String(100 + index), name }));
    const standing = units.map(
      ({ code, name }) =>
        ({
          unitCode: code,
          unitName: name,
          distressType: 'stalled',
          state: 'assigned',
          production: 'unknown',
          count: 1,
        }) as const,
    );
    const attributes = { ...ATTRIBUTES, units: [...ATTRIBUTES.units, ...units] };
    const workbook = await opened({
      tables: [weeklyAnswer({ attributes })],
      overdue: () => overdueBatches(NAMES.length, (index) => ({ enterprise: NAMES[index]?.[0] ?? '' })),
      standing,
      corrections: [],
    });
    const inColumn = (sheet: string, column: number, from: number): unknown[] =>
      NAMES.map((_, index) => read(sheetOf(workbook, sheet).getCell(from + index, column).value));
    const expected = NAMES.map(([, shownAs]) => shownAs);
    expect(inColumn('表1 企业·各县区', 1, 5)).toEqual(expected);
    expect(inColumn('表3 超期企业', 3, 4)).toEqual(expected);
    expect(inColumn('表4 困难企业分布', 2, 4)).toEqual(expected);
    const formulas: string[] = [];
    workbook.eachSheet((sheet) =>
      sheet.eachRow((row) => row.eachCell(({ formula }) => formula && formulas.push(formula))),
    );
    expect(formulas.filter((formula) => !/^SUM\([A-Z]+\d+:[A-Z]+\d+\)$/.test(formula))).toEqual([]);
  });
});
