import path from 'node:path';
import { previousWeek, weekOf } from '../../src/statistics/week.js';
import type { Bench } from '../bench.js';
import { TODAY } from '../data/size.js';
import type { ExportTimes } from '../processes/export-week.js';
import { figureOf, type Line } from '../report/figures.js';
import { runScript } from '../surroundings/product.js';

/** What the target is of. */
const LIST_ROWS = 100_000;

/** The workbook of the last whole week, written to a file by a process of its own: seconds, and its peak memory. */
export async function exportLines(bench: Bench, database: string): Promise<Line[]> {
  const { options, data, launch } = bench;
  const week = previousWeek(weekOf(TODAY)).name;
  const file = path.join(data.reports, 'bench-week.xlsx');
  const seconds: number[] = [];
  const peakMiB: number[] = [];
  let listRows = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const script = 'bench/processes/export-week.js';
    const times = await runScript<ExportTimes>(bench, 'export', script, [week, file], database);
    seconds.push(times.milliseconds / 1000);
    peakMiB.push(times.peakMiB);
    listRows = times.listRows;
    launch.progress.note(`  export: round ${round + 1} of ${options.rounds}, ${listRows} list rows`);
  }
  const isLarge = listRows >= LIST_ROWS;
  const what = `weekly export as xlsx, ${listRows.toLocaleString('en')} list rows`;
  const [product, peak] = [figureOf(seconds), figureOf(peakMiB)];
  return [
    {
      what,
      unit: 's',
      product,
      target: '< 10 s at 100,000 rows',
      isMet: isLarge ? product.median < 10 : null,
    },
    {
      what: `${what}: peak memory`,
      unit: 'MiB',
      product: peak,
      target: '< 300 MB at 100,000 rows',
      isMet: isLarge ? peak.median < 286 : null,
    },
  ];
}
