import os from 'node:os';
import type { Bench } from './bench.js';
import { deliveryLines } from './lines/delivery-line.js';
import { caseListLines } from './lines/case-list-lines.js';
import { exportLines } from './lines/export-line.js';
import { figuresLines } from './lines/figures-line.js';
import { httpLines } from './lines/http-lines.js';
import { importLines } from './lines/import-line.js';
import { judgeLines } from './lines/judge-line.js';
import { startupLines } from './lines/startup-line.js';
import { sweepLines } from './lines/sweep-lines.js';
import { transitionLines } from './lines/transition-line.js';
import type { LineName } from './options.js';
import { describeMachine } from './report/machine.js';
import type { Line } from './report/figures.js';
import { markdownOf, type Report, writeReport } from './report/report.js';
import { copyDataSet, dropCopy } from './surroundings/data-sets.js';

const READS: LineName[] = ['read', 'list', 'overdue', 'search', 'weekly', 'overview'];
const COPIES = ['bench_product', 'bench_reference'] as const;

/** Each line, on copies of the data set that are thrown away. Later lines find what earlier ones left. */
export async function measureAll(bench: Bench, dataSet: string): Promise<void> {
  const { options, servers, launch } = bench;
  const [product, reference] = COPIES;
  const loadBefore = os.loadavg()[0] ?? Number.NaN;
  for (const copy of COPIES) await copyDataSet(servers, dataSet, copy);
  const lines: Line[] = [];
  const measure = async (names: LineName[], work: () => Promise<Line[]>): Promise<void> => {
    if (names.some((name) => options.lines.has(name)))
      lines.push(...(await launch.progress.step(names.join(' and '), work)));
  };
  await measure(['startup'], () => startupLines(bench, product));
  await measure(READS, () => httpLines(bench, product));
  await measure(['export'], () => exportLines(bench, product));
  await measure(['transition'], () => transitionLines(bench, product, reference));
  await measure(['sweep'], () => sweepLines(bench, product));
  await measure(['deliveries'], () => deliveryLines(bench, product));
  await measure(['case-list'], () => caseListLines(bench, product));
  await measure(['import'], () => importLines(bench, product, reference));
  await measure(['figures'], () => figuresLines(bench, dataSet));
  await measure(['judge'], () => judgeLines(bench, dataSet));
  for (const copy of COPIES) await dropCopy(servers, copy);
  const { plan, rounds, seconds, connections } = options;
  const report: Report = {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(servers.postgresVersion),
    loadBefore,
    options: { plan, rounds, seconds, connections },
    lines,
  };
  console.log(`\n${markdownOf(report)}`);
  if (options.resultsFolder !== null) writeReport(options.resultsFolder, report);
}
