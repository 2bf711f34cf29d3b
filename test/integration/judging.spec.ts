import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/role.js';
import { Judgements } from '../../src/production/judging/judgements.js';
import type { EnterpriseJudgement } from '../../src/production/judging/known-production.js';
import { lockWaits } from '../support/lock-waits.js';
import type { Answer } from '../support/register-app.js';
import { ProductionWorld, year } from '../support/production-world.js';
import { until } from '../support/until.js';

let world: ProductionWorld;
let listen: ((judgements: readonly EnterpriseJudgement[]) => Promise<void>) | null = null;

beforeAll(async () => {
  world = await ProductionWorld.begin();
  const reportingUnitId = (await world.make.unit('610902')).id;
  tokens.set('task_force', await world.world.tokenOf({ username: 'force', role: 'task_force' }));
  tokens.set('county', await world.world.tokenOf({ username: 'county', role: 'county', reportingUnitId }));
  tokens.set('auditor', await world.world.tokenOf({ username: 'auditor', role: 'auditor' }));
  world.world.app.get(Judgements).listen({ judged: async (_, judgements) => listen?.(judgements) });
});
const tokens = new Map<Role, string>();
const as = (role: Role, path: string, body?: unknown, language = 'zh-CN'): Promise<Answer> =>
  world.world.ask(path, { token: tokens.get(role) ?? '', body, headers: { 'accept-language': language } });

beforeEach(() => {
  listen = null;
});
afterAll(() => world.close());

const brief = (rows: Awaited<ReturnType<ProductionWorld['states']>>): string[] =>
  rows.map(({ month, revision, status }) => `${month}/${revision} ${status}`);

