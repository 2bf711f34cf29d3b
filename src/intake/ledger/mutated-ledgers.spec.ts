import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { NOTHING_KNOWN } from '../../../test/support/ledger-known.js';
import { DateCell } from '../workbook/cell-value.js';
import { readDate } from './cells/date.js';
import { readText } from './cells/text.js';
import { decideLedger } from './decide-ledger.js';
import type { LedgerPlan } from './ledger-plan.js';
import { openLedger, readLedger } from './read-ledger.js';

const EXAMPLE = path.join(import.meta.dirname, '../../../test/fixtures/ledger-2021-11.xlsx');
const HEADER_ROW = 3;
const EPOCH_SERIAL = 25_569;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};
const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  企业名称: ['企业名称', '企 业\n名 称', '企业全称'],
  统一社会信用代码: ['统一社会\r\n信用代码', '信用代码', '社会信用代码'],
  所属县区: ['所属县区', '县 区', '所属区县'],
  办理时限: ['办理时限', '办结时限', '办理　期限'],
  办结时限: ['办结时限', '办理时限'],
  '正常月产值(万元)': ['正常月产值(万元)', '正常月产值（万元）', '正常月产值'],
  交办日期: ['交办日期', '交办时间', '*交办日期'],
  联系电话: ['联系电话', '联系方式'],
  问题描述: ['问题描述', '问题及诉求'],
};

type Cell = ExcelJS.CellValue;

/** The same said in another way; what says nothing plainly stays as it is. */
function saidOtherwise(random: Random, heading: string, value: Cell): Cell {
  if (value === null || value === undefined || value === '')
    return pick(random, [null, '', ' ', '　', '—', '/']);
  const cell = value instanceof Date ? new DateCell(value.getTime() / 86_400_000 + EPOCH_SERIAL) : value;
  if (typeof cell !== 'string' && typeof cell !== 'number' && !(cell instanceof DateCell)) return value;
  if (/日期|时限|起始时间/.test(heading)) return dateOtherwise(random, readDate(cell), value);
  const text = readText(cell);
  if (heading.endsWith('代码'))
    return pick(random, [text, ` ${text.toLowerCase()} `, fullWidth(text), text.replace(/^(.{6})/, '$1 ')]);
  if (/^\d+(\.\d+)?$/.test(text) && /产值/.test(heading)) {
    const grouped = Number(text).toLocaleString('en-US', { maximumFractionDigits: 4 });
    return pick<Cell>(random, [Number(text), grouped, `${text}万元`, fullWidth(text), ` ${grouped} 万元`]);
  }
  if (typeof value === 'number') return value;
  if (/生产状态/.test(heading)) return pick(random, [text, `${text} `, text.split('').join(' ')]);
  if (/^1\d{10}$/.test(text) && /电话|手机/.test(heading)) {
    return pick<Cell>(random, [
      Number(text),
      `+86 ${text}`,
      text.replace(/^(\d{3})(\d{4})/, '$1-$2-'),
      fullWidth(text),
    ]);
  }
  if (/^(姓名|责任人|包联领导)$/.test(heading))
    return pick(random, [text, text.split('').join('　'), `${text} `]);
  return pick<Cell>(random, [
    text,
    ` ${text}`,
    `${text}　`,
    { richText: [{ text: text.slice(0, 1) }, { text: text.slice(1) }] },
  ]);
}

function dateOtherwise(random: Random, on: string | symbol | null, value: Cell): Cell {
  if (typeof on !== 'string') return value;
  const [year = '', month = '', day = ''] = on.split('-');
  const short = [year, Number(month), Number(day)];
  return pick<Cell>(random, [
    on,
    fullWidth(on),
    short.join('/'),
    short.join('.'),
    short.join('-'),
    `${year}年${Number(month)}月${Number(day)}日`,
    `${on} 00:00:00`,
    new Date(on),
    Date.parse(on) / 86_400_000 + EPOCH_SERIAL,
    { formula: 'A1', result: new Date(on) },
  ]);
}

interface Mutated {
  file: string;
  /** Row of the example → row of the mutation, by sheet. */
  rows: Map<string, Map<number, number>>;
}

