import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COLUMNS as CIRCULAR_COLUMNS, figureText } from '../../src/statistics/circular/figure-names.js';
import { columnsFor } from '../../src/statistics/export/columns.js';
import type { WeeklyColumns } from '../../src/statistics/table/columns.js';
import type { WeeklyRow } from '../../src/statistics/table/weekly-table.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { eventCount, ledgerTo, NOTHING_NEW, takeIn } from '../support/ledger-trip.js';
import { EVERY_SHEET_AS_CSV, OfficeWorld, OPENED_AS_CSV, WEEK } from '../support/office.js';

const LANGUAGES = ['zh-CN', 'en'] as const;
const CITY = { 'zh-CN': '全市', en: /city/i };
const CUTS = [
  ['case', 'reportingUnit'],
  ['case', 'leadDepartment'],
  ['problem', 'reportingUnit'],
  ['problem', 'leadDepartment'],
] as const;
/** What the shipped template shows of a row, in its order. */
const IN_CIRCULAR = CIRCULAR_COLUMNS.filter(
  (column) =>
    !/^(recovered|solved|explained|unstated|longest.*|mean.*|.*InTimeRate|sentBack|extended|sat.*|rankChange|netResolved|cumulativeClosures)$/.test(
      column,
    ),
);

let world: OfficeWorld;
const tables: WeeklyAnswer[] = [];

beforeAll(async () => {
  world = await OfficeWorld.open();
  for (const [subject, by] of CUTS)
    tables.push(
      (await world.client.get<WeeklyAnswer>(`/statistics/weekly/${WEEK}?subject=${subject}&by=${by}`)).body,
    );
});
afterAll(() => world.close());

const query = (format: string, table: WeeklyAnswer | undefined, lang: string): string =>
  `format=${format}&lang=${lang}&asOf=${table?.asOf}&subject=${table?.subject}&by=${table?.by}`;

/** Lines of a CSV as LibreOffice writes it. */
const linesOf = (csv: string): string[][] =>
  csv
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((field) => field[1] ?? field[2] ?? ''),
    );

/** A figure as LibreOffice writes a cell of it; what is no figure is `null`. */
function figureOf(cell: string): number | null {
  const [, number, percent] = /^(-?[\d.]+)(%?)$/.exec(cell.trim()) ?? [];
  if (number === undefined) return null;
  return percent === '%' ? Math.round(Number(number) * 100) / 10_000 : Number(number);
}

describe.each(LANGUAGES)('in %s', (lang) => {
  it('the workbook shows every figure of every table, and no formula that fails', async () => {
    const file = await world.exported(query('xlsx', tables[0], lang), `weekly.${lang}.xlsx`);
    const sheets = world.textsOf(file, EVERY_SHEET_AS_CSV);
    for (const sheet of sheets) expect(sheet).not.toMatch(/#(REF|NAME|VALUE|DIV|N\/A|NUM)|Err:\d|###/);
    for (const { subject, rows, total } of tables) {
      const figures = columnsFor(subject).map(({ column }) => column);
      const expected = [...rows, total].map((row: WeeklyColumns | WeeklyRow) =>
        figures.map((column) => row[column] ?? null),
      );
      const found = sheets.map((sheet) =>
        linesOf(sheet).map((line) => line.slice(1, figures.length + 1).map(figureOf)),
      );
      const has = (lines: unknown[][], row: unknown[]): boolean =>
        lines.some((line) => String(line) === String(row));
      const holding = found.find((lines) => expected.every((row) => has(lines, row)));
      expect(holding ?? found).toEqual(expect.arrayContaining(expected));
    }
  });

  it('the CSV shows what the API answers', async () => {
    for (const table of tables) {
      const name = `weekly-${table.subject}-${table.by}.${lang}.csv`;
      const file = await world.exported(query('csv', table, lang), name);
      const [csv = ''] = world.textsOf(file, EVERY_SHEET_AS_CSV, OPENED_AS_CSV);
      const lines = linesOf(csv).filter((line) => line.length > 2);
      const figures = columnsFor(table.subject).map(({ column }) => column);
      const rows = [...table.rows, { ...table.total, key: 'total' }];
      expect(lines.slice(1).map((line) => [line[0], ...line.slice(2)])).toEqual(
        rows.map((row) => [row.key, ...figures.map((column) => String(row[column] ?? '—'))]),
      );
    }
  });

  it('the circular shows every figure of its tables, and prints', async () => {
    const file = await world.exported(query('docx', tables[0], lang), `circular.${lang}.docx`);
    const [text = ''] = world.textsOf(file, 'txt:Text (encoded):UTF8');
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    expect(
      lines.some((line) => (typeof CITY[lang] === 'string' ? line === CITY[lang] : CITY[lang].test(line))),
    ).toBe(true);
    const cells = `\n${lines.join('\n')}\n`;
    for (const { rows, total } of tables)
      for (const row of [...rows, total]) {
        const figures = IN_CIRCULAR.map((column) => figureText(column, row[column]));
        expect(cells).toContain(`\n${figures.join('\n')}\n`);
      }
    expect(text).not.toMatch(/[{}]/);
    const [pdf = ''] = world.textsOf(file, 'pdf');
    expect(pdf.startsWith('%PDF-')).toBe(true);
  });
});

it('the ledger, opened and saved as people do and taken in again, changes nothing', async () => {
  const { product } = world;
  const file = world.scratch('ledger.xlsx');
  const { rows } = await ledgerTo(file, product);
  const [saved = ''] = world.converted(file, 'xlsx:Calc MS Excel 2007 XML').values();
  const before = await eventCount(product);
  const report = await takeIn(product, saved, 'reject_all');
  for (const [sheet, count] of Object.entries(rows).filter(([name]) => name in report))
    expect([sheet, report[sheet]]).toEqual([
      sheet,
      expect.objectContaining({ ...NOTHING_NEW, unchanged: count }),
    ]);
  expect(Object.keys(report)).toHaveLength(4);
  expect(await eventCount(product)).toBe(before);
});
