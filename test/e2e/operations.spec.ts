import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CutOff } from '../support/cut-off.js';
import { until } from '../support/until.js';
import { createRegisterApp, type RegisterApp } from '../support/register-app.js';

describe('operations', () => {
  let world: RegisterApp;

  beforeAll(async () => {
    world = await createRegisterApp();
  });

  afterAll(() => world.close());

  it('says that it lives and is ready', async () => {
    expect((await world.ask('//health/live')).body).toEqual({ status: 'live' });
    const { status, body } = await world.ask('//health/ready');
    expect([status, body]).toEqual([200, { status: 'ready', database: 'up', schema: 'up', redis: 'up' }]);
  });

  it('counts requests under their route, not their path', async () => {
    await world.ask('/departments/0193a1b2-0000-7000-8000-000000000001');
    const { text } = (await world.ask('//metrics')).body;
    const counts = String(text)
      .split('\n')
      .filter((line) => line.startsWith('shukun_http_request_seconds_count'));
    expect(counts).toContain(
      'shukun_http_request_seconds_count{method="GET",route="/api/v1/departments/:id",status="401"} 1',
    );
  });

  it('has every route described', async () => {
    const { body } = await world.ask('//api/openapi.json');
    const operations = Object.values(Object(body['paths'])).flatMap((path) => Object.values(Object(path)));
    expect(operations.length).toBeGreaterThan(20);
    for (const operation of operations) expect(operation).toMatchObject({ summary: expect.any(String) });
  });
});

describe('while a dependency is away', () => {
  let world: RegisterApp;

  afterEach(() => world.close());

  it('Redis: degraded, and serving', async () => {
    world = await createRegisterApp({ redisUrl: 'redis://127.0.0.1:1' });
    const { status, body } = await world.ask('//health/ready');
    expect([status, body]).toEqual([
      200,
      { status: 'degraded', database: 'up', schema: 'up', redis: 'down' },
    ]);
    expect(await world.tokenOf({ username: 'someone', role: 'auditor' })).toMatch(/^ey/);
  });

  it('Redis: ready again once it is back', async () => {
    const redisUrl = new URL(process.env['REDIS_URL'] ?? '');
    const redis = await CutOff.to(redisUrl.href);
    // Its password stays: only the way to it is another.
    redisUrl.host = `127.0.0.1:${redis.port}`;
    world = await createRegisterApp({ redisUrl: redisUrl.href });
    const shows = (status: string) => async () =>
      (await world.ask('//health/ready')).body['status'] === status;
    await until(shows('ready'));
    redis.cut();
    await until(shows('degraded'));
    redis.mend();
    await until(shows('ready'));
    await redis.close();
  });

  it('the database: unavailable with 503, and back by itself', async () => {
    const database = await CutOff.to(process.env['TEST_DATABASE_URL'] ?? '');
    world = await createRegisterApp({}, database);
    const token = await world.tokenOf({ username: 'someone', role: 'auditor' });
    database.cut();
    const ready = await world.ask('//health/ready');
    expect([ready.status, ready.body['database']]).toEqual([503, 'down']);
    const read = await world.ask('/auth/me', { token });
    expect([read.status, read.body['code']]).toEqual([503, 'DATABASE_AWAY']);
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await world.ask('//health/live')).status).toBe(200);
    database.mend();
    expect((await world.ask('/auth/me', { token })).status).toBe(200);
    expect((await world.ask('//health/ready')).body['status']).toBe('ready');
    await database.close();
  });
});
