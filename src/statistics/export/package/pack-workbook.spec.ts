import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { type Entry, fromBufferPromise } from 'yauzl';
import { overdueBatches, weeklyReport, workbookBytes } from '../../../../test/factories/weekly-report.js';
import { office } from '../../../../test/factories/weekly-story.js';
import { MOST_LIST_ROWS, weeklyWorkbook } from '../weekly-workbook.js';
import { Words } from '../words.js';

/** The parts of a package, and what the container says of them. */
async function unpacked(bytes: Buffer): Promise<Map<string, { entry: Entry; xml: string }>> {
  const parts = new Map<string, { entry: Entry; xml: string }>();
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry())
    parts.set(entry.fileName, { entry, xml: await text(await zip.openReadStreamPromise(entry)) });
  return parts;
}

const sheetNames = (parts: Map<string, { xml: string }>): string[] =>
  [...(parts.get('xl/workbook.xml')?.xml ?? '').matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(
    ([, name = '']) => name,
  );

describe('the package', () => {
  it('is the same bytes again, its parts dated by the day up to which it is known', async () => {
    const bytes = await workbookBytes(weeklyReport());
    expect((await workbookBytes(weeklyReport())).equals(bytes)).toBe(true);
    const parts = await unpacked(bytes);
    const dates = new Set(
      [...parts.values()].map(({ entry }) => `${entry.lastModFileDate} ${entry.lastModFileTime}`),
    );
    const [day, noon] = [((2021 - 1980) << 9) | (11 << 5) | 8, 12 << 11];
    expect([...dates]).toEqual([`${day} ${noon}`]);
    expect(parts.get('docProps/core.xml')?.xml).toContain('>2021-11-08T01:00:00Z<');
    expect([...parts.keys()][0]).toBe('[Content_Types].xml');
  });

  it('has charts that point at the figures of the tables and say what stands there', async () => {
    const report = weeklyReport();
    const bytes = await workbookBytes(report);
    const parts = await unpacked(bytes);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
    const charts = [...parts].filter(([name]) => name.startsWith('xl/charts/')).map(([, { xml }]) => xml);
    expect(charts).toHaveLength(4);
    const shown = charts.map((xml) =>
      [
        ...xml.matchAll(
          /<c:f>'([^']+)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)<\/c:f>(.*?)<\/c:(?:str|num)Cache>/g,
        ),
      ].map(([, sheet = '', letter = '', first, last, cache = '']) => {
        const cells: unknown[] = [];
        for (let row = Number(first); row <= Number(last); row += 1)
          cells.push(workbook.getWorksheet(sheet)?.getCell(`${letter}${row}`).value);
        const cached = [...cache.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]*)</g)].map(([, , value]) => value);
        expect(cached).toEqual(cells.filter((value) => value !== '—').map(String));
        return [sheet, workbook.getWorksheet(sheet)?.getCell(`${letter}4`).value, cells];
      }),
    );
    const units = ['表1 企业·各县区', '县（市、区）', ['汉滨区', '旬阳市']];
    const departments = ['表2 企业·牵头单位', '牵头单位', ['市工信局', '市金融办', '县区牵头']];
    expect(shown).toEqual([
      [units, ['表1 企业·各县区', '销号率', [0.3333, 0]]],
      [units, ['表1 企业·各县区', '在办', [2, 1]], ['表1 企业·各县区', '超期', [1, 0]]],
      [departments, ['表2 企业·牵头单位', '销号率', [0.25, '—', '—']]],
      [departments, ['表2 企业·牵头单位', '在办', [3, 0, 0]], ['表2 企业·牵头单位', '超期', [1, 0, 0]]],
    ]);
    const place = sheetNames(parts).indexOf('图表') + 1;
    expect(parts.get(`xl/worksheets/sheet${place}.xml`)?.xml).toContain('<drawing r:id="rId1"/></worksheet>');
    for (const part of parts.keys())
      if (/^xl\/(charts|drawings)\/[^/]+\.xml$/.test(part))
        expect(parts.get('[Content_Types].xml')?.xml).toContain(`PartName="/${part}"`);
  });

  it('has no chart of a table without rows', async () => {
    const empty = weeklyReport()
      .tables.slice(0, 1)
      .map((table) => ({ ...table, rows: [] }));
    const parts = await unpacked(await workbookBytes(weeklyReport({ tables: empty })));
    expect([...parts.keys()].filter((name) => /chart|drawing/.test(name))).toEqual([]);
  });
});

describe('a long list', () => {
  const words = new Words('en', office);

  it('is read no faster than it is taken', async () => {
    const seen = { batches: 0, isEnded: false };
    const target = new PassThrough();
    const report = weeklyReport({ overdue: () => overdueBatches(60_000, undefined, seen) });
    const writing = weeklyWorkbook(report, words, target);
    const reader = target[Symbol.asyncIterator]();
    let taken = 0;
    let mostAhead = 0;
    for (let chunk = await reader.next(); chunk.done !== true; chunk = await reader.next()) {
      taken += 1;
      mostAhead = Math.max(mostAhead, seen.batches - taken);
    }
    await writing;
    expect(seen.batches).toBe(60 * 2);
    expect(mostAhead).toBeLessThan(60);
  });

  it('is read no further once nobody takes it', async () => {
    const seen = { batches: 0, isEnded: false };
    const target = new PassThrough();
    const report = weeklyReport({ overdue: () => overdueBatches(1_000_000, undefined, seen) });
    const writing = weeklyWorkbook(report, words, target);
    for await (const _chunk of target) if (seen.batches > 3) break;
    await expect(writing).rejects.toThrow(/premature/i);
    expect(seen.batches).toBeLessThan(100);
    expect(seen.isEnded).toBe(true);
  });

  it('that fails in its middle fails the whole, for the reason it had', async () => {
    async function* broken(): AsyncGenerator<never[]> {
      yield await Promise.resolve([]);
      throw new Error('the database is away');
    }
    const target = new PassThrough();
    const writing = weeklyWorkbook(weeklyReport({ overdue: broken }), words, target);
    await Promise.all([
      expect(writing).rejects.toThrow('the database is away'),
      expect(buffer(target)).rejects.toThrow(),
    ]);
  });

  it('ends where a spreadsheet is no longer of use, and says so', async () => {
    const report = weeklyReport({
      tables: weeklyReport().tables.slice(0, 1),
      overdue: () => overdueBatches(MOST_LIST_ROWS + 1),
    });
    const parts = await unpacked(await workbookBytes(report, 'en'));
    const place = sheetNames(parts).indexOf('T3 Overdue cases') + 1;
    const xml = parts.get(`xl/worksheets/sheet${place}.xml`)?.xml ?? '';
    expect(xml.match(/<row /g)).toHaveLength(3 + MOST_LIST_ROWS + 1);
    expect(xml).toContain(`Only the first ${MOST_LIST_ROWS} are listed here`);
    expect(xml).toContain(`<autoFilter ref="A3:K${3 + MOST_LIST_ROWS}"/>`);
  });
});
