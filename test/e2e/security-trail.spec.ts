import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReadStream } from 'node:fs';
import { Account } from '../../src/access/account.entity.js';
import type { Role } from '../../src/access/role.js';
import { BY_SYSTEM, SecurityTrail } from '../../src/access/security-trail.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { RegisterFactory } from '../factories/register.js';
import { Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Row {
  sequence: number;
  type: string;
  actor_kind: string;
  actor_id: string | null;
  address: string | null;
  request_id: string | null;
  subject_kind: string | null;
  subject_id: string | null;
  payload: Record<string, unknown>;
}

interface Signer {
  username: string;
  password: string;
}

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';

describe('the trail of what is no event of a case', () => {
  let world: TestApp;
  let make: RegisterFactory;
  let nobody: Client;

  beforeAll(async () => {
    world = await createTestApp();
    make = new RegisterFactory(world.database.dataSource);
    nobody = new Client(world.url, null);
    await world.as('auditor');
  });
  afterAll(() => world.close());

  const rowsAfter = (sequence: number): Promise<Row[]> =>
    world.database.dataSource.query<Row[]>(
      'SELECT e.*, e.sequence::int AS sequence FROM audit_events e WHERE e.sequence > $1 ORDER BY e.sequence',
      [sequence],
    );
  const end = async (): Promise<number> => (await rowsAfter(0)).at(-1)?.sequence ?? 0;

  async function account(role: Role, over: Partial<Account> = {}): Promise<Signer & { id: string }> {
    const made = await make.account(role, over);
    const { id } = await world.database.dataSource.manager.findOneByOrFail(Account, {
      username: made.username,
    });
    return { ...made, id };
  }

  /** What is recorded while something is done. */
  async function recordedBy(work: () => Promise<unknown>): Promise<Row[]> {
    const before = await end();
    await work();
    return rowsAfter(before);
  }

  const login = (username: string, password: string, headers: Record<string, string> = {}) =>
    nobody.post<{ accessToken: string; refreshToken: string }>(
      '/auth/login',
      { username, password },
      headers,
    );

  it('has who signed in and out, from where, in which request', async () => {
    const { id, username, password } = await account('auditor');
    const requestId = 'the-request-of-this-test';
    const [signedIn, signedOut] = await recordedBy(async () => {
      const { body } = await login(username, password, { 'x-request-id': requestId });
      await new Client(world.url, body.accessToken).post('/auth/logout');
    });
    expect(signedIn).toMatchObject({
      type: 'signed_in',
      actor_kind: 'account',
      actor_id: id,
      address: '127.0.0.1',
      request_id: requestId,
      subject_id: id,
    });
    expect(signedOut).toMatchObject({ type: 'signed_out', actor_id: id });
  });

  it('has failed sign-ins without what was typed, and the lock', async () => {
    const { id, username, password } = await account('auditor');
    const rows = await recordedBy(async () => {
      await login('hunter2-typed-in-the-wrong-field', 'x');
      for (let count = 0; count < 6; count += 1) await login(username, 'wrong');
      await login(username, password);
    });
    expect(rows.map(({ type, payload }) => [type, payload['fault']])).toEqual([
      ['sign_in_failed', 'unknown'],
      ...Array.from({ length: 5 }, () => ['sign_in_failed', 'password']),
      ['account_locked', undefined],
      ['sign_in_failed', 'locked'],
      ['sign_in_failed', 'locked'],
    ]);
    const known = rows.filter(({ subject_id: subject }) => subject === id);
    expect(known).toHaveLength(8);
    const hashes = new Set(
      rows.map(({ payload }) => payload['nameHash']).filter((hash) => hash !== undefined),
    );
    expect(hashes.size).toBe(2);
    const text = JSON.stringify(rows);
    for (const secret of ['hunter2', username, 'wrong', password]) expect(text).not.toContain(secret);
  });

  it('does not let failed sign-ins fill a table', async () => {
    const rows = await recordedBy(async () => {
      for (let count = 0; count < 14; count += 1) await login('nobody.of.this.name', 'wrong');
    });
    // The minute may turn once meanwhile.
    expect(rows.length).toBeGreaterThanOrEqual(10);
    expect(rows.length).toBeLessThan(14);
    // What was kept back is counted by the next that is recorded.
    const [next] = await recordedBy(() => login('another.name', 'wrong'));
    expect(rows.length + Number(next?.payload['withheld'])).toBe(14);
  });

  it('has a refresh token that was used again, once', async () => {
    const { id, username, password } = await account('auditor');
    const { body } = await login(username, password);
    const rows = await recordedBy(async () => {
      const { refreshToken } = body;
      expect((await nobody.post('/auth/refresh', { refreshToken })).status).toBe(200);
      expect((await nobody.post('/auth/refresh', { refreshToken })).status).toBe(401);
      expect((await nobody.post('/auth/refresh', { refreshToken })).status).toBe(401);
    });
    expect(rows.map(({ type, subject_id: subject }) => [type, subject])).toEqual([
      ['refresh_token_reused', id],
    ]);
  });

  it('has password changes, and accounts made and changed, with who did it', async () => {
    const admin = await account('system_admin');
    const guard = await account('security_admin');
    const office = await world.signIn(admin.username, admin.password);
    const security = await world.signIn(guard.username, guard.password);
    const rows = await recordedBy(async () => {
      const made = await office.post<{ account: { id: string }; oneTimePassword: string }>('/accounts', {
        username: 'new.auditor',
      });
      const { id } = made.body.account;
      await security.put(`/accounts/${id}/role`, { role: 'auditor' }, { 'if-match': '"1"' });
      await office.patch(`/accounts/${id}`, { isActive: false }, { 'if-match': '"2"' });
      await office.post(`/accounts/${id}/reset-password`);
      await security.post(`/accounts/${id}/sign-out`);
    });
    expect(rows.map(({ type, actor_id: actor }) => [type, actor])).toEqual([
      ['account_created', admin.id],
      ['account_changed', guard.id],
      ['account_changed', admin.id],
      ['password_reset', admin.id],
      ['signed_out', guard.id],
    ]);
    expect(rows[1]?.payload).toEqual({ role: { was: null, is: 'auditor' } });
    expect(rows[2]?.payload).toEqual({ isActive: { was: true, is: false } });
    expect(new Set(rows.map(({ subject_id: subject }) => subject)).size).toBe(1);

    const { id, username, password } = await account('auditor');
    const own = await world.signIn(username, password);
    const changes = await recordedBy(async () => {
      const newPassword = 'correct horse battery staple';
      await own.post('/auth/password', { currentPassword: 'wrong', newPassword });
      expect((await own.post('/auth/password', { currentPassword: password, newPassword })).status).toBe(204);
    });
    expect(changes.map(({ type, actor_id: actor }) => [type, actor])).toEqual([
      ['password_change_failed', id],
      ['password_changed', id],
    ]);
  });

  it('has keys and webhooks of portals, made, changed and ended, with who did it', async () => {
    const [admin, guard] = [await account('system_admin'), await account('security_admin')];
    const office = await world.signIn(admin.username, admin.password);
    const security = await world.signIn(guard.username, guard.password);
    const keys = await recordedBy(async () => {
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      const body = { name: '门户', scopes: ['cases.read'], reportingUnitIds: null, expiresAt };
      const made = await security.post<{ apiKey: { id: string } }>('/api-keys', body);
      const { id } = made.body.apiKey;
      await security.patch(`/api-keys/${id}`, { name: '新门户' }, { 'if-match': '"1"' });
      await security.post(`/api-keys/${id}/rotate`, { overlapHours: 0 });
      await security.post(`/api-keys/${id}/revoke`);
    });
    expect(keys.map(({ type, actor_id: actor }) => [type, actor])).toEqual([
      ['api_key_created', guard.id],
      ['api_key_changed', guard.id],
      ['api_key_rotated', guard.id],
      ['api_key_revoked', guard.id],
    ]);
    const webhooks = await recordedBy(async () => {
      const body = { url: 'https://8.8.8.8/hook', eventTypes: ['case.resolved'] };
      const made = await office.post<{ webhook: { id: string } }>('/webhooks', body);
      const { id } = made.body.webhook;
      await office.patch(`/webhooks/${id}`, { description: '门户' }, { 'if-match': '"1"' });
      await office.post(`/webhooks/${id}/rotate-secret`, {});
      const period = { from: '2021-11-01T00:00:00Z', to: '2021-11-02T00:00:00Z' };
      await office.post(`/webhooks/${id}/replay`, period);
    });
    expect(webhooks.map(({ type, actor_id: actor }) => [type, actor])).toEqual([
      ['webhook_created', admin.id],
      ['webhook_changed', admin.id],
      ['webhook_secret_rotated', admin.id],
      ['webhook_replayed', admin.id],
    ]);
    expect(JSON.stringify([...keys, ...webhooks])).not.toMatch(/shk_|whsec_/);
  });

  it('keeps for ever neither the query of an address nor what was written of a webhook', async () => {
    const { username, password } = await account('system_admin');
    const office = await world.signIn(username, password);
    const rows = await recordedBy(async () => {
      const made = await office.post<{ webhook: { id: string } }>('/webhooks', {
        url: 'https://8.8.8.8/hook?token=hush',
        description: '张三 13800000000',
        eventTypes: ['case.resolved'],
      });
      const path = `/webhooks/${made.body.webhook.id}`;
      await office.patch(
        path,
        { url: 'https://8.8.4.4/hook?key=hush#hush', description: '李四' },
        { 'if-match': '"1"' },
      );
      await office.patch(path, { url: 'https://8.8.4.4/other', description: '李四' }, { 'if-match': '"2"' });
    });
    expect(rows.map(({ payload }) => payload)).toEqual([
      { url: 'https://8.8.8.8/hook', hasQuery: true, eventTypes: ['case.resolved'], reportingUnitIds: null },
      { url: 'https://8.8.4.4/hook', hasQuery: true, descriptionChanged: true },
      { url: 'https://8.8.4.4/other', hasQuery: false },
    ]);
    expect(JSON.stringify(rows.map(({ payload }) => payload))).not.toMatch(/hush|张三|李四|138/);
  });

  it('has what was taken out: weekly tables, reports of ledgers, files', async () => {
    const office = await world.as('task_force');
    const importId = await world.app.get(ImportsService).runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream('examples/ledger-2021-11.xlsx'),
      mode: 'preview',
      onError: 'keep_valid',
      createdBy: null,
    });
    const { id: enterpriseId } = await make.enterprise();
    const made = await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' });
    const path = `/cases/${made.body.id}/files`;
    const file = await office.upload<{ id: string }>(
      path,
      { kind: 'photo', source: 'grid' },
      new Blob(['x']),
      'x.txt',
    );
    const rows = await recordedBy(async () => {
      expect((await office.get('/statistics/weekly/2021-W44/export?format=csv')).status).toBe(200);
      expect((await office.get('/statistics/weekly/2021-W44')).status).toBe(200);
      expect((await office.get(`/imports/${importId}/report.xlsx`)).status).toBe(200);
      expect((await office.get(`/files/${file.body.id}`)).status).toBe(200);
    });
    expect(rows.map(({ type, subject_kind: kind, subject_id: id }) => [type, kind, id])).toEqual([
      ['exported', null, null],
      ['exported', 'import', importId],
      ['file_downloaded', 'file', file.body.id],
    ]);
    expect(rows[0]?.payload).toMatchObject({ what: 'weekly_table', week: '2021-W44', format: 'csv' });
  });

  it('gives nothing out that it could not record', async () => {
    const office = await world.as('task_force');
    const { dataSource } = world.database;
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('UPDATE trail_end SET id = 1');
    const answer = office.get('/statistics/weekly/2021-W44/export?format=json');
    await until(async () => {
      const [{ waiting }] = await dataSource.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting === 1;
    });
    await dataSource.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect((await answer).status).toBeGreaterThanOrEqual(500);
    await runner.rollbackTransaction();
    await runner.release();
  });

  it('has refusals, one row for each account and route a minute', async () => {
    const { id, username, password } = await account('auditor');
    const auditor = await world.signIn(username, password);
    const before = await end();
    for (let count = 0; count < 5; count += 1) expect((await auditor.get('/cases')).status).toBe(403);
    const own = async (): Promise<Row[]> =>
      (await rowsAfter(before)).filter((row) => row.type === 'access_refused' && row.actor_id === id);
    await until(async () => (await own()).length > 0);
    const rows = await own();
    expect(rows.length).toBeLessThanOrEqual(2);
    expect(rows[0]).toMatchObject({
      address: '127.0.0.1',
      payload: { code: 'FORBIDDEN', status: 403, route: 'GET /api/v1/cases' },
    });
  });

  it('tells what is there and out of scope from what is not there at all, which the answer does not', async () => {
    const office = await world.as('task_force');
    const { id: enterpriseId } = await make.enterprise();
    const made = await office.post<{ id: string }>('/cases', { enterpriseId, distressType: 'stalled' });
    const { id: reportingUnitId } = await make.unit('610921');
    const { id, username, password } = await account('county', { reportingUnitId });
    const stranger = await world.signIn(username, password);
    const before = await end();
    expect((await stranger.get(`/problems/${NOWHERE}`)).status).toBe(404);
    // A guess at the same route takes no place of what is there.
    expect((await stranger.get(`/cases/${NOWHERE}`)).status).toBe(404);
    expect((await stranger.get(`/cases/${made.body.id}`)).status).toBe(404);
    const own = async (): Promise<Row[]> =>
      (await rowsAfter(before)).filter(({ type }) => type === 'access_refused');
    await until(async () => (await own()).length > 0);
    expect(await own()).toMatchObject([
      { actor_id: id, subject_kind: 'case', subject_id: made.body.id, payload: { code: 'NOT_FOUND' } },
    ]);
  });

  it('has all of it in one chain without gaps, whoever records at once', async () => {
    const trail = world.app.get(SecurityTrail);
    const event = { type: 'exported', actor: BY_SYSTEM } as const;
    await Promise.all(Array.from({ length: 20 }, () => trail.recordAlone(event)));
    const rows = await rowsAfter(0);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_row, place) => place + 1));
  });
});
