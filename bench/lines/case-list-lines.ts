import type { Bench } from '../bench.js';
import type { ExportTimes } from '../processes/export-list.js';
import { figureOf, type Line } from '../report/figures.js';
import { runScript } from '../surroundings/product.js';

const WANTED = 100_000;
const FORMATS = ['xlsx', 'csv'] as const;

/** The list of cases as a file, each in a process of its own; as many whole reporting units as have 100,000 rows. */
export async function caseListLines(bench: Bench, database: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const format of FORMATS) lines.push(...(await linesOf(bench, database, format)));
  return lines;
}

async function linesOf(bench: Bench, database: string, format: (typeof FORMATS)[number]): Promise<Line[]> {
  const seconds: number[] = [];
  const peakMiB: number[] = [];
  let last: ExportTimes | undefined;
  for (let round = 0; round < bench.options.rounds; round += 1) {
    last = await runScript<ExportTimes>(
      bench,
      'export',
      'bench/processes/export-list.js',
      [format],
      database,
      {
        EXPORT_MAX_ROWS: '1000000',
      },
    );
    // Units are of different sizes: what is told is what 100,000 of their rows took.
    seconds.push((last.milliseconds / 1000) * Math.min(1, WANTED / last.rows));
    peakMiB.push(last.peakMiB);
    bench.launch.progress.note(`  ${format}: round ${round + 1} of ${bench.options.rounds}`);
  }
  const rows = last?.rows ?? 0;
  const isLarge = rows >= WANTED;
  const [time, peak] = [figureOf(seconds), figureOf(peakMiB)];
  const what = `case list as ${format}, ${Math.min(rows, WANTED)} rows`;
  return [
    {
      what,
      unit: 's',
      product: time,
      target: '< 10 s at 100,000 rows',
      isMet: isLarge ? time.median < 10 : null,
      note: `${rows} rows of whole reporting units, ${((last?.bytes ?? 0) / 2 ** 20).toFixed(1)} MiB`,
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
