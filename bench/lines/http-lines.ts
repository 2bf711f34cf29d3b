import { deepStrictEqual } from 'node:assert/strict';
import type { Bench } from '../bench.js';
import { figureOf, type Line, medianOf, ratiosOf } from '../report/figures.js';
import { type Running, startProcess } from '../surroundings/process.js';
import { productEnvironment, runScript, Session, startProduct } from '../surroundings/product.js';
import { withClient } from '../surroundings/servers.js';
import type { BareOptions } from '../processes/bare-server.js';
import { load, type LoadResult } from './http-load.js';

/** The county office of this unit asks; its example account has it. */
const UNIT = '610902';
const MOST_PATHS = 2_000;
const WARM_UP_SECONDS = 3;
const PAGES = 40;

interface Account {
  role: string;
  username: string;
  password: string;
}

/** Reads by HTTP, the product and the bare server in turn. */
export async function httpLines(bench: Bench, database: string): Promise<Line[]> {
  const accounts = await runScript<Account[]>(
    bench,
    'accounts',
    'src/cli.js',
    ['example-accounts'],
    database,
  );
  const account = accounts.find(({ role }) => role === 'county');
  if (account === undefined) throw new Error('there is no county account');
  const product = await startProduct(bench, database);
  const session = await Session.open(product.url, account.username, account.password);
  const bare = await startBare(bench, database, account.username);
  try {
    const compare = new Comparison(bench, product, bare, session);
    const lines: Line[] = [];
    if (bench.options.lines.has('read'))
      lines.push(await compare.line('read a case by id', await caseIds(bench, database)));
    if (bench.options.lines.has('list'))
      lines.push(await compare.line('list 25 by reporting unit and due date', await compare.pages()));
    return lines;
  } finally {
    await product.stop();
    await bare.stop();
  }
}

class Comparison {
  constructor(
    private readonly bench: Bench,
    private readonly product: Running,
    private readonly bare: Running,
    private readonly session: Session,
  ) {}

  async line(what: string, paths: readonly string[]): Promise<Line> {
    const { rounds, seconds } = this.bench.options;
    for (const path of paths.slice(0, 50)) await this.requireSameJson(path);
    for (const side of ['product', 'bare'] as const) await this.load(side, paths, WARM_UP_SECONDS);
    const results: Record<'product' | 'bare', LoadResult[]> = { product: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      const turns = round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const);
      for (const side of turns) results[side].push(await this.load(side, paths, seconds));
      this.bench.launch.progress.note(`  ${what}: round ${round + 1} of ${rounds}`);
    }
    const perSecond = (side: LoadResult[]): number[] => side.map((result) => result.requestsPerSecond);
    const p99 = (side: LoadResult[]): number => medianOf(side.map((result) => result.p99Ms));
    const ratio = ratiosOf(perSecond(results.product), perSecond(results.bare));
    return {
      what,
      unit: 'requests/s',
      product: figureOf(perSecond(results.product)),
      reference: figureOf(perSecond(results.bare)),
      ratio,
      p99: { product: p99(results.product), reference: p99(results.bare) },
      target: '≥ 0.6 of bare',
      isMet: ratio.median >= 0.6,
    };
  }

  /** The first pages of the unit's list, as far as it goes. */
  async pages(): Promise<string[]> {
    const first = `/api/v1/cases?reportingUnit=${UNIT}`;
    const paths = [first];
    const headers = await this.headers();
    for (let path = first; paths.length < PAGES;) {
      const { nextCursor }: { nextCursor: string | null } = JSON.parse(
        await get(this.product.url + path, headers),
      );
      if (nextCursor === null) break;
      path = `${first}&cursor=${nextCursor}`;
      paths.push(path);
    }
    return paths;
  }

  private async load(
    side: 'product' | 'bare',
    paths: readonly string[],
    seconds: number,
  ): Promise<LoadResult> {
    const headers = await this.headers();
    const { connections } = this.bench.options;
    return load({ url: this[side].url, headers, paths, connections, seconds });
  }

  private async requireSameJson(path: string): Promise<void> {
    const headers = await this.headers();
    const [one, other] = await Promise.all([
      get(this.product.url + path, headers),
      get(this.bare.url + path, headers),
    ]);
    deepStrictEqual(JSON.parse(one), JSON.parse(other), `product and reference answer ${path} differently`);
  }

  private async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.session.freshToken()}` };
  }
}

async function startBare(bench: Bench, database: string, username: string): Promise<Running> {
  const databaseUrl = bench.servers.applicationUrl(database);
  const actor = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string; unit: string }>(
      'SELECT id, reporting_unit_id AS unit FROM accounts WHERE username = $1',
      [username],
    );
    const [found] = rows;
    if (found === undefined) throw new Error(`there is no account ${username}`);
    return found;
  });
  const options: BareOptions = {
    databaseUrl,
    tokenSecret: bench.servers.secrets.tokenSecret,
    actor: {
      kind: 'account',
      accountId: actor.id,
      role: 'county',
      departmentId: null,
      officialId: null,
      reportingUnitId: actor.unit,
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

/** Cases of the unit from all over the data set, in no order. */
async function caseIds({ servers }: Bench, database: string): Promise<string[]> {
  const { rows } = await withClient(servers.ownerUrl(database), (client) =>
    client.query<{ id: string }>(
      `SELECT c.id FROM cases c JOIN reporting_units u ON u.id = c.reporting_unit_id
        WHERE u.code = $1 ORDER BY hashtext(c.number) LIMIT ${MOST_PATHS}`,
      [UNIT],
    ),
  );
  return rows.map(({ id }) => `/api/v1/cases/${id}`);
}

async function get(url: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
