import 'reflect-metadata';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { withProduct } from '../../src/commands/with-product.js';
import { ImportsService } from '../../src/intake/imports.service.js';

/** What the import of one workbook took, from the file to the report. */
export interface ImportTimes {
  id: string;
  milliseconds: number;
  accepted: number;
  rejected: number;
  /** Most that the process ever held in memory. */
  peakMiB: number;
}

const file = process.argv[2] ?? '';

const times = await withProduct(async (app): Promise<ImportTimes> => {
  const imports = app.get(ImportsService);
  const startedAt = performance.now();
  const id = await imports.runNow({
    fileName: path.basename(file),
    content: createReadStream(file),
    mode: 'commit',
    onError: 'keep_valid',
    createdBy: null,
  });
  const milliseconds = performance.now() - startedAt;
  const { status, error, sheets } = await imports.get(id);
  if (status !== 'done') throw new Error(`the import ended as ${status}: ${error?.code}`);
  return {
    id,
    milliseconds,
    accepted: sheets.reduce((sum, sheet) => sum + sheet.accepted, 0),
    rejected: sheets.reduce((sum, sheet) => sum + sheet.rejected.length, 0),
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
});
process.stdout.write(`\n${JSON.stringify(times)}\n`);
