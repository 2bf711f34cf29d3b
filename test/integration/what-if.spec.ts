import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { readPolicy } from '../../src/commands/policy-file.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { JudgeProduction } from '../../src/production/judging/judge-production.js';
import { Unjudged } from '../../src/production/judging/unjudged.js';
import { wholeView } from '../../src/production/what-if/preview-view.js';
import { WhatIf, type WhatIfAsk } from '../../src/production/what-if/what-if.js';
import { whatIfWording } from '../../src/production/what-if/what-if-wording.js';
import { RegisterFactory } from '../factories/register.js';
import type { LifeName } from '../simulation/lives.js';
import { nameOf } from '../simulation/months.js';
import type { Metric } from '../simulation/reports.js';
import { enterprises, type SimulatedEnterprise } from '../simulation/world.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

/** One enterprise of each kind of life, in the real product. */
const SIMULATED = enterprises(20_211_010, 1);
const METRICS: Record<Metric, string> = {
  outputValue: 'output_value',
  productionDays: 'production_days',
  capacityUtilisation: 'capacity_utilisation',
  electricity: 'electricity',
  staff: 'staff',
};

let app: TestApp;
let office: Client;
let county: Client;
const ids = new Map<LifeName, string>();

/** The tenth of a month, office time. */
const tenthOf = (month: number): Date => new Date(`${nameOf(month)}-10T09:00:00+08:00`);

async function enter({ name, life, reports }: SimulatedEnterprise, { id }: Enterprise): Promise<void> {
  const revisions = new Map<string, number>();
  const rows = reports.map(({ month, coversMonths, metric, source, value, arrivesIn }) => {
    const key = `${month} ${metric} ${source}`;
    const revision = (revisions.get(key) ?? 0) + 1;
    revisions.set(key, revision);
    return {
      id: uuidv7(),
      month: `${month}-01`,
      coversMonths,
      metric: METRICS[metric],
      source,
      value,
      revision,
      at: tenthOf(arrivesIn),
    };
  });
  const { dataSource } = app.database;
  await dataSource.query(
    `INSERT INTO production_figures (id, enterprise_id, month, covers_months, metric, source, value, revision, recorded_at)
     SELECT r.id, $1, r.month, r."coversMonths", r.metric, r.source, r.value, r.revision, r.at
       FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, month date, "coversMonths" smallint, metric text, source text,
                                                value numeric, revision int, at timestamptz)`,
    [id, JSON.stringify(rows)],
  );
  for (const { kind, from, to } of life.stops)
    await dataSource.query(
      `INSERT INTO production_stops (id, enterprise_id, kind, from_month, to_month, reason, recorded_at)
       VALUES ($1, $2, $3, $4, $5, '检修', $6)`,
      [uuidv7(), id, kind, `${nameOf(Math.max(0, from))}-01`, `${nameOf(to)}-01`, tenthOf(0)],
    );
  ids.set(name, id);
}

beforeAll(async () => {
  app = await createTestApp({ clock: new FakeClock(new Date('2022-01-20T09:00:00+08:00')) });
  const make = new RegisterFactory(app.database.dataSource);
  for (const [at, one] of SIMULATED.entries())
    await enter(one, await make.enterprise(at % 2 === 0 ? '610902' : '610921'));
  await app.app.get(Transactions).run((tx) => app.app.get(Unjudged).add(tx, [...ids.values()]));
  await app.app.get(JudgeProduction).run();
  office = await app.as('task_force');
  const unit = await make.unit('610921');
  const { username, password } = await make.account('county', { reportingUnitId: unit.id });
  county = await app.signIn(username, password);
});
afterAll(() => app.close());

