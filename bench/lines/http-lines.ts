import type { Bench } from '../bench.js';
import type { Line } from '../report/figures.js';
import { figureOf, ratiosOf } from '../report/figures.js';
import { withClient } from '../surroundings/servers.js';
import {
  compareReads,
  cpuOf,
  measureReads,
  p99Of,
  ratioLine,
  rates,
  type Sides,
  withSides,
} from './sides.js';
import { overviewLines } from './overview-lines.js';
import { pagePaths } from './page-paths.js';
import { weeklyLines } from './weekly-lines.js';

/** The county office of this unit asks; its example account has it. It is the one with far the most cases. */
const UNIT = '610902';
const MOST_PATHS = 2_000;
const FRAGMENTS = 200;
const P99_MS = 100;

/** Reads by HTTP. */
export async function httpLines(bench: Bench, database: string): Promise<Line[]> {
  const { lines } = bench.options;
  return withSides(bench, database, async (sides) => [
    ...(lines.has('read') ? await readLines(bench, sides, database) : []),
    ...(lines.has('list') ? await listLines(bench, sides, database) : []),
    ...(lines.has('overdue') ? [await timeLine(bench, sides, 'overdue list', OVERDUE)] : []),
    ...(lines.has('search') ? await searchLines(bench, sides, database) : []),
    ...(lines.has('weekly') ? await weeklyLines(bench, sides, database) : []),
    ...(lines.has('overview') ? await overviewLines(bench, sides) : []),
  ]);
}

const OVERDUE = ['/api/v1/cases?overdue=true', `/api/v1/cases?overdue=true&reportingUnit=${UNIT}`];

/** The read itself, and how much of its cost is the question who is asking and what they may see. */
async function readLines(bench: Bench, sides: Sides, database: string): Promise<Line[]> {
  const what = 'read a case by id';
  const paths = await casePaths(bench, database);
  const guarded = 'the same by the bare server, with token, session and scope';
  return [
    ratioLine(what, await compareReads(bench, sides, what, paths), 0.6),
    ratioLine(guarded, await compareReads(bench, guardedSides(sides), guarded, paths), null),
  ];
}

/** The bare server on both sides, once with its guarded route. */
const guardedSides = (sides: Sides): Sides => ({
  ...sides,
  product: { ...sides.bare, url: `${sides.bare.url}/guarded` },
});

/** The first page and the deepest one that there is, up to page 10,000, each with some neighbours. */
async function listLines(bench: Bench, sides: Sides, database: string): Promise<Line[]> {
  const { first, deep, deepest } = await pagePaths(bench, database, UNIT);
  const what = 'list 25 by reporting unit and due date';
  const shallow = await compareReads(bench, sides, `${what}, page 1`, first);
  const far = await compareReads(bench, sides, `${what}, page ${deepest}`, deep);
  const depth = ratiosOf(rates(far.product), rates(shallow.product));
  return [
    ratioLine(`${what}, page 1`, shallow, 0.6),
    ratioLine(`${what}, page ${deepest}`, far, 0.6),
    {
      what: `page ${deepest} beside page 1`,
      unit: 'of its speed',
      product: depth,
      target: '0.8 or more',
      isMet: depth.median >= 0.8,
    },
  ];
}

async function searchLines(bench: Bench, sides: Sides, database: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const length of [4, 2]) {
    const fragments = await nameFragments(bench, database, length);
    const paths = fragments.map((fragment) => `/api/v1/cases?q=${encodeURIComponent(fragment)}`);
    lines.push(await timeLine(bench, sides, `search by ${length} characters of a name`, paths));
  }
  return lines;
}

async function timeLine(bench: Bench, sides: Sides, what: string, paths: readonly string[]): Promise<Line> {
  const results = await measureReads(bench, sides, what, paths);
  const p99 = p99Of(results);
  return {
    what: `${what}, whole city`,
    unit: 'requests/s',
    product: figureOf(rates(results)),
    p99: { product: p99 },
    cpu: cpuOf(results),
    target: `p99 < ${P99_MS} ms`,
    isMet: p99 < P99_MS,
  };
}

/** Cases of the unit from all over the data set, in no order. */
async function casePaths({ servers }: Bench, database: string): Promise<string[]> {
  const { rows } = await withClient(servers.ownerUrl(database), (client) =>
    client.query<{ id: string }>(
      `SELECT c.id FROM cases c JOIN reporting_units u ON u.id = c.reporting_unit_id
        WHERE u.code = $1 ORDER BY hashtext(c.number) LIMIT ${MOST_PATHS}`,
      [UNIT],
    ),
  );
  return rows.map(({ id }) => `/api/v1/cases/${id}`);
}

/** What people type: some characters from within a name that is there. */
async function nameFragments({ servers }: Bench, database: string, length: number): Promise<string[]> {
  const { rows } = await withClient(servers.ownerUrl(database), (client) =>
    client.query<{ fragment: string }>(
      `SELECT DISTINCT substr(name, 3, $1) AS fragment
         FROM (SELECT name FROM enterprises ORDER BY hashtext(credit_code) LIMIT ${FRAGMENTS}) AS sample`,
      [length],
    ),
  );
  return rows.map(({ fragment }) => fragment);
}
