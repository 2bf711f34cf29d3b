import { deepStrictEqual } from 'node:assert/strict';
import type { Role } from '../../src/access/role.js';
import type { Bench } from '../bench.js';
import type { BareOptions } from '../processes/bare-server.js';
import { type Cpu, figureOf, type Line, medianOf, ratiosOf } from '../report/figures.js';
import { type Running, startProcess } from '../surroundings/process.js';
import { productEnvironment, runScript, Session, startProduct } from '../surroundings/product.js';
import { withClient } from '../surroundings/servers.js';
import { gets, load, type LoadResult, type Request } from './http-load.js';

const WARM_UP_SECONDS = 2;

interface ExampleAccount {
  role: Role;
  username: string;
  password: string;
}

/** The two that are compared. */
export const SIDES = ['product', 'bare'] as const;
export type Side = (typeof SIDES)[number];
export type Results = Record<Side, LoadResult[]>;

/** The product, with someone signed in, and the bare server beside it. */
export interface Sides extends Record<Side, Running> {
  /** Of whom the bare server knows. */
  session: Session;
  /** Of the task force, who see everything. */
  taskForce: Session;
  accounts: ReadonlyMap<Role, string>;
}

/** Runs the work with both started on that database; `county` is who asks. */
export async function withSides<Result>(
  bench: Bench,
  database: string,
  work: (sides: Sides) => Promise<Result>,
): Promise<Result> {
  const accounts = await exampleAccounts(bench, database);
  const product = await startProduct(bench, database);
  const bare = await startBare(bench, database, accounts);
  try {
    const session = await sessionOf(product, accounts, 'county');
    const taskForce = await sessionOf(product, accounts, 'task_force');
    const names = new Map([...accounts].map(([role, { username }]) => [role, username]));
    return await work({ product, bare, session, taskForce, accounts: names });
  } finally {
    await product.stop();
    await bare.stop();
  }
}

export const turnsOf = (round: number): readonly Side[] => (round % 2 === 0 ? SIDES : SIDES.toReversed());

/** Asks both sides for the same paths in turn. */
export async function compareReads(
  { options, launch }: Bench,
  sides: Sides,
  what: string,
  paths: readonly string[],
): Promise<Results> {
  const send = async (side: Side, seconds: number): Promise<LoadResult> => {
    const headers = await sides.session.headers();
    const { connections } = options;
    return load({ server: sides[side], headers, requests: gets(paths), connections, seconds });
  };
  for (const path of paths.slice(0, 50)) await requireSameJson(sides, path);
  for (const side of SIDES) await send(side, WARM_UP_SECONDS);
  const results: Results = { product: [], bare: [] };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const side of turnsOf(round)) results[side].push(await send(side, options.seconds));
    launch.progress.note(`  ${what}: round ${round + 1} of ${options.rounds}`);
  }
  return results;
}

/** Asks the product alone, where a time is wanted and not a ratio. */
export async function measureReads(
  { options, launch }: Bench,
  { product, taskForce }: Sides,
  what: string,
  paths: readonly string[],
): Promise<LoadResult[]> {
  const { connections, seconds, rounds } = options;
  const requests: Request[] = gets(paths);
  const results: LoadResult[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const headers = await taskForce.headers();
    const isWarmUp = round === 0;
    const result = await load({
      server: product,
      headers,
      requests,
      connections,
      seconds: isWarmUp ? WARM_UP_SECONDS : seconds,
    });
    if (!isWarmUp) results.push(result);
  }
  launch.progress.note(`  ${what}: ${rounds} rounds`);
  return results;
}

/** @param target of the ratio; null: nothing is asked */
export function ratioLine(what: string, { product, bare }: Results, target: number | null): Line {
  const [ours, theirs] = [rates(product), rates(bare)];
  const ratio = ratiosOf(ours, theirs);
  return {
    what,
    unit: 'requests/s',
    product: figureOf(ours),
    reference: figureOf(theirs),
    ratio,
    p99: { product: p99Of(product), reference: p99Of(bare) },
    cpu: cpuOf(product, bare),
    target: target === null ? '–' : `≥ ${target} of bare`,
    isMet: target === null ? null : ratio.median >= target,
  };
}

export const rates = (results: readonly LoadResult[]): number[] =>
  results.map((result) => result.requestsPerSecond);
export const p99Of = (results: readonly LoadResult[]): number =>
  medianOf(results.map((result) => result.p99Ms));

/** Processor time a request, which other work on the machine hardly changes. */
export function cpuOf(product: readonly LoadResult[], bare?: readonly LoadResult[]): Cpu {
  const spent = (results: readonly LoadResult[]): number[] => results.map((result) => result.cpuMsARequest);
  if (bare === undefined) return { productMs: medianOf(spent(product)) };
  return {
    productMs: medianOf(spent(product)),
    referenceMs: medianOf(spent(bare)),
    ratio: ratiosOf(spent(bare), spent(product)),
  };
}

export async function exampleAccounts(bench: Bench, database: string): Promise<Map<Role, ExampleAccount>> {
  const accounts = await runScript<ExampleAccount[]>(
    bench,
    'accounts',
    'src/cli.js',
    ['example-accounts'],
    database,
  );
  return new Map(accounts.map((account) => [account.role, account]));
}

export async function sessionOf(
  product: Running,
  accounts: ReadonlyMap<Role, ExampleAccount>,
  role: Role,
): Promise<Session> {
  const { username, password } = accountOf(accounts, role);
  return Session.open(product.url, username, password);
}

function accountOf(accounts: ReadonlyMap<Role, ExampleAccount>, role: Role): ExampleAccount {
  const account = accounts.get(role);
  if (account === undefined) throw new Error(`there is no example account for ${role}`);
  return account;
}

async function startBare(
  bench: Bench,
  database: string,
  accounts: ReadonlyMap<Role, ExampleAccount>,
): Promise<Running> {
  const databaseUrl = bench.servers.applicationUrl(database);
  const { username } = accountOf(accounts, 'county');
  const [account] = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string; unit: string }>(
      'SELECT id, reporting_unit_id AS unit FROM accounts WHERE username = $1',
      [username],
    );
    return rows;
  });
  if (account === undefined) throw new Error(`there is no account ${username}`);
  const options: BareOptions = {
    databaseUrl,
    tokenSecret: bench.servers.secrets.tokenSecret,
    actor: {
      kind: 'account',
      accountId: account.id,
      role: 'county',
      departmentId: null,
      officialId: null,
      reportingUnitId: account.unit,
    },
  };
  return startProcess(bench, {
    name: 'bare',
    module: 'bench/processes/bare-server.js',
    args: [JSON.stringify(options)],
    env: productEnvironment(bench, database),
    readyPath: '/ready',
  });
}

async function requireSameJson({ product, bare, session }: Sides, path: string): Promise<void> {
  const headers = await session.headers();
  const [one, other] = await Promise.all([get(product.url + path, headers), get(bare.url + path, headers)]);
  deepStrictEqual(JSON.parse(one), JSON.parse(other), `product and reference answer ${path} differently`);
}

export async function get(url: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