describe('judging', () => {
  it('gives a revision to every month that depends on what was corrected, and to no other', async () => {
    const [mended, other] = [await world.make.enterprise(), await world.make.enterprise()];
    for (const { id } of [mended, other])
      await world.report(id, {
        ...year(2020, 100),
        '2021-01': 100,
        '2021-02': 100,
        '2021-03': 75,
        '2021-04': 75,
        '2021-05': 100,
      });
    expect(await world.judging.run()).toBe(2);
    const before = await world.states(mended.id);
    expect(brief(before).slice(11)).toEqual([
      '2021-02/1 normal',
      '2021-03/1 normal',
      '2021-04/1 reduced_output',
      '2021-05/1 reduced_output',
    ]);
    const heard: EnterpriseJudgement[] = [];
    listen = async (judgements) => void heard.push(...judgements);
    world.world.clock.advance(60_000);
    await world.report(mended.id, { '2021-03': 100 }, 2);
    expect(await world.judging.run()).toBe(1);
    expect(brief((await world.states(mended.id)).slice(before.length))).toEqual([
      '2021-03/2 normal',
      '2021-04/2 normal',
      '2021-05/2 normal',
    ]);
    expect(heard.map(({ enterpriseId, changedMonths }) => [enterpriseId, changedMonths])).toEqual([
      [mended.id, ['2021-03', '2021-04', '2021-05']],
    ]);
    expect(await world.states(other.id)).toHaveLength(before.length);
  });

  it('appends nothing where nothing is another, however often it is asked', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, year(2020, 100));
    await world.judging.run();
    const before = await world.states(id);
    for (const revision of [2, 3]) await world.report(id, year(2020, 100), revision);
    expect(await world.judging.run()).toBe(1);
    expect(await world.states(id)).toEqual(before);
    expect(await world.waiting()).toBe(0);
  });

  it('judges again what is written while it is being judged', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100 });
    listen = async () => {
      listen = null;
      // Another connection, while the transaction of the judge is open: nobody waits for anybody.
      await world.report(id, { '2021-10': 0 });
    };
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal']);
    expect(await world.waiting()).toBe(1);
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal', '2021-10/1 stalled']);
  });

  it('sees what was written, and is not yet committed, when it began', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100 });
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    let written = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const writing = world.report(id, { '2021-10': 0 }, 1, async () => {
      written();
      await held;
    });
    await isWritten;
    expect(await world.judging.run()).toBe(1);
    end();
    await writing;
    expect(await world.waiting()).toBe(1);
    await world.judging.run();
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal', '2021-10/1 stalled']);
  });

  it('by two workers at once, a few at a time, gives each month one first revision', async () => {
    const ids = [];
    for (let made = 0; made < 12; made += 1) {
      const { id } = await world.make.enterprise();
      await world.report(id, year(2021, made));
      await world.report(id, year(2021, made), 2);
      ids.push(id);
    }
    const [one, other] = await Promise.all([world.judging.run(3), world.judging.run(5)]);
    expect(one + other).toBe(12);
    for (const id of ids)
      expect((await world.states(id)).map(({ revision }) => revision)).toEqual(Array(11).fill(1));
  });

  it('leaves all waiting, and none of it written, where who listens fails; then one by one holds up none but that one', async () => {
    const [fine, broken] = [await world.make.enterprise(), await world.make.enterprise()];
    for (const { id } of [broken, fine]) await world.report(id, { '2021-10': 0 });
    listen = async (judgements) => {
      if (judgements.some(({ enterpriseId }) => enterpriseId === broken.id)) throw new Error('as if killed');
    };
    expect(await world.judging.run()).toBe(1);
    expect(await world.states(broken.id)).toEqual([]);
    expect(brief(await world.states(fine.id))).toEqual(['2021-10/1 stalled']);
    expect(await world.waiting()).toBe(1);
    listen = null;
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(broken.id))).toEqual(['2021-10/1 stalled']);
  });

  it('keeps every state for good', async () => {
    for (const change of ["UPDATE production_states SET status = 'normal'", 'DELETE FROM production_states'])
      await expect(world.world.dataSource.query(change)).rejects.toThrow();
  });

  it('takes the newest revision of the source that is most trusted, metric by metric', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100, '2021-10': 100 });
    await world.figure(id, '2021-09', 'output_value', 'tax', 90);
    await world.figure(id, '2021-09', 'output_value', 'tax', 80, 2);
    await world.figure(id, '2021-09', 'electricity', 'enterprise', 7);
    await world.figure(id, '2021-09', 'electricity', 'grid', 5);
    await world.figure(id, '2021-10', 'output_value', 'site_check', 0);
    await world.figure(id, '2021-10', 'output_value', 'tax', 50);
    let series: unknown;
    listen = async ([judgement]) => void (series = judgement?.production.series);
    await world.judging.run();
    const known = { coversMonths: 1, productionDays: 20, capacityUtilisation: null, isReported: true };
    expect(series).toMatchObject([
      { ...known, month: '2021-09', outputValue: 80, electricity: 5 },
      { ...known, month: '2021-10', outputValue: 0, electricity: null },
    ]);
  });
});

