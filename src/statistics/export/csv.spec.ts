import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { overdueBatches, weeklyAnswer } from '../../../test/factories/closure-report.js';
import { ATTRIBUTES, office } from '../../../test/factories/weekly-story.js';
import { listCsv, weeklyCsv } from './csv.js';
import { overdueList } from './lists/overdue-list.js';
import { Words } from './words.js';

const chinese = new Words('zh-CN', office);
const english = new Words('en', office);

describe('the CSV of a table', () => {
  it('has a byte order mark, headings, a line a row and the total, ended as RFC 4180 says', () => {
    const lines = weeklyCsv(weeklyAnswer(), chinese.texts).split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFF代码,名称,上周结转,本周新增,重新交办,转入,转出,本周销号,其中：恢复生产,其中：解释说明,其中：未注明,终止,在办,挂账,超期,最长超期工作日,累计交办,累计销号,销号率,按期办结率,平均办理工作日,签收及时率,退回重办,延期,满意率,得分,名次,升降,本周净销号,累计销号次数',
    );
    expect(lines.slice(1)).toEqual([
      '610902,汉滨区,2,1,0,0,0,1,1,0,0,0,2,0,1,2,3,1,0.3333,0.5,10,—,0,0,—,42.62,1,—,1,1',
      '610981,旬阳市,1,0,0,0,0,0,0,0,0,0,1,0,0,0,1,0,0,—,—,—,0,0,—,0,—,—,0,0',
      'total,全市,3,1,0,0,0,1,1,0,0,0,3,0,1,2,4,1,0.25,0.5,10,—,0,0,—,41.31,—,—,1,1',
      '',
    ]);
  });

  it('has the problems’ own column, and headings of one line in English', () => {
    const [headings] = weeklyCsv(weeklyAnswer({ subject: 'problem' }), english.texts).split('\r\n');
    expect(headings).toContain('Code,Name,Opening,New,Reopened,Moved in,Moved out,Closed,of it solved,');
    expect(headings).not.toContain('recovered');
  });

  it('quotes what needs it and lets no cell run as a formula', () => {
    const units = [
      { id: 'hanbin', code: '@1', name: '=HYPERLINK("http://example.com","x")' },
      { id: 'xunyang', code: '610981', name: '旬阳,"市"' },
    ];
    const table = weeklyAnswer({ attributes: { ...ATTRIBUTES, units } });
    const [, first, second] = weeklyCsv(table, chinese.texts).split('\r\n');
    expect(first).toMatch(/^610981,"旬阳,""市""",/);
    expect(second).toMatch(/^'@1,"'=HYPERLINK\(""http:\/\/example.com"",""x""\)",/);
  });
});

/** As RFC 4180 says; of what follows the byte order mark. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of csv.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the CSV of a list', () => {
  it('has each line in one piece whatever the names are, and none that a program would run', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'=+-@＝－\t\r\n",; |厂🏭\u0000\u001f') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
        const list = overdueList(weeklyAnswer(), english, false);
        const batches = overdueBatches(names.length, (index) => ({ enterprise: names[index] ?? '' }));
        let csv = '';
        for await (const part of listCsv(list, batches)) csv += part;
        const [headings, ...rows] = read(csv);
        expect(headings).toHaveLength(list.columns.length);
        expect(rows.map((row) => row[2])).toEqual(
          names.map((given) => (/^[=+\-@＝＋－＠\t\r\n]/.test(given) ? `'${given}` : given)),
        );
        for (const row of rows) expect(row).toHaveLength(list.columns.length);
      }),
      { numRuns: 50 },
    );
  });
});
