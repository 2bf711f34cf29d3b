import path from 'node:path';
import type { Bench } from '../bench.js';
import { writeLedger } from '../data/write-ledger.js';
import type { ImportTimes } from '../processes/import-ledger.js';
import { figureOf, type Line, ratiosOf } from '../report/figures.js';
import { runScript } from '../surroundings/product.js';
import { withClient } from '../surroundings/servers.js';
import { copyNewRows, markRows } from './copy-rows.js';

/**
 * A generated workbook through the product's intake in a process of its own; then the rows that came of it, inserted
 * bare into another copy of the same data set. A new workbook each round.
 */
export async function importLines(bench: Bench, database: string, other: string): Promise<Line[]> {
  const { options, servers, data, launch } = bench;
  const file = path.join(data.reports, 'bench-ledger.xlsx');
  const productSpeed: number[] = [];
  const bareSpeed: number[] = [];
  const peakMiB: number[] = [];
  let written = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    await writeLedger(file, options.importRows, round + 1);
    await withClient(servers.ownerUrl(database), markRows);
    const times = await runScript<ImportTimes>(
      bench,
      'import',
      'bench/processes/import-ledger.js',
      [file],
      database,
    );
    if (times.rejected > 0) throw new Error(`${times.rejected} rows of the generated ledger were refused`);
    const bare = await withClient(servers.ownerUrl(database), (from) =>
      withClient(servers.applicationUrl(other), (to) => copyNewRows(from, to)),
    );
    written = bare.rows;
    peakMiB.push(times.peakMiB);
    productSpeed.push((options.importRows / times.milliseconds) * 1000);
    bareSpeed.push((options.importRows / bare.milliseconds) * 1000);
    launch.progress.note(`  import: round ${round + 1} of ${options.rounds}`);
  }
  const product = figureOf(productSpeed);
  const peak = figureOf(peakMiB);
  const isLarge = options.importRows >= 100_000;
  return [
    {
      what: `ledger import, ${options.importRows} case rows`,
      unit: 'ledger rows/s',
      product,
      reference: figureOf(bareSpeed),
      ratio: ratiosOf(productSpeed, bareSpeed),
      target: '≥ 2,000 rows/s',
      isMet: product.median >= 2_000,
      note: `${written} database rows came of one ledger; the reference only inserts them`,
    },
    {
      what: `ledger import, ${options.importRows} case rows: peak memory`,
      unit: 'MiB',
      product: peak,
      target: '< 300 MB at 100,000 rows',
      isMet: isLarge ? peak.median < 286 : null,
    },
  ];
}