describe('what was judged', () => {
  it('is told by month with rule, months and figures in the language asked for, and all revisions on demand', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-08': 1_000_000, '2021-09': 0, '2021-10': 0 });
    await world.judging.run();
    await world.report(id, { '2021-09': 500_000 }, 2);
    await world.judging.run();
    const { body, headers } = await as('county', `/enterprises/${id}/production-states`);
    expect(headers.get('content-language')).toBe('zh-CN');
    expect(body['items']).toMatchObject([
      {
        month: '2021-10',
        coversMonths: 1,
        status: 'stalled',
        rule: 'nothing_produced',
        revision: 1,
        policyVersion: 1,
        text: '2021年10月产值为零、生产天数为零。',
      },
      { month: '2021-09', status: 'normal', revision: 2 },
      {
        month: '2021-08',
        status: 'normal',
        facts: { output: 1_000_000, days: 20, utilisation: null, lastYear: null },
      },
    ]);
    const all = await as('task_force', `/enterprises/${id}/production-states?history=true`, undefined, 'en');
    expect(all.body['items']).toMatchObject([
      { month: '2021-10', text: 'Output 0 and production days 0 in 2021-10.' },
      { month: '2021-09', revision: 2 },
      { month: '2021-09', revision: 1, status: 'stalled' },
      { month: '2021-08' },
    ]);
    const page = await as('task_force', `/enterprises/${id}/production-states?history=true&limit=2`);
    const next = await as(
      'task_force',
      `/enterprises/${id}/production-states?history=true&limit=2&cursor=${String(page.body['nextCursor'])}`,
    );
    expect(next.body['items']).toMatchObject([{ month: '2021-09', revision: 1 }, { month: '2021-08' }]);
  });

  it('says how an enterprise produces now, since when, and whether it is being judged; lists find by it', async () => {
    const { id, name } = await world.make.enterprise();
    const status = async (): Promise<unknown> =>
      (await as('county', `/enterprises/${id}/production-status`)).body;
    expect(await status()).toEqual({
      status: 'unknown',
      sinceMonth: null,
      state: null,
      isBeingJudged: false,
    });
    await world.report(id, { '2021-08': 100, '2021-09': 0, '2021-10': 0 });
    expect(await status()).toMatchObject({ isBeingJudged: true });
    await world.judging.run();
    expect(await status()).toMatchObject({
      status: 'stalled',
      sinceMonth: '2021-09',
      state: { month: '2021-10', rule: 'nothing_produced' },
      isBeingJudged: false,
    });
    const found = async (query: string): Promise<unknown> =>
      (await as('county', `/enterprises?q=${encodeURIComponent(name)}&${query}`)).body['items'];
    expect(await found('productionStatus=stalled&productionStatus=suspected')).toMatchObject([{ id }]);
    expect(await found('productionStatus=normal')).toEqual([]);
    expect((await as('county', '/enterprises?productionStatus=fine')).status).toBe(400);
  });

  it('is not shown to who may not see the enterprise', async () => {
    const { id } = await world.make.enterprise('610921');
    for (const path of ['production-states', 'production-status']) {
      expect((await as('county', `/enterprises/${id}/${path}`)).status).toBe(404);
      expect((await as('auditor', `/enterprises/${id}/${path}`)).status).toBe(403);
      expect((await as('task_force', `/enterprises/${id}/${path}`)).status).toBe(200);
    }
  });

  it('is judged anew when a figure is reported, or the baseline is another, and not for another name', async () => {
    const { id } = await world.make.enterprise();
    await world.judging.run();
    const report = { month: '2021-10', source: 'enterprise', outputValue: 100 };
    expect((await as('task_force', `/enterprises/${id}/production-reports`, report)).status).toBe(201);
    expect(await world.judging.run()).toBe(1);
    const change = (version: number, body: object): Promise<Answer> =>
      world.world.ask(`/enterprises/${id}`, {
        method: 'PATCH',
        token: tokens.get('task_force') ?? '',
        body,
        headers: { 'if-match': `"${version}"` },
      });
    expect((await change(1, { park: '江南产业园', baselineMonthlyOutput: null })).status).toBe(200);
    expect(await world.judging.run()).toBe(0);
    expect((await change(2, { baselineMonthlyOutput: 250 })).status).toBe(200);
    let given: unknown;
    listen = async ([judgement]) => void (given = judgement?.production.baseline);
    expect(await world.judging.run()).toBe(1);
    expect(given).toEqual({ givenOutput: 250 });
  });
});

