import path from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchFault } from '../src/local/launch.js';
import type { DataSetPlan } from './data/size.js';

export const LINES = [
  'startup',
  'read',
  'list',
  'overdue',
  'search',
  'weekly',
  'export',
  'overview',
  'transition',
  'sweep',
  'deliveries',
  'import',
  'figures',
  'case-list',
  'judge',
] as const;
export type LineName = (typeof LINES)[number];

export interface BenchOptions {
  plan: DataSetPlan;
  /** Where servers and data sets are kept between runs. */
  dataFolder: string;
  /** Null: the figures are only printed. */
  resultsFolder: string | null;
  lines: ReadonlySet<LineName>;
  rounds: number;
  /** Of one measurement by HTTP. */
  seconds: number;
  connections: number;
  /** Reminders that are due in the sweep. */
  due: number;
  /** Rows of an imported workbook. */
  importRows: number;
}

export const USAGE = `npm run bench -- [options]        measures the product beside a bare reference
npm run bench:data -- [options]   only makes the data set, which is kept for later runs
  --cases N          size of the data set (10000; 100000; 1000000)
  --seed N           another data set of that size (1)
  --only A,B         of ${LINES.join(', ')} (all)
  --rounds N         of each measurement, product and reference in turn (3)
  --seconds N        of one measurement by HTTP (4)
  --connections N    (16)
  --due N            reminders that are due in the sweep (10000)
  --import-rows N    case rows of the imported workbook (5000)
  --data DIR         where servers and data sets are kept (.local/bench)
  --out DIR          where the figures go as CASES.md and CASES.json (results under --data); "none" only prints`;

/** @throws LaunchFault when they cannot be understood */
export function readOptions(args: readonly string[], root: string, cwd: string): BenchOptions {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        cases: text('10000'),
        seed: text('1'),
        only: text(LINES.join(',')),
        rounds: text('3'),
        seconds: text('4'),
        connections: text('16'),
        due: text('10000'),
        'import-rows': text('5000'),
        data: { type: 'string' },
        out: { type: 'string' },
      },
    }),
  );
  const dataFolder = path.resolve(cwd, values.data ?? path.join(root, '.local/bench'));
  const out = values.out ?? path.join(dataFolder, 'results');
  return {
    plan: { cases: count('cases', values.cases, 100), seed: count('seed', values.seed, 1) },
    dataFolder,
    resultsFolder: out === 'none' ? null : path.resolve(cwd, out),
    lines: new Set(values.only.split(',').map(lineOf)),
    rounds: count('rounds', values.rounds, 1),
    seconds: count('seconds', values.seconds, 1),
    connections: count('connections', values.connections, 1),
    due: count('due', values.due, 1),
    importRows: count('import-rows', values['import-rows'], 1),
  };
}

function parsed<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new LaunchFault(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function count(name: string, value: string, least: number): number {
  if (/^\d{1,9}$/.test(value) && Number(value) >= least) return Number(value);
  throw new LaunchFault(`--${name} must be a whole number from ${least}\n\n${USAGE}`);
}

function lineOf(name: string): LineName {
  const line = LINES.find((known) => known === name);
  if (line === undefined) throw new LaunchFault(`--only: there is no line ${name}\n\n${USAGE}`);
  return line;
}
