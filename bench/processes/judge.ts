import 'reflect-metadata';
import { Client } from 'pg';
import { withProduct } from '../../src/commands/with-product.js';
import { JudgeProduction } from '../../src/production/judging/judge-production.js';
import { DEFAULT_PARAMETERS } from '../../src/production/rules/parameters.js';

/** Judges enterprises with 24 months of four figures each; its one argument is {@link JudgeOptions} as JSON. */
export interface JudgeOptions {
  /** Of the tables' owner, who makes the figures. */
  ownerUrl: string;
  rounds: number;
  enterprises: number;
}

/** Milliseconds. */
export interface JudgeTimes {
  /** Of all of them for the first time. */
  first: number;
  /** Again, and nothing is another. */
  same: number[];
  /** By other parameters. */
  otherParameters: number[];
  /** States that other parameters appended, in the last round. */
  appended: number;
}

const MAKE_ENTERPRISES = `
INSERT INTO enterprises (id, name, credit_code, reporting_unit_id)
SELECT uuidv7(), '测算' || n, 'BENCH' || lpad(n::text, 13, '0'), (SELECT id FROM reporting_units ORDER BY code LIMIT 1)
  FROM generate_series(1, $1::int) AS n`;
/** Each goes its own way: some fall in the second year, some report nothing for a time, all are a little unsteady. */
const MAKE_FIGURES = `
INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, revision, recorded_at)
SELECT uuidv7(), e.id, m.month, f.metric, round((f.base * (0.9 + 0.2 * random())
         * CASE WHEN e.n % 5 = 0 AND m.at > 16 THEN 0.4 ELSE 1 END)::numeric, 2), f.source, 1, '2021-11-03T00:00:00Z'
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM enterprises WHERE credit_code LIKE 'BENCH%') e
 CROSS JOIN (SELECT at, ('2019-11-01'::date + make_interval(months => at))::date AS month
               FROM generate_series(0, 23) AS at) m
 CROSS JOIN (VALUES ('output_value', 1000000, 'enterprise'), ('production_days', 22, 'enterprise'),
                    ('capacity_utilisation', 0.7, 'enterprise'), ('electricity', 80000, 'grid')) f (metric, base, source)
 WHERE (e.n + m.at) % 11 <> 0`;
const ALL_AGAIN = `INSERT INTO production_unjudged (enterprise_id) SELECT id FROM enterprises WHERE credit_code LIKE 'BENCH%'`;
const OTHER_PARAMETERS = `
INSERT INTO production_policies (version, parameters, reason, recorded_at)
SELECT max(version) + 1, $1::jsonb, 'bench', '2021-11-03T00:00:00Z' FROM production_policies`;
const STATES = 'SELECT count(*)::int AS states FROM production_states';

const { ownerUrl, rounds, enterprises }: JudgeOptions = JSON.parse(process.argv[2] ?? '{}');
const owner = new Client({ connectionString: ownerUrl });
await owner.connect();
await owner.query(MAKE_ENTERPRISES, [enterprises]);
await owner.query(MAKE_FIGURES);
await owner.query('VACUUM (ANALYZE) enterprises, production_figures');

const times: JudgeTimes = { first: Number.NaN, same: [], otherParameters: [], appended: 0 };
await withProduct(async (app) => {
  const judging = app.get(JudgeProduction);
  const judgedAgain = async (): Promise<number> => {
    await owner.query(ALL_AGAIN);
    const startedAt = performance.now();
    const judged = await judging.run();
    if (judged !== enterprises) throw new Error(`${judged} of ${enterprises} were judged`);
    return performance.now() - startedAt;
  };
  times.first = await judgedAgain();
  await owner.query('ANALYZE production_states');
  for (let round = 0; round < rounds; round += 1) {
    times.same.push(await judgedAgain());
    const reducedOutputAtMost = round % 2 === 0 ? 0.98 : DEFAULT_PARAMETERS.reducedOutputAtMost;
    await owner.query(OTHER_PARAMETERS, [JSON.stringify({ ...DEFAULT_PARAMETERS, reducedOutputAtMost })]);
    const before = await statesOf();
    times.otherParameters.push(await judgedAgain());
    times.appended = (await statesOf()) - before;
  }
});
await owner.end();
process.stdout.write(`\n${JSON.stringify(times)}\n`);

async function statesOf(): Promise<number> {
  const { rows } = await owner.query<{ states: number }>(STATES);
  return rows[0]?.states ?? 0;
}
