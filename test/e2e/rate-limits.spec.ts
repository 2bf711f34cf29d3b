import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { RateLimit } from '../../src/platform/http/limits/rate-limit.js';
import { SharedCounts } from '../../src/platform/http/limits/shared-counts.js';
import { CutOff } from '../support/cut-off.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Answer, Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const REDIS = process.env['REDIS_URL'] ?? '';
const worlds: TestApp[] = [];
const closing: Array<() => unknown> = [];
/** Of the one window of a test: it stands still, so nothing begins anew while it runs. */
const clock = new FakeClock(new Date('2026-01-05T09:00:18+08:00'));

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const close of closing.splice(0)) await close();
  clock.set('2026-01-05T09:00:18+08:00');
});

async function open(environment: Record<string, string>): Promise<TestApp> {
  const world = await createTestApp({ clock, environment });
  worlds.push(world);
  return world;
}

const accountOf = async (client: Client): Promise<{ username: string }> => {
  const { body } = await client.get<{ username: string }>('/auth/me');
  return body;
};

const me = (client: Client) => (): Promise<Answer> => client.get('/auth/me');

async function statuses(count: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const answers: number[] = [];
  for (let turn = 0; turn < count; turn += 1) answers.push((await ask()).status);
  return answers;
}

const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

/** What Redis holds of whoever has taken most of a limit. */
function counted(prefix: string, limit: string): () => Promise<number> {
  const redis = new Redis(REDIS);
  closing.push(() => redis.disconnect());
  return async () => {
    const keys = await redis.keys(`${prefix}:limit:${limit}:*`);
    return Math.max(0, ...(keys.length === 0 ? [] : await redis.mget(keys)).map(Number));
  };
}

describe('the limit of an account', () => {
  it('is told with every answer, and refuses beyond it', async () => {
    const world = await open({ RATE_LIMIT_ACCOUNT: '3' });
    const office = await world.as('task_force');
    const first = await office.get('/auth/me');
    expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual([
      '"account";q=3;w=60',
      '"account";r=2;t=42',
    ]);
    expect(await statuses(3, me(office))).toEqual([200, 200, 429]);
    const refused = await office.get('/cases');
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', params: { limit: 3, window: 60 } });
    expect(['retry-after', 'ratelimit', 'cache-control'].map((name) => refused.headers.get(name))).toEqual([
      '42',
      '"account";r=0;t=42',
      'no-store',
    ]);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await statuses(1, me(await world.as('leader')))).toEqual([200]);
    clock.advance(42_000);
    expect(await statuses(1, me(office))).toEqual([200]);
  });

  it('counts what is refused to him as well', async () => {
    const world = await open({ RATE_LIMIT_ACCOUNT: '3' });
    const auditor = await world.as('auditor');
    expect(await statuses(5, () => auditor.get('/cases'))).toEqual([403, 403, 403, 429, 429]);
    expect(await statuses(1, () => auditor.post('/auth/logout'))).toEqual([429]);
  });

  it('holds for all processes together', async () => {
    const prefix = `{test-${randomUUID()}}`;
    const shared = {
      REDIS_PREFIX: prefix,
      TOKEN_SECRET: randomUUID() + randomUUID(),
      RATE_LIMIT_ACCOUNT: '200',
    };
    const one = await open(shared);
    const other = await open({ ...shared, DATABASE_URL: one.database.url });
    const here = await one.as('task_force');
    const there = new Client(other.url, here.token);
    expect(await statuses(190, me(here))).toEqual(times(190, 200));
    const count = counted(prefix, 'account');
    await until(async () => (await count()) === 190);
    let letThrough = 0;
    await until(async () => {
      const { status } = await there.get('/auth/me');
      if (status === 200) letThrough += 1;
      return status === 429;
    });
    // Ten remained; until it had heard of the others, it knew of its own only.
    expect(letThrough).toBeGreaterThanOrEqual(10);
    expect(letThrough).toBeLessThan(190);
  });
});

describe('the limit of an address', () => {
  const anonymous = (world: TestApp, address?: string) => async (): Promise<Answer> =>
    new Client(world.url, null).get('/cases', address === undefined ? {} : { 'x-forwarded-for': address });

  it('counts whoever has not said who he is', async () => {
    const world = await open({ RATE_LIMIT_ADDRESS: '2' });
    const [first] = [await anonymous(world)()];
    expect([first.status, first.headers.get('ratelimit')]).toEqual([401, '"address";r=1;t=42']);
    expect(await statuses(2, anonymous(world))).toEqual([401, 429]);
    expect((await fetch(`${world.url}/api/openapi.json`)).status).toBe(429);
    expect((await fetch(`${world.url}/nothing`)).status).toBe(429);
  });

  it('cannot be passed by a forged address', async () => {
    const world = await open({ RATE_LIMIT_ADDRESS: '2' });
    expect(await statuses(2, anonymous(world, '192.0.2.1'))).toEqual([401, 401]);
    expect(await statuses(1, anonymous(world, '192.0.2.2'))).toEqual([429]);
  });

  it('believes a trusted proxy, and of what it passes on only what it has seen itself', async () => {
    const world = await open({ RATE_LIMIT_ADDRESS: '2', TRUSTED_PROXIES: '127.0.0.0/8' });
    expect(await statuses(3, anonymous(world, '192.0.2.1'))).toEqual([401, 401, 429]);
    expect(await statuses(1, anonymous(world, '198.51.100.9, 192.0.2.1'))).toEqual([429]);
    expect(await statuses(3, anonymous(world, '192.0.2.2'))).toEqual([401, 401, 429]);
    expect(await statuses(3, anonymous(world, '2001:db8:1:2::1'))).toEqual([401, 401, 429]);
    expect(await statuses(1, anonymous(world, '2001:db8:1:2::ffff'))).toEqual([429]);
  });
});