const idOf = (name: LifeName): string => {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`nobody lives “${name}”`);
  return id;
};
const count = async (table: string): Promise<number> => {
  const [row]: Array<{ count: number }> = await app.database.dataSource.query(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return row?.count ?? -1;
};
const ask = (over: Partial<WhatIfAsk>): WhatIfAsk => ({
  asOf: '2021-12',
  knownAt: null,
  parameters: null,
  unit: null,
  most: 1_000,
  withinMs: 60_000,
  ...over,
});

describe('a simulated enterprise of each kind in the real product', () => {
  it('opens no case by itself, whatever is found', async () => {
    expect(await count('distress_candidates')).toBeGreaterThan(5);
    expect(await count('cases')).toBe(0);
  });

  it('opens one where a person accepts a candidate', async () => {
    const { body: page } = await office.get<{ items: Array<{ id: string; kind: string }> }>(
      '/detection/candidates?limit=200&status=open',
    );
    const found = page.items.find(({ kind }) => kind === 'new_distress');
    const { status } = await office.post(`/detection/candidates/${found?.id}/accept`, {});
    expect(status).toBeLessThan(300);
    expect(await count('cases')).toBe(1);
    // Nothing has come back: no milestone is told of it.
    expect(await count(`case_events WHERE type = 'milestone_reached'`)).toBe(0);
  });
});

describe('what if', () => {
  it('says of today what was judged, by parameters in force', async () => {
    const { report, isComplete } = await app.app.get(WhatIf).run(ask({}));
    const judged: Array<{ id: string; status: string }> = await app.database.dataSource.query(
      `SELECT enterprise_id AS id, status FROM production_statuses WHERE month = '2021-12-01' AND status NOT IN ('normal', 'unknown')`,
    );
    expect(isComplete).toBe(true);
    expect(report.enterprises).toBe(SIMULATED.length);
    expect(
      report.standings
        .map(({ enterprise, judged: { status } }) => ({ id: enterprise.id, status }))
        .toSorted(byId),
    ).toEqual(judged.toSorted(byId));
    expect([report.differing, report.differences]).toEqual([0, []]);
    const counted = report.counts.flatMap(({ statuses }) => Object.values(statuses));
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(SIMULATED.length);
  });

  it('knows of a past month no more than was known then', async () => {
    const before = tenthOf(20);
    const { report } = await app.app.get(WhatIf).run(ask({ asOf: nameOf(20), knownAt: before }));
    // Figures of a month come on the tenth of the next at the earliest.
    expect(report.counts.flatMap(({ statuses }) => statuses.unknown).reduce((sum, one) => sum + one, 0)).toBe(
      report.enterprises - report.distressed - normal(report.counts),
    );
    expect(report.standings).toEqual([]);
    expect(report.differing).toBeGreaterThan(5);
  });

  it('names who would stand otherwise, and why, and writes nothing', async () => {
    const tables = ['production_states', 'production_policies', 'distress_candidates', 'production_unjudged'];
    const before = await Promise.all(tables.map(count));
    const { status, body } = await office.post<{ differing: number; differences: Standings[] }>(
      '/production-policies/preview',
      { asOf: '2021-12', parameters: { stalledMonths: 12 } },
      { 'accept-language': 'en' },
    );
    expect(status).toBe(200);
    expect(body.differing).toBeGreaterThan(0);
    const stopped = body.differences.find(({ enterprise }) => enterprise.id === idOf('sudden stop'));
    expect(stopped?.holds).toMatchObject({ status: 'stalled', words: expect.stringContaining('Output 0') });
    expect(stopped?.asked.status).not.toBe('stalled');
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  it('is for one unit where one is named', async () => {
    const { report } = await app.app.get(WhatIf).run(ask({ unit: '610921' }));
    expect(report.counts.map(({ unitCode }) => unitCode)).toEqual(['610921']);
    await expect(app.app.get(WhatIf).run(ask({ unit: '999999' }))).rejects.toMatchObject({
      code: 'REPORTING_UNIT_UNKNOWN',
    });
  });

  it('tells a terminal in words', async () => {
    const answer = await app.app.get(WhatIf).run(ask({ parameters: { stalledMonths: 12 } }));
    const words = whatIfWording(answer, 'en');
    expect(words).toContain('Otherwise than now:');
    expect(words).toMatch(/stalled( \+ [\w ]+)? → /);
    expect(whatIfWording(answer, 'zh-CN')).toContain('停产');
    const { inDistress, raised } = wholeView(answer, 'en');
    expect([inDistress.length, raised.length]).toEqual([answer.report.distressed, answer.report.raised]);
  });

  it.each([
    [{ asOf: '2021-01', parameters: {} }, ['MONTH_JUDGED_IN_FEBRUARY']],
    [{ asOf: '2022-02', parameters: {} }, ['DATE_IN_FUTURE']],
    [
      { asOf: '2021-12', parameters: { stalledMonth: 2, reducedOutputAtMost: '80%' } },
      ['PARAMETER_UNKNOWN', 'PARAMETER_NOT_OF_ITS_KIND'],
    ],
    [
      { asOf: '2021-12', parameters: { semiStalledOutputAtMost: 0.9, stalledMonths: 0 } },
      ['PARAMETER_OUT_OF_BOUNDS', 'PARAMETERS_CONTRADICT'],
    ],
  ])('refuses %j, each fault named', async (body, codes) => {
    const answer = await office.post<{ errors: Array<{ code: string }> }>(
      '/production-policies/preview',
      body,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ code }) => code)).toEqual(codes);
  });

  it('is for the office alone', async () => {
    const { status } = await county.post('/production-policies/preview', { asOf: '2021-12', parameters: {} });
    expect(status).toBe(403);
  });

  it('reads a file of some parameters, and says what is wrong with one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shukun-policy-'));
    const file = path.join(folder, 'policy.json');
    await writeFile(file, '{"stalledMonths": 2}');
    expect(await readPolicy(file)).toEqual({ stalledMonths: 2 });
    for (const wrong of ['[1]', 'null', '{"stalledMonths": 2', '"2"']) {
      await writeFile(file, wrong);
      await expect(readPolicy(file)).rejects.toThrow('is no JSON object');
    }
    await rm(folder, { recursive: true });
    await expect(readPolicy(file)).rejects.toThrow('cannot be read');
  });
});

