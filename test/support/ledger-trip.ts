import { createReadStream } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Actor, SYSTEM } from '../../src/access/actor.js';
import type { SheetReport } from '../../src/intake/import-report.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import {
  LedgerExport,
  type LedgerFile,
  type Unmasked,
} from '../../src/intake/ledger-export/ledger-export.js';
import { type CellValue, DateCell } from '../../src/intake/workbook/cell-value.js';
import { openWorkbook } from '../../src/intake/workbook/open-workbook.js';
import type { TestApp } from './test-app.js';

export const WHOLE: Unmasked = { officials: true, enterprises: true };
export const MASKED: Unmasked = { officials: false, enterprises: false };

/** Takes a ledger in, here and now. @returns what came of each sheet, by its name */
export async function takeIn(
  { app }: Pick<TestApp, 'app'>,
  content: string | Readable,
  onError: 'keep_valid' | 'reject_all' = 'keep_valid',
): Promise<Record<string, SheetReport>> {
  const imports = app.get(ImportsService);
  const id = await imports.runNow({
    fileName: 'ledger.xlsx',
    content: typeof content === 'string' ? createReadStream(content) : content,
    mode: 'commit',
    onError,
    createdBy: null,
  });
  const { sheets, error } = await imports.get(id);
  if (error !== null && error.code !== 'ROWS_REJECTED') throw new Error(error.code);
  return Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet]));
}

/** Writes what an actor may see as a ledger to a file. */
export async function ledgerTo(
  file: string,
  { app }: Pick<TestApp, 'app'>,
  unmasked = WHOLE,
  actor: Actor = SYSTEM,
): Promise<LedgerFile> {
  const written = await app.get(LedgerExport).write(actor, unmasked);
  await copyFile(written.draft.path, file);
  await rm(written.draft.path);
  return written;
}

export type Cells = Array<CellValue | string>;

/** Rows of a workbook by sheet, from the header on; dates as serials. */
export async function sheetsOf(file: string): Promise<Record<string, Cells[]>> {
  const workbook = await openWorkbook(file);
  const sheets: Record<string, Cells[]> = {};
  try {
    for (const sheet of workbook.sheets) {
      const rows: Cells[] = [];
      for await (const { row, cells } of workbook.rows(sheet)) {
        if (row > 2) rows.push(cells.map((cell) => (cell instanceof DateCell ? `day ${cell.serial}` : cell)));
      }
      sheets[sheet] = rows;
    }
  } finally {
    workbook.close();
  }
  return sheets;
}

/** Of a report in which every row says what is known: nothing taken, refused or warned of. */
export const NOTHING_NEW = { accepted: 0, rejected: [], warnings: [], skippedBlank: 0, skippedSubtotals: 0 };

export const eventCount = async ({ database }: Pick<TestApp, 'database'>): Promise<number> => {
  const [row] = await database.dataSource.query<Array<{ count: number }>>(
    'SELECT count(*)::int AS count FROM case_events',
  );
  return row?.count ?? 0;
};
