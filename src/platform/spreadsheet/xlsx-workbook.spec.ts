import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { CalendarCell, type Cell } from './cell.js';
import { csvRow } from './csv.js';
import { spreadsheetText, typedText } from './spreadsheet-text.js';
import { cellText, type ExportSheet, xlsxWorkbook } from './xlsx-workbook.js';

async function* batches(...rows: Array<ReadonlyArray<readonly Cell[]>>) {
  for (const batch of rows) yield await Promise.resolve(batch);
}

const sheet = (name: string, ...rows: Array<ReadonlyArray<readonly Cell[]>>): ExportSheet => ({
  name,
  title: '标题 <&>',
  note: '说明',
  columns: [
    { heading: '甲', width: 10 },
    { heading: '乙', width: 12 },
    { heading: '丙', width: 12 },
  ],
  rows: batches(...rows),
});

async function bytesOf(...sheets: ExportSheet[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of xlsxWorkbook(sheets, sheets.map(({ name }) => name).toReversed()))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shukun-xlsx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function opened(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const file = path.join(folder, 'export.xlsx');
  await writeFile(file, bytes);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return workbook;
}

describe('a workbook that is written front to back', () => {
  it('opens with its sheets in their order and each cell as what it is', async () => {
    const day = new CalendarCell('2021-10-26');
    const minute = new CalendarCell('2021-10-26 09:30');
    const workbook = await opened(
      await bytesOf(
        sheet('后', [['一 & <二>', 1.5, day]], [], [[null, '=1+1', minute]]),
        sheet('前', [['0915\u0001', -3, null]]),
      ),
    );
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['前', '后']);
    const [first, second] = workbook.worksheets;
    expect(second?.getCell('A1').value).toBe('标题 <&>');
    expect(second?.getRow(3).values).toEqual([undefined, '甲', '乙', '丙']);
    expect(second?.getRow(4).values).toEqual([undefined, '一 & <二>', 1.5, new Date('2021-10-26')]);
    expect(second?.getCell('B5').value).toBe("'=1+1");
    expect(second?.getCell('C5').value).toEqual(new Date('2021-10-26T09:30:00Z'));
    expect(second?.getCell('C5').numFmt).toContain('hh:mm');
    expect(first?.getCell('A4').numFmt).toBe('@');
    expect(first?.getRow(4).values).toEqual([undefined, '0915', -3]);
  });

  it('escapes what would be read back as an escape', () => {
    expect(cellText('_x0041_ _x41_')).toBe('_x005F_x0041_ _x41_');
  });

  it('gives the same bytes for the same rows', async () => {
    const one = await bytesOf(sheet('表', [['甲', 1, null]]));
    expect(one.equals(await bytesOf(sheet('表', [['甲', 1, null]])))).toBe(true);
  });

  it('fails as a whole where its rows fail', async () => {
    async function* broken() {
      yield await Promise.resolve([['甲']]);
      throw new Error('the rows ended early');
    }
    await expect(bytesOf({ ...sheet('表'), rows: broken() })).rejects.toThrow('the rows ended early');
  });
});

describe('text from people in a cell', () => {
  it.each([
    '=1+1',
    '+86',
    '-停产',
    '@SUM',
    "'=1+1",
    "''-1",
    '\t=1',
    '\n=1',
    '＝1+1',
    '＋1',
    '－停产',
    '＠SUM',
    "'＝",
    "'安全",
    '甲=乙',
    "'",
  ])('%j is never run, and is found again', (text) => {
    expect(spreadsheetText(text)).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
    expect(typedText(spreadsheetText(text))).toBe(text);
  });

  it('stands in a record of RFC 4180', () => {
    expect(csvRow(['=A1', '甲,乙', '说"是"', 3, null, new CalendarCell('2021-10-26')])).toBe(
      `'=A1,"甲,乙","说""是""",3,,2021-10-26\r\n`,
    );
  });
});
