import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client as PgClient } from 'pg';
import { RegisterFactory } from '../factories/register.js';
import { ApiProcesses } from '../support/api-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** Requests that have done their work and are about to store their answer. */
const STORING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
  AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO idempotency_keys%'`;

describe('an API process killed (−9) in a keyed POST', () => {
  let database: TestDatabase;
  let apis: ApiProcesses;
  let make: RegisterFactory;
  let token: string;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    make = new RegisterFactory(database.dataSource);
    apis = await ApiProcesses.on(database.url);
    url = await apis.start();
    const account = await make.account('task_force', { departmentId: (await make.department()).id });
    const login = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    token = (await login.json()).accessToken;
  });
  afterAll(async () => {
    await apis.close();
    await database.drop();
  });

  const post = async (key: string, body: object, signal: AbortSignal | null = null) => {
    const response = await fetch(`${url}/api/v1/cases`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      signal,
    });
    const replayed = response.headers.get('idempotency-replayed');
    return { status: response.status, replayed, text: await response.text() };
  };
  const newReport = async () => ({ enterpriseId: (await make.enterprise()).id, distressType: 'stalled' });
  const eventsOf = async (enterpriseId: string): Promise<string[]> => {
    const rows = await database.dataSource.query<Array<{ type: string }>>(
      'SELECT e.type FROM case_events e JOIN cases c ON c.id = e.chain_id WHERE c.enterprise_id = $1',
      [enterpriseId],
    );
    return rows.map(({ type }) => type);
  };
  /** Stops requests between their effect and their answer until it is let go. */
  const heldBeforeAnswer = async (work: () => Promise<void>): Promise<void> => {
    const owner = new PgClient({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN; LOCK TABLE idempotency_keys IN SHARE MODE');
      await work();
    } finally {
      await owner.query('ROLLBACK');
      await owner.end();
    }
  };
  const isStoring = async (): Promise<boolean> =>
    (await database.dataSource.query<unknown[]>(STORING)).length === 1;

  it('between effect and answer leaves neither; the repeat at its heir makes both, once', async () => {
    const body = await newReport();
    const key = randomUUID();
    await heldBeforeAnswer(async () => {
      const cut = expect(post(key, body)).rejects.toThrow('fetch failed');
      await until(isStoring);
      await apis.kill(url);
      await cut;
    });
    url = await apis.start();
    const answers = [];
    for (let sent = 0; sent < 5; sent += 1) answers.push(await post(key, body));
    const [first] = answers;
    expect(first).toMatchObject({ status: 201, replayed: null });
    expect(answers.slice(1)).toEqual(Array.from({ length: 4 }, () => ({ ...first, replayed: 'true' })));
    expect(await eventsOf(body.enterpriseId)).toEqual(['reported']);
  });

  it('after the effect, with the answer lost on its way, the repeat at its heir gives that answer', async () => {
    const body = await newReport();
    const key = randomUUID();
    const client = new AbortController();
    await heldBeforeAnswer(async () => {
      const lost = expect(post(key, body, client.signal)).rejects.toThrow('aborted');
      await until(isStoring);
      client.abort();
      await lost;
    });
    await until(async () => (await eventsOf(body.enterpriseId)).length === 1);
    await apis.kill(url);
    url = await apis.start();
    expect(await post(key, body)).toMatchObject({ status: 201, replayed: 'true' });
    expect(await eventsOf(body.enterpriseId)).toEqual(['reported']);
  });
});
