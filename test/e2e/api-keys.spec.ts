import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../support/fake-clock.js';
import { PortalKeys } from '../support/portal-keys.js';
import { type Answer, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const clock = new FakeClock(new Date('2021-11-03T09:00:00+08:00'));
let log = '';
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    log += chunk.toString();
    done();
  },
});
let product: TestApp;
let keys: PortalKeys;

beforeAll(async () => {
  product = await createTestApp({ clock, log: sink });
  keys = new PortalKeys(product, clock);
});

afterAll(() => product.close());

const said = ({ status, body }: Answer): unknown[] => [status, body['code']];
const use = async (token: string): Promise<unknown[]> => said(await keys.with(token).get('/cases'));
const ROTATED = { overlapHours: 0 };

describe('keys of portals', () => {
  it('are made and kept by the security administrator, read by the system administrator, and by nobody else', async () => {
    const { id } = await keys.made(['cases.read']);
    for (const role of ['security_admin', 'system_admin'] as const) {
      const client = await product.as(role);
      expect((await client.get(`/api-keys/${id}`)).status).toBe(200);
      expect((await client.get('/api-keys')).status).toBe(200);
    }
    for (const role of ['system_admin', 'auditor', 'task_force', 'department', 'county', 'leader'] as const) {
      const client = await product.as(role);
      const ask = [
        client.post('/api-keys', keys.body()),
        client.patch(`/api-keys/${id}`, { name: 'x' }, { 'if-match': '"1"' }),
        client.post(`/api-keys/${id}/revoke`),
        client.post(`/api-keys/${id}/rotate`, ROTATED),
        ...(role === 'system_admin' ? [] : [client.get('/api-keys'), client.get(`/api-keys/${id}`)]),
      ];
      for (const answer of await Promise.all(ask))
        expect([role, ...said(answer)]).toEqual([role, 403, 'FORBIDDEN']);
    }
  });

  it('show their token once, and their secret nowhere after: no answer, no row, no log', async () => {
    const created = await keys.create({ name: '唯一一次' });
    const { id, token, client } = keys.madeOf(created);
    expect(created.body).toMatchObject({
      apiKey: {
        name: '唯一一次',
        prefix: token.slice(0, 12),
        scopes: ['cases.read'],
        reportingUnits: null,
        createdBy: { name: 'example-security-admin' },
        lastUsedAt: null,
        revokedAt: null,
        version: 1,
      },
    });
    const security = await keys.security();
    const rotated = keys.madeOf(await security.post(`/api-keys/${id}/rotate`, { overlapHours: 1 }));
    await client.get('/cases');
    await client.get('/accounts');
    await keys.with(`${token.slice(0, -1)}x`).get('/cases');
    const answers = [
      await security.get(`/api-keys/${id}`),
      await security.get('/api-keys?limit=200'),
      await security.patch(`/api-keys/${id}`, { name: '又一次' }, { 'if-match': '"2"' }),
      await security.post(`/api-keys/${id}/revoke`),
    ];
    const rows = await product.database.dataSource.query('SELECT k::text FROM api_keys k');
    await until(async () => log.includes('"path":"/api/v1/accounts"'));
    for (const made of [token, rotated.token]) {
      const [, , secret = ''] = /^(shk_[a-z2-9]{8})_([\w-]{43})_/.exec(made) ?? [];
      expect(secret).toHaveLength(43);
      const hex = Buffer.from(secret).toString('hex');
      for (const text of [JSON.stringify(answers), JSON.stringify(rows), log]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(hex);
      }
    }
  });

  it('take nothing but what can be chosen', async () => {
    const security = await keys.security();
    const { id } = await keys.made(['cases.read']);
    const forced = {
      id: '0193a1b2-0000-7000-8000-000000000001',
      prefix: 'aaaaaaaa',
      secretHash: 'x',
      secretAt: keys.inDays(0),
      previousHash: 'x',
      previousUntil: keys.inDays(7),
      createdBy: '0193a1b2-0000-7000-8000-000000000001',
      createdAt: keys.inDays(-1),
      lastUsedAt: keys.inDays(0),
      revokedAt: null,
      version: 7,
      role: 'task_force',
      constructor: {},
    };
    for (const [field, value] of Object.entries(forced)) {
      for (const answer of [
        await security.post('/api-keys', { ...keys.body(), [field]: value }),
        await security.patch(`/api-keys/${id}`, { [field]: value }, { 'if-match': '"1"' }),
        await security.post(`/api-keys/${id}/rotate`, { ...ROTATED, [field]: value }),
      ])
        expect([field, answer.status]).toEqual([field, 400]);
    }
    const kept = await security.patch(
      `/api-keys/${id}`,
      { expiresAt: keys.inDays(300) },
      { 'if-match': '"1"' },
    );
    expect(kept.status).toBe(400);
    expect((await security.get(`/api-keys/${id}`)).body['version']).toBe(1);
  });

  it.each<[string, () => Record<string, unknown>, number, string]>([
    ['no name', () => ({ name: ' ' }), 400, 'VALIDATION_FAILED'],
    ['no scope', () => ({ scopes: [] }), 400, 'VALIDATION_FAILED'],
    ['an unknown scope', () => ({ scopes: ['accounts.change'] }), 400, 'VALIDATION_FAILED'],
    ['a scope twice', () => ({ scopes: ['cases.read', 'cases.read'] }), 400, 'VALIDATION_FAILED'],
    ['a scope that is no list', () => ({ scopes: 'cases.read' }), 400, 'VALIDATION_FAILED'],
    ['units left out', () => ({ reportingUnitIds: undefined }), 400, 'VALIDATION_FAILED'],
    ['no unit', () => ({ reportingUnitIds: [] }), 400, 'VALIDATION_FAILED'],
    [
      'an unknown unit',
      () => ({ reportingUnitIds: ['0193a1b2-0000-7000-8000-000000000001'] }),
      409,
      'REFERENCE_UNKNOWN',
    ],
    ['no end', () => ({ expiresAt: undefined }), 400, 'VALIDATION_FAILED'],
    ['an end without offset', () => ({ expiresAt: '2021-12-01T00:00:00' }), 400, 'VALIDATION_FAILED'],
    ['an end on no day', () => ({ expiresAt: '2022-02-30T00:00:00Z' }), 400, 'VALIDATION_FAILED'],
    ['an end at no hour', () => ({ expiresAt: '2022-02-27T24:00:00Z' }), 400, 'VALIDATION_FAILED'],
    ['an end that is past', () => ({ expiresAt: keys.inDays(-1) }), 400, 'API_KEY_LIFE_INVALID'],
    ['an end after more than a year', () => ({ expiresAt: keys.inDays(367) }), 400, 'API_KEY_LIFE_INVALID'],
  ])('are not made with %s', async (_, over, status, code) => {
    expect(said(await keys.create(over()))).toEqual([status, code]);
  });

  it('change by If-Match, and are judged by their new scopes on the next request', async () => {
    const security = await keys.security();
    const { id, token } = await keys.made(['cases.read']);
    expect(await use(token)).toEqual([200, undefined]);
    const path = `/api-keys/${id}`;
    const change = {
      name: '新名',
      scopes: ['statistics.read'],
      reportingUnitIds: [await keys.unit('610902')],
    };
    expect(said(await security.patch(path, change))).toEqual([428, 'IF_MATCH_REQUIRED']);
    expect(said(await security.patch(path, change, { 'if-match': '"9"' }))).toEqual([412, 'VERSION_STALE']);
    const changed = await security.patch(path, change, { 'if-match': '"1"' });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.body).toMatchObject({ name: '新名', reportingUnits: [{ code: '610902' }], version: 2 });
    expect(await use(token)).toEqual([403, 'API_KEY_SCOPE_MISSING']);
    for (const body of [{ name: null }, { scopes: null }, { reportingUnitIds: [] }])
      expect((await security.patch(path, body, { 'if-match': '"2"' })).status).toBe(400);
  });

  it('end at once when they are revoked, and for good', async () => {
    const security = await keys.security();
    const { id, token } = await keys.made(['cases.read']);
    expect(await use(token)).toEqual([200, undefined]);
    expect((await security.post(`/api-keys/${id}/revoke`, {}, { 'if-match': '"9"' })).status).toBe(412);
    expect((await security.post(`/api-keys/${id}/revoke`)).body['revokedAt']).not.toBeNull();
    expect(await use(token)).toEqual([401, 'API_KEY_REVOKED']);
    expect(said(await security.post(`/api-keys/${id}/revoke`))).toEqual([409, 'API_KEY_ENDED']);
    expect(said(await security.post(`/api-keys/${id}/rotate`, ROTATED))).toEqual([409, 'API_KEY_ENDED']);
    const change = await security.patch(`/api-keys/${id}`, { name: 'x' }, { 'if-match': '"2"' });
    expect(said(change)).toEqual([409, 'API_KEY_ENDED']);
  });

  it('end by themselves', async () => {
    const { id, token } = keys.madeOf(await keys.create({ expiresAt: keys.inDays(1) }));
    clock.advance(DAY - 1);
    expect(await use(token)).toEqual([200, undefined]);
    clock.advance(1);
    expect(await use(token)).toEqual([401, 'API_KEY_EXPIRED']);
    const security = await keys.security();
    const late = { ...ROTATED, expiresAt: keys.inDays(30) };
    expect(said(await security.post(`/api-keys/${id}/rotate`, late))).toEqual([409, 'API_KEY_ENDED']);
  });

  it('get a new secret, with the old one good for the overlap alone', async () => {
    const first = await keys.made(['cases.read']);
    const rotate = async (body: object): Promise<Answer> =>
      (await keys.security()).post(`/api-keys/${first.id}/rotate`, body);
    const second = keys.madeOf(await rotate({ overlapHours: 24, expiresAt: keys.inDays(366) }));
    expect(second.token.slice(0, 12)).toBe(first.token.slice(0, 12));
    clock.advance(DAY - 1);
    expect([await use(first.token), await use(second.token)]).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
    clock.advance(1);
    expect(await use(first.token)).toEqual([401, 'TOKEN_INVALID']);
    expect(await use(second.token)).toEqual([200, undefined]);
    const third = keys.madeOf(await rotate(ROTATED));
    expect(await use(second.token)).toEqual([401, 'TOKEN_INVALID']);
    expect(await use(third.token)).toEqual([200, undefined]);
    for (const overlapHours of [-1, 169, 0.5, '1', null])
      expect((await rotate({ overlapHours })).status).toBe(400);
    expect(said(await rotate({ ...ROTATED, expiresAt: keys.inDays(367) }))).toEqual([
      400,
      'API_KEY_LIFE_INVALID',
    ]);
  });

  it('that are mistyped or made up are no keys', async () => {
    const { token } = await keys.made(['cases.read']);
    const other = await keys.made(['cases.read']);
    const swapped = token.slice(0, 12) + other.token.slice(12);
    for (const wrong of [token.slice(0, -1), `${token}0`, token.toUpperCase(), swapped, 'shk_'])
      expect(await use(wrong)).toEqual([401, 'TOKEN_INVALID']);
  });

  it('say when they were last used, to the minute', async () => {
    const { id, client } = await keys.made(['cases.read']);
    const used = async (): Promise<unknown> =>
      (await (await keys.security()).get(`/api-keys/${id}`)).body['lastUsedAt'];
    const first = clock.now().toISOString();
    await client.get('/cases');
    await until(async () => (await used()) === first);
    clock.advance(MINUTE - 1);
    await client.get('/cases');
    await client.get('/cases');
    clock.advance(1);
    expect(await used()).toBe(first);
    const second = clock.now().toISOString();
    await client.get('/cases');
    await until(async () => (await used()) === second);
  });

  it('keep within their bounds in the database too', async () => {
    const { id } = await keys.made(['cases.read']);
    const set = (sql: string): Promise<unknown> =>
      product.database.dataSource.query(`UPDATE api_keys SET ${sql} WHERE id = $1`, [id]);
    for (const sql of [
      `scopes = '{}'`,
      `scopes = '{accounts.change}'`,
      `reporting_unit_ids = '{}'`,
      `expires_at = secret_at + interval '367 days'`,
      'previous_hash = secret_hash',
      `previous_hash = secret_hash, previous_until = secret_at + interval '8 days'`,
    ])
      await expect(set(sql)).rejects.toMatchObject({ code: '23514' });
  });
});
