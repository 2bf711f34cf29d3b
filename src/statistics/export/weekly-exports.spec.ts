import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import {
  ATTRIBUTES,
  type Asked,
  office,
  reportedStory,
  Story,
  tableOf,
} from '../../../test/factories/weekly-story.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import { weeklyCsv } from './weekly-csv.js';
import { weeklyWorkbook } from './weekly-workbook.js';

const STORIES = [
  reportedStory('a').assigned('2021-10-20', { dueAt: '2021-11-03T18:00' }),
  reportedStory('b').assigned('2021-10-20').resolved('2021-11-03'),
  reportedStory('c').assigned('2021-11-02'),
  new Story('d', 'd-enterprise', 'xunyang').reported('2021-10-08').assigned('2021-10-20'),
];

const answer = (asked: Asked = {}, isProvisional = false): WeeklyAnswer => ({
  week: '2021-W44',
  subject: asked.subject ?? 'case',
  by: asked.by ?? 'reportingUnit',
  asOf: '2021-11-08T01:00:00.000Z',
  isProvisional,
  ...tableOf(STORIES, asked),
  issue: null,
});

/** A unit whose name a spreadsheet program would run. */
const MALICIOUS = {
  ...ATTRIBUTES,
  units: [
    { id: 'hanbin', code: '@1', name: '=HYPERLINK("http://example.com","x")' },
    { id: 'xunyang', code: '610981', name: '旬阳,"市"' },
  ],
};

describe('the CSV', () => {
  it('has a byte order mark, headings, a line a row and the total, ended as RFC 4180 says', () => {
    const lines = weeklyCsv(answer()).split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFF代码,名称,上周结转,本周新增,重新交办,转入,转出,本周销号,其中：恢复生产,其中：解释说明,其中：未注明,终止,在办,挂账,超期,最长超期工作日,累计交办,累计销号,销号率,按期办结率,平均办理工作日,签收及时率,退回重办,延期,满意率,得分,名次,升降',
    );
    expect(lines.slice(1)).toEqual([
      '610902,汉滨区,2,1,0,0,0,1,1,0,0,0,2,0,1,2,3,1,0.3333,0.5,10,—,0,0,—,42.62,1,—',
      '610981,旬阳市,1,0,0,0,0,0,0,0,0,0,1,0,0,0,1,0,0,—,—,—,0,0,—,0,—,—',
      'total,全市,3,1,0,0,0,1,1,0,0,0,3,0,1,2,4,1,0.25,0.5,10,—,0,0,—,41.31,—,—',
      '',
    ]);
  });

  it('has the problems’ own column', () => {
    const [headings] = weeklyCsv(answer({ subject: 'problem' })).split('\r\n');
    expect(headings).toContain('其中：已解决');
    expect(headings).not.toContain('其中：恢复生产');
  });

  it('quotes what needs it and lets no cell run as a formula', () => {
    const [, first, second] = weeklyCsv(answer({ attributes: MALICIOUS })).split('\r\n');
    expect(first).toMatch(/^610981,"旬阳,""市""",/);
    expect(second).toMatch(/^'@1,"'=HYPERLINK\(""http:\/\/example.com"",""x""\)",/);
  });
});

async function opened(tables: WeeklyAnswer[]): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  const bytes = await weeklyWorkbook(tables, office.zone);
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe('the workbook', () => {
  it('says what it is a table of, and until when it was known', async () => {
    const sheet = await opened([answer()]);
    expect(sheet.name).toBe('企业·各县区');
    expect(sheet.getCell('A1').value).toBe('停产半停产减产企业销号周报表（各县区）');
    expect(sheet.getCell('A2').value).toBe(
      '2021 年第 44 周（2021-11-01 至 2021-11-07）　数据截至 2021-11-08 09:00　单位：户',
    );
    const running = await opened([answer({ by: 'leadDepartment', subject: 'problem' }, true)]);
    expect(running.name).toBe('问题·牵头单位');
    expect(running.getCell('A2').value).toContain('（本周未结束，为暂定数）');
  });

  it('has figures as figures, in their format, and a dash for what cannot be computed', async () => {
    const sheet = await opened([answer()]);
    const row = sheet.getRow(5);
    expect([row.getCell(1).value, row.getCell(2).value]).toEqual(['汉滨区', 2]);
    const rate = row.getCell(18);
    expect([sheet.getCell(4, 18).value, rate.value, rate.numFmt]).toEqual(['销号率', 0.3333, '0.00%']);
    expect(sheet.getRow(6).getCell(19).value).toBe('—');
  });

  it('shows the total as the sum of the rows where it is one, with our figure as its result', async () => {
    const table = answer();
    const sheet = await opened([table]);
    const total = sheet.getRow(5 + table.rows.length);
    expect(total.getCell(1).value).toBe('全市');
    expect(total.getCell(2).value).toMatchObject({ formula: 'SUM(B5:B6)', result: table.total.opening });
    expect(total.getCell(18).value).toBe(table.total.closureRate);
    const rows = (column: number): number[] => [5, 6].map((row) => Number(sheet.getCell(row, column).value));
    for (let column = 2; column <= 28; column += 1) {
      const cell = total.getCell(column);
      if (cell.formula === undefined) continue;
      expect(cell.result).toBe(rows(column).reduce((sum, value) => sum + value, 0));
    }
  });

  it('stands still at its headings and prints on A4 across with them on every page', async () => {
    const sheet = await opened([answer()]);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 4 });
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:4',
    });
    expect(sheet.headerFooter.oddFooter).toContain('&P');
  });

  it('lets no name run as a formula', async () => {
    const sheet = await opened([answer({ attributes: MALICIOUS })]);
    expect(sheet.getRow(6).getCell(1).value).toBe(`'=HYPERLINK("http://example.com","x")`);
  });
});
