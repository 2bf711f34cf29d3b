import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SYSTEM } from '../../src/access/actor.js';
import { withProduct } from '../../src/commands/with-product.js';
import { ClosureExports } from '../../src/statistics/export/closure-exports.js';

/** What the workbook of one week took, from being asked for to the last byte of the file. */
export interface ExportTimes {
  milliseconds: number;
  listRows: number;
  /** Most that the process ever held in memory. */
  peakMiB: number;
}

const [week = '', file = ''] = process.argv.slice(2);

const times = await withProduct(async (app): Promise<ExportTimes> => {
  const progress = { done: 0, of: 0 };
  const startedAt = performance.now();
  const workbook = await app.get(ClosureExports).prepare('xlsx', {
    period: week,
    isWeek: true,
    cut: { subject: 'case', by: 'reportingUnit' },
    table: 'closure',
    locale: 'zh-CN',
    actor: SYSTEM,
    progress,
  });
  await pipeline(workbook.content(), createWriteStream(file));
  return {
    milliseconds: performance.now() - startedAt,
    listRows: progress.done,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
});
process.stdout.write(`\n${JSON.stringify(times)}\n`);
