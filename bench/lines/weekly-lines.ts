import { TODAY } from '../data/size.js';
import type { Bench } from '../bench.js';
import { figureOf, type Line } from '../report/figures.js';
import type { TallyCost } from '../processes/keep-tally.js';
import { runScript } from '../surroundings/product.js';
import { get, type Sides } from './sides.js';

/** The last whole week before the day on which the data set ends, and the Monday after it, 09:00. */
const WEEK = '2026-W46';
const OLDER = '2026-11-16T09:00:00+08:00';
/** Tables of a large set take long: no more rounds are begun after this. */
const LONG_ENOUGH_MS = 30_000;

const TABLE = `/api/v1/statistics/weekly/${WEEK}`;
const AS_OF = `asOf=${encodeURIComponent(OLDER)}`;

const TABLES = [
  { what: 'weekly table of cases, as of now', path: `${TABLE}?by=reportingUnit`, seconds: 1 },
  {
    what: `weekly table of cases, as of ${OLDER.slice(0, 10)}`,
    path: `${TABLE}?by=reportingUnit&${AS_OF}`,
    seconds: 15,
  },
  {
    what: 'weekly table of problems, as of now',
    path: `${TABLE}?by=reportingUnit&subject=problem`,
    seconds: 1,
  },
  {
    what: `weekly table of problems, as of ${OLDER.slice(0, 10)}`,
    path: `${TABLE}?by=reportingUnit&subject=problem&${AS_OF}`,
    seconds: 15,
  },
  { what: 'weekly table of problems by official', path: `${TABLE}?by=official&subject=problem`, seconds: 1 },
  {
    what: 'table of the year to date, problems by category',
    path: `/api/v1/statistics/periods/${WEEK.slice(0, 4)}?by=category&subject=problem`,
    seconds: 1,
  },
  {
    what: 'lines behind a figure, first page',
    path: `/api/v1/statistics/periods/${WEEK}/lines?row=total&column=closing`,
    seconds: 1,
  },
];

/** Tables of closures, one at a time; what takes too long to be waited for is said. */
export async function weeklyLines(bench: Bench, sides: Sides, database: string): Promise<Line[]> {
  const lines: Line[] = [await firstBuild(bench, database)];
  let isTooLong = false;
  for (const { what, path, seconds } of TABLES) {
    const times: number[] = isTooLong ? [] : await timesOf(bench, sides, path);
    isTooLong ||= times.length === 0;
    const product = figureOf(times);
    lines.push({
      what,
      unit: 's',
      product,
      target: `< ${seconds} s`,
      isMet: product.median < seconds,
      ...(isTooLong ? { note: 'not answered within the time that a statement or a client may take' } : {}),
    });
  }
  bench.launch.progress.note(`  weekly tables of ${WEEK}; the data set ends on ${TODAY}`);
  return lines;
}

/** Before the first table is asked for; a data set has no worker that would have done it. */
async function firstBuild(bench: Bench, database: string): Promise<Line> {
  const { lines, seconds, megabytes } = await runScript<TallyCost>(
    bench,
    'keep-tally',
    'bench/processes/keep-tally.js',
    [],
    database,
  );
  return {
    what: 'first making of what tables are counted from',
    unit: 's',
    product: figureOf([seconds]),
    target: '',
    isMet: null,
    note: `${lines} lines, by a process of at most ${megabytes.toFixed(0)} MB`,
  };
}

/** Seconds of each round; none where it was not answered. */
export async function timesOf({ options, launch }: Bench, sides: Sides, path: string): Promise<number[]> {
  const times: number[] = [];
  const startedAt = performance.now();
  do {
    const headers = await sides.taskForce.headers();
    const askedAt = performance.now();
    try {
      await get(sides.product.url + path, headers);
    } catch (error) {
      launch.progress.note(`  ${String(error)}`);
      return [];
    }
    times.push((performance.now() - askedAt) / 1000);
  } while (times.length < options.rounds && performance.now() - startedAt < LONG_ENOUGH_MS);
  return times;
}