async function mutate(random: Random, folder: string, leaveOut: readonly string[]): Promise<Mutated> {
  const example = new ExcelJS.Workbook();
  await example.xlsx.readFile(EXAMPLE);
  const mutation = new ExcelJS.Workbook();
  const rows: Mutated['rows'] = new Map();
  const sheets = example.worksheets.filter(({ name }) => !leaveOut.includes(name));
  for (const sheet of random() < 0.5 ? sheets : sheets.toReversed()) {
    const target = mutation.addWorksheet(pick(random, [sheet.name, ` ${sheet.name}`]));
    const places = new Map<number, number>();
    rows.set(sheet.name, places);
    const columns = Array.from({ length: sheet.columnCount }, (_, index) => index + 1)
      .map((column) => ({ column, order: random() }))
      .toSorted((one, other) => one.order - other.order);
    const headings = columns.map(({ column }) => String(sheet.getRow(HEADER_ROW).getCell(column).value));
    for (let title = Math.floor(random() * 5); title > 0; title -= 1)
      target.addRow(['关于企业名称的说明', '', '单位:万元']);
    target.addRow(headings.map((heading) => pick(random, HEADINGS[heading] ?? [heading])));
    sheet.eachRow((row, number) => {
      if (number <= HEADER_ROW) return;
      // A row of nothing but a running number is blank too.
      if (random() < 0.05) target.addRow(headings.map((heading) => (heading === '序号' ? 7 : ' ')));
      const added = target.addRow(
        columns.map(({ column }, index) =>
          saidOtherwise(random, headings[index] ?? '', row.getCell(column).value),
        ),
      );
      places.set(number, added.number);
    });
  }
  const file = path.join(folder, 'mutated.xlsx');
  await mutation.xlsx.writeFile(file, { useSharedStrings: random() < 0.5 });
  return { file, rows };
}

async function decide(file: string): Promise<LedgerPlan> {
  const workbook = await openLedger(file);
  try {
    return await decideLedger(await readLedger(workbook, { today: '2021-11-29' }), NOTHING_KNOWN);
  } finally {
    workbook.close();
  }
}

const withoutRow = <T extends { row: number }>(planned: T): T => ({ ...planned, row: 0 });

const reportOf = (plan: LedgerPlan, name: string) =>
  plan.sheets.find((report) => report.name.trim() === name);

describe('a ledger said in other ways', () => {
  let folder: string;
  let example: LedgerPlan;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ledger-'));
    example = await decide(EXAMPLE);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([1, 2, 3])('comes to the same (seed %i)', async (seed) => {
    const { file, rows } = await mutate(randomOf(seed), folder, []);
    const plan = await decide(file);
    for (const { name, accepted, rejected, warnings, skippedSubtotals } of example.sheets) {
      const place = (found: { row: number; code: string }): string =>
        `${rows.get(name)?.get(found.row)} ${found.code}`;
      const got = reportOf(plan, name);
      const said = (findings: typeof rejected = []): string[] =>
        findings.map(({ row, code }) => `${row} ${code}`);
      expect([name, said(got?.rejected)]).toEqual([name, rejected.map(place)]);
      expect([name, said(got?.warnings)]).toEqual([name, warnings.map(place)]);
      expect([name, got?.accepted, got?.skippedSubtotals]).toEqual([name, accepted, skippedSubtotals]);
    }
    expect(plan.enterprises.map(withoutRow)).toEqual(example.enterprises.map(withoutRow));
    expect(plan.cases.map(withoutRow)).toEqual(example.cases.map(withoutRow));
    expect(plan.problems.map(withoutRow)).toEqual(example.problems.map(withoutRow));
    expect(plan.officials.map(withoutRow)).toEqual(example.officials.map(withoutRow));
  });

  it('does without the sheets that are not there', async () => {
    const { file } = await mutate(randomOf(5), folder, ['问题诉求责任清单', '生产月报']);
    const plan = await decide(file);
    expect(plan.sheets).toHaveLength(2);
    expect(reportOf(plan, '停产半停产减产企业清单')?.accepted).toBe(234);

    const { file: alone } = await mutate(randomOf(6), folder, ['通讯录']);
    const nobody = reportOf(await decide(alone), '停产半停产减产企业清单');
    expect(nobody?.accepted).toBe(0);
    expect(new Set(nobody?.rejected.map(({ code }) => code))).toContain('DEPARTMENT_UNKNOWN');
  });
});
