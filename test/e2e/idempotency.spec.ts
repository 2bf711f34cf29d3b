import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { StoredAnswers } from '../../src/platform/http/idempotency/stored-answers.js';
import { Client as PgClient } from 'pg';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Raw {
  status: number;
  code: string | undefined;
  replayed: string | null;
  etag: string | null;
  text: string;
}

describe('a POST with an Idempotency-Key', () => {
  const clock = new FakeClock(new Date());
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  /** The bytes of the answer, as they come. */
  const post = async (client: Client, path: string, key: string, body: object | FormData): Promise<Raw> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${world.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.token}`,
        'idempotency-key': key,
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: isForm ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      code: response.ok ? undefined : JSON.parse(text).code,
      replayed: response.headers.get('idempotency-replayed'),
      etag: response.headers.get('etag'),
      text,
    };
  };
  const newReport = async () => ({ enterpriseId: (await make.enterprise()).id, distressType: 'stalled' });
  const casesOf = async (enterpriseId: string): Promise<number> => {
    const [row] = await world.database.dataSource.query<Array<{ number: number }>>(
      'SELECT count(*)::int AS number FROM cases WHERE enterprise_id = $1',
      [enterpriseId],
    );
    return row?.number ?? 0;
  };
  const eventsOf = async (id: string): Promise<string[]> => {
    const rows = await world.database.dataSource.query<Array<{ type: string }>>(
      'SELECT type FROM case_events WHERE subject_id = $1 ORDER BY sequence',
      [id],
    );
    return rows.map(({ type }) => type);
  };

  it('sent five times has one effect and one answer', async () => {
    const body = await newReport();
    const key = randomUUID();
    const first = await post(office, '/cases', key, body);
    expect(first).toMatchObject({ status: 201, replayed: null, etag: '"1"' });
    for (let again = 0; again < 4; again += 1) {
      expect(await post(office, '/cases', key, body)).toEqual({ ...first, replayed: 'true' });
    }
    expect(await casesOf(body.enterpriseId)).toBe(1);
  });

  it('does an action once, though the second time the state would refuse it', async () => {
    const { body } = await office.post<CaseView>('/cases', await newReport());
    const key = randomUUID();
    const path = `/cases/${body.id}/reject`;
    const first = await post(office, path, key, { reason: '不属规上企业' });
    expect(first).toMatchObject({ status: 200, replayed: null });
    expect(await post(office, path, key, { reason: '不属规上企业' })).toEqual({ ...first, replayed: 'true' });
    expect((await post(office, path, randomUUID(), { reason: '不属规上企业' })).code).toBe(
      'CASE_TRANSITION_REFUSED',
    );
    expect(await eventsOf(body.id)).toEqual(['reported', 'rejected']);
  });

  it('is refused with another body or on another route', async () => {
    const body = await newReport();
    const key = randomUUID();
    const { text } = await post(office, '/cases', key, body);
    const other = { ...body, note: '另一份' };
    expect(await post(office, '/cases', key, other)).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const elsewhere = await post(office, `/cases/${JSON.parse(text).id}/problems`, key, body);
    expect(elsewhere).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is refused to who has another place since', async () => {
    const [one, other] = [await make.department(), await make.department()];
    const official = await make.official(one);
    const account = await make.account('department', { departmentId: one.id });
    const client = await world.signIn(account.username, account.password);
    const { body } = await office.post<CaseView>('/cases', await newReport());
    const key = randomUUID();
    const claim = (): Promise<Raw> =>
      post(client, `/cases/${body.id}/claim`, key, { officialId: official.id });
    const first = await claim();
    expect(first.status).toBe(200);
    expect(await claim()).toEqual({ ...first, replayed: 'true' });
    await world.database.dataSource.query('UPDATE accounts SET department_id = $2 WHERE username = $1', [
      account.username,
      other.id,
    ]);
    expect(await claim()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('has no part in what is only begun during it', async () => {
    const reader = world.app.get(Reader);
    const session = async (): Promise<unknown> => (await reader.query('SELECT pg_backend_pid() AS id'))[0];
    const [within, again, apart] = await world.app
      .get(Transactions)
      .rehearse(async () => [await session(), await session(), await reader.apart(session)]);
    expect(again).toEqual(within);
    expect(apart).not.toEqual(within);
  });

  it.each(['short', '含中文的键值一二三', 'x'.repeat(201)])('has a key that is one: not %s', async (key) => {
    const answer = await office.post('/cases', await newReport(), {
      'idempotency-key': Buffer.from(key).toString('latin1'),
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
  });

  it('belongs to one account', async () => {
    const county = await world.as('county');
    const key = randomUUID();
    const mine = await newReport();
    const theirs = { ...mine, enterpriseId: (await make.enterprise('610902')).id };
    expect((await post(office, '/cases', key, mine)).status).toBe(201);
    expect(await post(county, '/cases', key, theirs)).toMatchObject({ status: 201, replayed: null });
    expect(await casesOf(theirs.enterpriseId)).toBe(1);
  });

  it('sent twenty times at once has one effect, and each answer is that of it or says that it is on its way', async () => {
    const body = await newReport();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(office, '/cases', key, body)));
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(done.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    for (const { status, code } of answers.filter((answer) => !done.includes(answer))) {
      expect([status, code]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT']);
    }
    expect(await casesOf(body.enterpriseId)).toBe(1);
  });

  it('stores nothing of a refusal: the repeat is judged anew', async () => {
    const body = await newReport();
    const key = randomUUID();
    const unknown = { ...body, distressType: 'asleep' };
    expect((await post(office, '/cases', key, unknown)).status).toBe(400);
    expect(await post(office, '/cases', key, body)).toMatchObject({ status: 201, replayed: null });
  });

  it('covers the fields and the content of an upload, whatever its boundary', async () => {
    const { body } = await office.post<CaseView>('/cases', await newReport());
    const form = (text: string, kind = 'photo'): FormData => {
      const data = new FormData();
      data.set('kind', kind);
      data.set('source', 'grid');
      data.set('file', new Blob([`%PDF-1.7 ${text}`]), '证明.pdf');
      return data;
    };
    const key = randomUUID();
    const path = `/cases/${body.id}/files`;
    const first = await post(office, path, key, form('one'));
    expect(first).toMatchObject({ status: 201, replayed: null });
    expect(await post(office, path, key, form('one'))).toEqual({ ...first, replayed: 'true' });
    for (const other of [form('two'), form('one', 'certificate')]) {
      expect((await post(office, path, key, other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect(await eventsOf(body.id)).toEqual(['reported', 'file_added']);
  });

  it('takes a ledger in once', async () => {
    const ledger = await readFile(path.join(import.meta.dirname, '../fixtures/ledger-2021-11.xlsx'));
    const form = (): FormData => {
      const data = new FormData();
      data.set('mode', 'preview');
      data.set('file', new Blob([ledger]), 'ledger.xlsx');
      return data;
    };
    const key = randomUUID();
    const first = await post(office, '/imports', key, form());
    expect(first).toMatchObject({ status: 202, replayed: null });
    expect(await post(office, '/imports', key, form())).toEqual({ ...first, replayed: 'true' });
    expect(await world.database.dataSource.query('SELECT id FROM imports')).toHaveLength(1);
  });

  it('answers a one-time password again, and keeps it unreadable', async () => {
    const admin = await world.as('system_admin');
    const key = randomUUID();
    const account = { username: `clerk-${key}`.slice(0, 30) };
    const first = await post(admin, '/accounts', key, account);
    expect(first.status).toBe(201);
    expect(await post(admin, '/accounts', key, account)).toEqual({ ...first, replayed: 'true' });
    const [row] = await world.database.dataSource.query<Array<{ body: Buffer }>>(
      'SELECT body FROM idempotency_keys WHERE key = $1',
      [key],
    );
    expect(row?.body.includes(account.username)).toBe(false);
  });

  it('gives no answer that was put into its row from another, and does nothing again', async () => {
    const [admin, county] = [await world.as('system_admin'), await world.as('county')];
    const [secret, own, others] = [randomUUID(), randomUUID(), randomUUID()];
    const { text } = await post(admin, '/accounts', secret, { username: `clerk-${secret}`.slice(0, 30) });
    expect(JSON.parse(text)).toHaveProperty('oneTimePassword');
    const enterpriseId = (await make.enterprise('610902')).id;
    const report = { enterpriseId, distressType: 'stalled' };
    expect((await post(county, '/cases', own, report)).status).toBe(201);
    expect((await post(office, '/cases', others, await newReport())).status).toBe(201);
    const { dataSource } = world.database;
    const move = (from: string): Promise<unknown> =>
      dataSource.query(
        'UPDATE idempotency_keys SET body = (SELECT body FROM idempotency_keys WHERE key = $1) WHERE key = $2',
        [from, own],
      );
    for (const from of [secret, others]) {
      await move(from);
      expect(await post(county, '/cases', own, report)).toMatchObject({
        status: 409,
        code: 'IDEMPOTENCY_ANSWER_LOST',
        replayed: null,
      });
    }
    expect(await casesOf(enterpriseId)).toBe(1);
  });

  it('gives no answer of another key of the same account', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const body = await newReport();
    expect((await post(office, '/cases', one, body)).status).toBe(201);
    expect((await post(office, '/cases', other, await newReport())).status).toBe(201);
    await world.database.dataSource.query(
      'UPDATE idempotency_keys SET body = (SELECT body FROM idempotency_keys WHERE key = $1) WHERE key = $2',
      [other, one],
    );
    expect((await post(office, '/cases', one, body)).code).toBe('IDEMPOTENCY_ANSWER_LOST');
  });

  it('has no effect when its process dies after the effect and before the answer is stored', async () => {
    const body = await newReport();
    const key = randomUUID();
    const owner = new PgClient({ connectionString: world.database.ownerUrl });
    await owner.connect();
    // The answer cannot be stored while this is held: the request stands between its effect and its answer.
    await owner.query('BEGIN; LOCK TABLE idempotency_keys IN SHARE MODE');
    const cut = post(office, '/cases', key, body);
    const { dataSource } = world.database;
    const storing = `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
      AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO idempotency_keys%'`;
    await until(async () => (await dataSource.query<unknown[]>(storing)).length === 1);
    expect((await post(office, '/cases', key, body)).code).toBe('IDEMPOTENCY_IN_FLIGHT');
    await dataSource.query(`SELECT pg_terminate_backend(pid) FROM (${storing}) AS requests`);
    await owner.query('COMMIT');
    await owner.end();
    expect((await cut).status).toBe(503);
    expect(await casesOf(body.enterpriseId)).toBe(0);

    const done = await post(office, '/cases', key, body);
    expect(done).toMatchObject({ status: 201, replayed: null });
    expect(await post(office, '/cases', key, body)).toEqual({ ...done, replayed: 'true' });
    expect(await casesOf(body.enterpriseId)).toBe(1);
  });

  it('is remembered for a day', async () => {
    const body = await newReport();
    const key = randomUUID();
    const first = await post(office, '/cases', key, body);
    clock.advance(23 * 3_600_000);
    office = await world.as('task_force');
    expect(await post(office, '/cases', key, body)).toEqual({ ...first, replayed: 'true' });
    clock.advance(3_600_000);
    office = await world.as('task_force');
    expect(await post(office, '/cases', key, body)).toMatchObject({ status: 409, code: 'LIVE_CASE_EXISTS' });
    // Forgotten by then, the key serves for something else, even where the hourly task has not come by.
    expect((await post(office, '/cases', key, await newReport())).status).toBe(201);
    clock.advance(25 * 3_600_000);
    expect(await world.app.get(StoredAnswers).forget()).toBeGreaterThan(5);
    expect(await world.database.dataSource.query('SELECT key FROM idempotency_keys')).toEqual([]);
    office = await world.as('task_force');
  });
});