describe('the limit of sign-in', () => {
  const signIn = (world: TestApp, username: string, address: string) => (): Promise<Answer> =>
    new Client(world.url, null).post(
      '/auth/login',
      { username, password: 'not the password' },
      { 'x-forwarded-for': address },
    );

  it('is of an address, for all names, and of a name, for all addresses', async () => {
    const world = await open({ RATE_LIMIT_SIGN_IN: '6', TRUSTED_PROXIES: '127.0.0.0/8' });
    expect(await statuses(3, signIn(world, 'somebody', '192.0.2.1'))).toEqual([401, 401, 429]);
    const elsewhere = await signIn(world, 'SOMEBODY', '192.0.2.2')();
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([429, 'RATE_LIMITED']);
    const others = ['a', 'b', 'c', 'd'].map((name) => signIn(world, `somebody-${name}`, '192.0.2.1'));
    for (const [turn, ask] of others.entries()) expect((await ask()).status).toBe(turn < 3 ? 401 : 429);
    expect(await statuses(1, signIn(world, 'somebody-else', '192.0.2.2'))).toEqual([401]);
  });

  it('keeps an account from being tried: the right password is not looked at either', async () => {
    const world = await open({ RATE_LIMIT_SIGN_IN: '3' });
    const { username } = await accountOf(await world.as('task_force'));
    expect(await statuses(1, signIn(world, username, '127.0.0.1'))).toEqual([401]);
    await expect(world.as('task_force')).resolves.toMatchObject({ token: undefined });
  });

  it('does not count who was right, of an address and of a name, here and in Redis', async () => {
    const prefix = `{test-${randomUUID()}}`;
    const world = await open({ RATE_LIMIT_SIGN_IN: '3', REDIS_PREFIX: prefix });
    for (let turn = 0; turn < 8; turn += 1) {
      const client = await world.as(turn < 4 ? 'task_force' : 'leader');
      expect(client.token).toEqual(expect.any(String));
    }
    expect(await statuses(4, signIn(world, 'a', '127.0.0.1'))).toEqual([401, 429, 429, 429]);
    await until(async () => (await counted(prefix, 'sign-in')()) === 3);
    expect(await counted(prefix, 'sign-in-name')()).toBe(1);
  });
});

describe('while Redis is away', () => {
  it('limits hold, requests do not wait, and what was counted is told once it is back', async () => {
    const redisUrl = new URL(REDIS);
    const way = await CutOff.to(REDIS);
    closing.push(() => way.close());
    redisUrl.host = `127.0.0.1:${way.port}`;
    const prefix = `{test-${randomUUID()}}`;
    const count = counted(prefix, 'account');
    const world = await open({ REDIS_URL: redisUrl.href, REDIS_PREFIX: prefix, RATE_LIMIT_ACCOUNT: '60' });
    const office = await world.as('task_force');
    expect(await statuses(20, me(office))).toEqual(times(20, 200));
    await until(async () => (await count()) === 20);

    way.cut();
    expect(await statuses(60, me(office))).toEqual([...times(40, 200), ...times(20, 429)]);
    expect(await count()).toBe(20);
    expect(await refusals(world)).toEqual([401, 401, 401, 403]);

    way.mend();
    await until(async () => (await count()) === 60);
    expect(await statuses(1, me(office))).toEqual([429]);
  });

  it('one that answers late counts once what it was told many times', async () => {
    const redisUrl = new URL(REDIS);
    const way = await CutOff.to(REDIS);
    closing.push(() => way.close());
    redisUrl.host = `127.0.0.1:${way.port}`;
    const prefix = `{test-${randomUUID()}}`;
    const count = counted(prefix, 'account');
    const limit = new RateLimit('account', 1_000);
    const counts = new SharedCounts(redisUrl.href, prefix, [limit]);
    closing.push(() => counts.close());
    const take = (times: number): void => {
      for (let turn = 0; turn < times; turn += 1) limit.take('somebody', clock.now());
    };
    take(1);
    await counts.tell();
    way.holdBack();
    take(20);
    // Each ends without an answer, though Redis has carried it out; the last ones on a new way to it.
    for (let turn = 0; turn < 3; turn += 1) await counts.tell();
    expect(await count()).toBe(21);
    way.letThrough();
    take(4);
    await until(async () => {
      await counts.tell();
      return !limit.hasUntold && (await count()) >= 25;
    });
    expect([await count(), limit.take('somebody', clock.now())]).toEqual([25, 1_000 - 26]);
  });

  it('from the start: limits hold for the process, and nobody gets in who did not before', async () => {
    const world = await open({
      REDIS_URL: 'redis://127.0.0.1:1',
      RATE_LIMIT_ACCOUNT: '5',
      RATE_LIMIT_ADDRESS: '1000',
      RATE_LIMIT_SIGN_IN: '6',
    });
    expect(await refusals(world)).toEqual([401, 401, 401, 403]);
    expect(await statuses(6, me(await world.as('task_force')))).toEqual([...times(5, 200), 429]);
    const guess = (): Promise<Answer> =>
      new Client(world.url, null).post('/auth/login', { username: 'somebody', password: 'x'.repeat(12) });
    expect(await statuses(4, guess)).toEqual([401, 401, 429, 429]);
  });

  /** Of nobody, of a token that is none, of one that was signed out, and of one who may not. */
  async function refusals(world: TestApp): Promise<number[]> {
    const gone = await world.as('leader');
    await gone.post('/auth/logout');
    const auditor = await world.as('auditor');
    const askers = [new Client(world.url, null), new Client(world.url, 'x.y.z'), gone, auditor];
    return Promise.all(askers.map(async (asker) => (await asker.get('/cases')).status));
  }
});