describe('the parameters', () => {
  const current = async (): Promise<Record<string, unknown> & { version: number; parameters: object }> =>
    Object((await as('task_force', '/production-policies/current')).body);

  it('that another version sets judge everyone anew, and states say by which they were judged', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, {
      ...year(2020, 100),
      '2021-01': 100,
      '2021-02': 100,
      '2021-03': 100,
      '2021-04': 86,
      '2021-05': 86,
    });
    await world.judging.run();
    const { version, parameters } = await current();
    const body = {
      parameters: { ...parameters, reducedOutputAtMost: 0.86 },
      reason: '回测后调整',
      basedOnVersion: version,
    };
    const saved = await as('task_force', '/production-policies', body);
    expect(saved).toMatchObject({
      status: 201,
      body: { version: version + 1, isInForce: true, reason: '回测后调整' },
    });
    await world.judging.run();
    expect((await world.states(id)).filter(({ policyVersion }) => policyVersion > version)).toMatchObject([
      { month: '2021-05', revision: 2, status: 'reduced_output', rule: 'output_below_last_year' },
    ]);
    const { body: list } = await as('county', '/production-policies');
    expect(list['items']).toMatchObject([
      { version: version + 1, isInForce: true, parameters: { reducedOutputAtMost: 0.86 } },
      { version, isInForce: false, parameters: { reducedOutputAtMost: 0.8 } },
    ]);
    const trail = await world.world.dataSource.query(
      `SELECT payload ->> 'reason' AS reason FROM audit_events WHERE type = 'production_policy_changed'`,
    );
    expect(trail).toEqual([{ reason: '回测后调整' }]);
    expect(await as('task_force', '/production-policies', body)).toMatchObject({
      status: 409,
      body: {
        code: 'PRODUCTION_POLICY_STALE',
        params: { basedOnVersion: version, versionInForce: version + 1 },
      },
    });
  });

  it('are saved by one of two who change them at once', async () => {
    const { version, parameters } = await current();
    const body = { parameters, reason: '同时', basedOnVersion: version };
    const answers = await Promise.all([1, 2, 3].map(() => as('task_force', '/production-policies', body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('wait for a batch that is being judged, which is then judged again', async () => {
    const { id } = await world.make.enterprise();
    const { version, parameters } = await current();
    const saving: Array<Promise<Answer>> = [];
    const versions: number[] = [];
    const keep = async (judgements: readonly EnterpriseJudgement[]): Promise<void> =>
      void versions.push(...judgements.map(({ production }) => production.policy.version));
    await world.judging.run();
    await world.report(id, { '2021-10': 100 });
    listen = async (judgements) => {
      await keep(judgements);
      const body = { parameters, reason: '其间', basedOnVersion: version };
      saving.push(as('task_force', '/production-policies', body));
      await until(async () => (await lockWaits({ query: (sql) => world.world.dataSource.query(sql) })) > 0);
    };
    expect(await world.judging.run()).toBe(1);
    listen = keep;
    expect((await saving[0])?.status).toBe(201);
    await world.judging.run();
    expect(versions[0]).toBe(version);
    expect(new Set(versions.slice(1))).toEqual(new Set([version + 1]));
  });

  it.each([
    ['a share that is none', { reducedOutputAtMost: 1.2 }, 'VALIDATION_FAILED'],
    ['half a month', { onTargetMonths: 1.5 }, 'VALIDATION_FAILED'],
    ['a milestone of one’s own', { closureMilestone: 'rich' }, 'VALIDATION_FAILED'],
    ['one that is left out', { relapseMonths: undefined }, 'VALIDATION_FAILED'],
    ['one that nobody knows', { luck: 1 }, 'VALIDATION_FAILED'],
    ['a milestone below the one before it', { onTargetOutputAtLeast: 0.5 }, 'PARAMETERS_INVALID'],
  ])('may not be %s', async (_, over, code) => {
    const { version, parameters } = await current();
    const body = { parameters: { ...parameters, ...over }, reason: '试', basedOnVersion: version };
    expect(await as('task_force', '/production-policies', body)).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  it('are changed by nobody else', async () => {
    const { version, parameters } = await current();
    const body = { parameters, reason: '试', basedOnVersion: version };
    for (const role of ['county', 'auditor'] as const)
      expect((await as(role, '/production-policies', body)).status).toBe(403);
    expect((await as('auditor', '/production-policies')).status).toBe(403);
  });
});