interface Standings {
  enterprise: { id: string };
  holds: { status: string; words: string };
  asked: { status: string };
}

const byId = (one: { id: string }, other: { id: string }): number => one.id.localeCompare(other.id);
const normal = (counts: ReadonlyArray<{ statuses: { normal: number } }>): number =>
  counts.reduce((sum, { statuses }) => sum + statuses.normal, 0);

describe('the series of an enterprise', () => {
  interface Series {
    months: Array<{
      month: string;
      coversMonths: number;
      outputValue: { value: number; source: string; revision: number } | null;
    }>;
    bands: Array<{ from: string; to: string; status: string; words: string }>;
    outputBaseline: Array<{ from: string; to: string; value: number; source: string }>;
    stops: unknown[];
    episodes: unknown[];
  }
  const series = (client: Client, name: LifeName, query: string) =>
    client.get<Series & { code: string }>(`/enterprises/${idOf(name)}/production-series${query}`, {
      'accept-language': 'en',
    });

  it('has every month, its bands and what it is compared with', async () => {
    const { status, body } = await series(office, 'sudden stop', '?from=2019-01&to=2021-12');
    expect(status).toBe(200);
    expect(new Set(body.months.map(({ month }) => month)).size).toBe(36);
    expect(body.bands.at(-1)).toMatchObject({
      to: '2021-12',
      status: 'stalled',
      words: expect.stringContaining('Output 0'),
    });
    // Months of distress are compared with what was before them, all with the same.
    expect(body.outputBaseline.at(-1)).toMatchObject({ to: '2021-12', source: 'mean' });
    const [line, band] = [body.outputBaseline.at(-1), body.bands.at(-1)];
    expect(line?.from.localeCompare(band?.from ?? '')).toBeLessThanOrEqual(0);
  });

  it('shows stops on record, and the last two years unless it is asked for others', async () => {
    const { body } = await series(office, 'planned stop on record', '');
    expect(body.stops).toHaveLength(1);
    expect(body.months[0]?.month).toBe('2020-02');
    expect(body.months.at(-1)).toMatchObject({ month: '2022-01', outputValue: null });
  });

  it.each([
    ['?from=2021-12&to=2021-11', 'MONTHS_REVERSED'],
    ['?from=2011-12&to=2021-12', 'MONTHS_TOO_MANY'],
    ['?from=2021-13', 'VALIDATION_FAILED'],
  ])('of %s is refused', async (query, code) => {
    const answer = await series(office, 'sudden stop', query);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('shows episodes and milestones of the cases that the asker may see, and of no other', async () => {
    const make = new RegisterFactory(app.database.dataSource);
    const [leads, helps] = [await make.department(), await make.department()];
    const [official, helper] = [await make.official(leads), await make.official(helps)];
    const [opened]: Array<{ id: string; enterpriseId: string }> = await app.database.dataSource.query(
      'SELECT id, enterprise_id AS "enterpriseId" FROM cases',
    );
    const { id, enterpriseId } = opened ?? { id: '', enterpriseId: '' };
    const given = (departmentId: string, officialId: string) => ({
      departmentId,
      officialId,
      complexity: 'simple',
    });
    await office.post(`/cases/${id}/assign`, given(leads.id, official.id));
    const problem = await office.post<{ id: string }>(`/enterprises/${enterpriseId}/problems`, {
      title: '用电',
      category: 'energy',
      cause: 'government',
    });
    await office.post(`/problems/${problem.body.id}/assign`, given(helps.id, helper.id));
    const episodesOf = async (departmentId: string): Promise<unknown> => {
      const { username, password } = await make.account('department', { departmentId });
      const client = await app.signIn(username, password);
      const { status, body } = await client.get<Series>(`/enterprises/${enterpriseId}/production-series`);
      return [status, body.episodes];
    };
    const episode = { caseId: id, isReopened: false, openedOn: '2022-01-20', closedOn: null, end: null };
    expect(await episodesOf(leads.id)).toEqual([200, [expect.objectContaining(episode)]]);
    // It works a problem of the enterprise, and sees no case.
    expect(await episodesOf(helps.id)).toEqual([200, []]);
  });

  it('is not there for who may not see the enterprise', async () => {
    const seen = await Promise.all([...ids.keys()].map((name) => series(county, name, '')));
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200, 404]));
    expect(seen.filter(({ status }) => status === 200)).toHaveLength(SIMULATED.length / 2);
  });
});
