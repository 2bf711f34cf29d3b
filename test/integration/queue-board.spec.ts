import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/access/role.js';
import { BullQueue } from '../../src/platform/queue/bull-queue.js';
import { CutOff } from '../support/cut-off.js';
import { rawRequest } from '../support/raw-http.js';
import { SetClock } from '../support/reminder-world.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const AT = '2021-11-01T10:00:00+08:00';
const clock = new SetClock(AT);
let app: TestApp;
let admin: Client;
let redis: CutOff;

beforeAll(async () => {
  const url = new URL(process.env['REDIS_URL'] ?? '');
  redis = await CutOff.to(url.href);
  url.port = String(redis.port);
  app = await createTestApp({ clock, environment: { REDIS_URL: url.href } });
  await until(() => app.app.get(BullQueue).isConnected);
});
afterAll(async () => {
  await app.close();
  await redis.close();
});
beforeEach(async () => {
  clock.set(AT);
  admin = await app.as('system_admin');
});

/** What the browser keeps of the answer: name and value. */
async function cookie(client = admin): Promise<string> {
  const { status, headers } = await client.post('/queues/board-session');
  expect(status).toBe(204);
  return headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}
const look = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): ReturnType<typeof rawRequest> => rawRequest(app.url, path, { method, headers });

describe('POST /queues/board-session', () => {
  it('gives the browser a cookie for the board alone, that scripts cannot read', async () => {
    const { headers } = await admin.post('/queues/board-session');
    expect(headers.get('set-cookie')).toMatch(
      /^shukun_board=[\w-]{100,300}; Path=\/queues; Max-Age=900; HttpOnly; SameSite=Strict$/,
    );
  });

  it.each(ROLES.filter((role) => role !== 'system_admin'))('is refused to %s', async (role) => {
    expect((await (await app.as(role)).post('/queues/board-session')).status).toBe(403);
  });
});

describe('/queues', () => {
  it('is shown to who has the cookie, from here alone', async () => {
    const headers = { cookie: `other=1; ${await cookie()}` };
    const page = await look('/queues', headers);
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await look('/queues/', headers)).status).toBe(200);
    const [, script = ''] = /src="(static\/js\/main[^"]+)"/.exec(page.text) ?? [];
    expect((await look(`/queues/${script}`, headers)).status).toBe(200);
    const { status, text } = await look('/queues/api/queues', headers);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ queues: [{ name: 'wake-ups', readOnlyMode: true }] });
  });

  it.each([
    '/queues',
    '/queues/',
    '/queues/%2e',
    '/queues/%2e/',
    '/queues/./',
    '/%71ueues',
    '/queue%73/',
    '//queues',
    '/queues//',
    '/QUEUES',
    '/queues?x=1',
    '/queues;x',
    '/queues%2f',
    '/queues%2fapi%2fqueues',
    '/queues/api/queues',
    '/queues/api/queues/',
    '/queues/api/%71ueues',
    '/queues/x/../api/queues',
    '/queues/static/%2e%2e/index.ejs',
    '/queues/static/../api/queues',
    '/api/v1/../../queues',
  ])('shows nothing to who has no cookie: %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const { status, text } = await look(path, {}, method);
      expect([401, 404]).toContain(status);
      expect(text).not.toMatch(/bull|wake-ups|<script/i);
    }
  });

  it.each(['PUT', 'POST', 'PATCH', 'DELETE'])('changes nothing by %s', async (method) => {
    const headers = { cookie: await cookie() };
    for (const path of [
      '/queues/api/queues/pause',
      '/queues/api/queues/wake-ups/pause',
      '/queues/api/queues/wake-ups/empty',
      '/queues/api/queues/wake-ups/add',
      '/queues/api/queues/wake-ups/1/retry',
    ])
      expect((await look(path, headers, method)).status).toBe(404);
  });

  it('is closed to a cookie that was changed, is over, or is of another purpose', async () => {
    const good = await cookie();
    const at = good.length - 10;
    const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
    for (const wrong of [changed, 'shukun_board=', 'shukun_board=AAAA', `shukun_board=${admin.token}`])
      expect((await look('/queues', { cookie: wrong })).status).toBe(401);
    clock.set('2021-11-01T10:14:59+08:00');
    expect((await look('/queues', { cookie: good })).status).toBe(200);
    clock.set('2021-11-01T10:15:00+08:00');
    expect((await look('/queues', { cookie: good })).status).toBe(401);
  });

  it('is no way into the API', async () => {
    const headers = { cookie: await cookie() };
    expect((await look('/api/v1/accounts', headers)).status).toBe(401);
  });

  it('closes at once with the session, the account and its role', async () => {
    const query = (sql: string): Promise<unknown> => app.database.dataSource.query(sql);
    const headers = { cookie: await cookie() };
    const status = async (): Promise<number> => (await look('/queues', headers)).status;
    const of = `FROM accounts WHERE role = 'system_admin'`;
    const [{ id } = { id: '' }] = await app.database.dataSource.query<Array<{ id: string }>>(
      `SELECT id ${of}`,
    );
    await query(`UPDATE accounts SET is_active = false WHERE id = '${id}'`);
    expect(await status()).toBe(401);
    await query(`UPDATE accounts SET is_active = true, role = 'security_admin' WHERE id = '${id}'`);
    expect(await status()).toBe(403);
    await query(`UPDATE accounts SET role = 'system_admin' WHERE id = '${id}'`);
    expect(await status()).toBe(200);
    expect((await admin.post('/auth/logout')).status).toBe(204);
    expect(await status()).toBe(401);
  });
});

describe('a Redis that is not there', () => {
  const seen = async (): Promise<[status: number, code: unknown]> => {
    const { status, text } = await look('/queues/api/queues', { cookie: await cookie() });
    return [status, JSON.parse(text).code];
  };
  const there = (): Promise<void> => until(() => app.app.get(BullQueue).isConnected);

  it('is told of soon when it hangs, and when it is away', async () => {
    redis.holdBack();
    const startedAt = performance.now();
    expect(await seen()).toEqual([503, 'BOARD_AWAY']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    redis.letThrough();
    expect(await seen()).toEqual([200, undefined]);
    redis.cut();
    await until(() => !app.app.get(BullQueue).isConnected);
    for (const path of ['/queues', '/queues/api/redis/stats']) {
      const { status, headers } = await look(path, { cookie: await cookie() });
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect((await look(path)).status).toBe(401);
    }
    redis.mend();
    await there();
    expect(await seen()).toEqual([200, undefined]);
  });
});
