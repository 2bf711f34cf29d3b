import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../src/access/actor.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { ClosureExports } from '../../src/statistics/export/closure-exports.js';
import { StatisticsService } from '../../src/statistics/statistics.service.js';
import type { WeeklyColumns } from '../../src/statistics/table/columns.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const LEDGER = path.resolve(import.meta.dirname, '../fixtures/ledger-2021-11.xlsx');
const WEEK = '2021-W44';
/** Comma, double quote, UTF-8, from the first line, cells as they are shown, every sheet into a file of its own. */
const EVERY_SHEET_AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

/** A sheet of A4 across holds more of them; headings that are broken into lines count several times as CSV. */
const LINES_A_PAGE = 30;

let folder: string;
let product: TestApp;
let tables: WeeklyAnswer[];

/** What LibreOffice makes of a workbook, by file name. It opens it as a person's program would, or fails. */
function convert(file: string, to: string): Map<string, Buffer> {
  const out = mkdtempSync(path.join(folder, 'out-'));
  const profile = pathToFileURL(path.join(folder, 'profile')).href;
  const args = [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', to, '--outdir', out, file];
  execFileSync('soffice', args, { stdio: 'pipe', env: { ...process.env, HOME: folder }, timeout: 120_000 });
  return new Map(readdirSync(out).map((name) => [name, readFileSync(path.join(out, name))]));
}

async function runImport(mode: 'commit' | 'preview'): Promise<string> {
  return product.app.get(ImportsService).runNow({
    fileName: 'ledger.xlsx',
    content: createReadStream(LEDGER),
    mode,
    onError: 'keep_valid',
    createdBy: null,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-office-'));
  product = await createTestApp();
  await runImport('commit');
  const statistics = product.app.get(StatisticsService);
  tables = await statistics.allTables(WEEK);
  const ask = {
    period: WEEK,
    isWeek: true,
    cut: { subject: 'case', by: 'reportingUnit' },
    table: 'closure',
    locale: 'zh-CN',
  } as const;
  const workbook = await product.app.get(ClosureExports).prepare('xlsx', { ...ask, actor: SYSTEM });
  writeFileSync(path.join(folder, 'weekly.xlsx'), await buffer(workbook.content()));
});

afterAll(async () => {
  await product.close();
  rmSync(folder, { recursive: true });
});

describe('LibreOffice', () => {
  it('opens the weekly workbook and shows in each sheet the figures of its table', () => {
    const sheets = [...convert(path.join(folder, 'weekly.xlsx'), EVERY_SHEET_AS_CSV).values()].map(String);
    for (const sheet of sheets) expect(sheet).not.toMatch(/#(REF|NAME|VALUE|DIV|N\/A|NUM)|Err:\d|###/);
    const weekly = sheets.filter((sheet) => /^"?表[12]/.test(sheet));
    const totals = weekly.map(totalLine).toSorted();
    expect(totals).toEqual(tables.map(({ total }) => String(flowsOf(total))).toSorted());
    expect(tables.map(({ total }) => total.resolved)).not.toContain(0);
  });

  it('prints it across, a sheet on as few pages as its rows need', () => {
    const [pdf] = convert(path.join(folder, 'weekly.xlsx'), 'pdf').values();
    const text = pdf?.toString('latin1') ?? '';
    expect(text.startsWith('%PDF-')).toBe(true);
    const pages = text.match(/\/Type\s*\/Page\b[^s]/g)?.length ?? 0;
    const sheets = [...convert(path.join(folder, 'weekly.xlsx'), EVERY_SHEET_AS_CSV).values()].map(String);
    expect(pages).toBeGreaterThanOrEqual(sheets.length);
    const linesOf = (sheet: string): number => sheet.trimEnd().split('\n').length;
    expect(pages).toBeLessThanOrEqual(
      sheets.reduce((most, sheet) => most + Math.ceil(linesOf(sheet) / LINES_A_PAGE), 0),
    );
    const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
    expect(boxes.length).toBeGreaterThanOrEqual(pages);
    for (const [, width, height] of boxes) expect(Number(width)).toBeGreaterThan(Number(height));
  });
});

/** The first columns behind the name of the row, in their order. */
const flowsOf = (total: WeeklyColumns): number[] => [
  total.opening,
  total.assigned,
  total.reopened,
  total.transferredIn,
  total.transferredOut,
  total.resolved,
];

/** The same as the city's row shows them. */
function totalLine(sheet: string): string {
  const line = sheet.split(/\r?\n/).find((candidate) => /^"?全市/.test(candidate)) ?? '';
  return String(line.split(',').slice(1, 7));
}
