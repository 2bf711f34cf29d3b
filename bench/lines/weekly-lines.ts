import { TODAY } from '../data/size.js';
import type { Bench } from '../bench.js';
import { figureOf, type Line } from '../report/figures.js';
import { get, type Sides } from './sides.js';

/** The last whole week before the day on which the data set ends, and the Monday after it, 09:00. */
const WEEK = '2026-W46';
const OLDER = '2026-11-16T09:00:00+08:00';
/** Tables of a large set take long: no more rounds are begun after this. */
const LONG_ENOUGH_MS = 30_000;

const TABLES = [
  { what: 'of cases, as of now', query: 'subject=case', seconds: 1 },
  {
    what: `of cases, as of ${OLDER.slice(0, 10)}`,
    query: `subject=case&asOf=${encodeURIComponent(OLDER)}`,
    seconds: 15,
  },
  { what: 'of problems, as of now', query: 'subject=problem', seconds: 1 },
];

/** The weekly closure table by reporting unit, one at a time; what takes too long to be waited for is said. */
export async function weeklyLines(bench: Bench, sides: Sides): Promise<Line[]> {
  const lines: Line[] = [];
  let isTooLong = false;
  for (const { what, query, seconds } of TABLES) {
    const path = `/api/v1/statistics/weekly/${WEEK}?by=reportingUnit&${query}`;
    const times: number[] = isTooLong ? [] : await timesOf(bench, sides, path);
    isTooLong ||= times.length === 0;
    const product = figureOf(times);
    lines.push({
      what: `weekly table ${what}`,
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
