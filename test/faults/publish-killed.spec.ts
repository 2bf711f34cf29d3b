import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client as PgClient } from 'pg';
import { RegisterFactory } from '../factories/register.js';
import { ApiProcesses } from '../support/api-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const WEEK = '2021-W44';
const WAITING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Where the process stands when it is killed: what it waits for, and how the locks are taken. */
const MOMENTS = [
  ['with its files stored and nothing written', 'LOCK TABLE bulletin_issues IN SHARE MODE'],
  ['with the issue written and nobody told', 'LOCK TABLE notices IN SHARE MODE'],
  ['with all written but the trail', 'SELECT 1 FROM trail_end FOR UPDATE'],
  ['with all written but the answer', 'LOCK TABLE idempotency_keys IN SHARE MODE'],
] as const;

describe('a process killed (−9) while it publishes', () => {
  let database: TestDatabase;
  let apis: ApiProcesses;
  let token: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const make = new RegisterFactory(database.dataSource);
    apis = await ApiProcesses.on(database.url);
    const account = await make.account('task_force', { departmentId: (await make.department()).id });
    const url = await apis.start();
    const login = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    token = (await login.json()).accessToken;
    await apis.kill(url);
  });
  afterAll(async () => {
    await apis.close();
    await database.drop();
  });

  const publish = async (url: string, key: string): Promise<number> => {
    const { status } = await fetch(`${url}/api/v1/statistics/weekly/${WEEK}/publish`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: '{}',
    });
    return status;
  };
  const heldBy = async (lock: string, work: () => Promise<void>): Promise<void> => {
    const owner = new PgClient({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`BEGIN; ${lock}`);
      await work();
    } finally {
      await owner.query('ROLLBACK');
      await owner.end();
    }
  };
  const count = async (of: string): Promise<number> => {
    const [row] = await database.dataSource.query<Array<{ n: number }>>(
      `SELECT count(*)::int AS n FROM ${of}`,
    );
    return row?.n ?? -1;
  };
  const left = async (): Promise<Record<string, number>> => ({
    issues: await count('bulletin_issues'),
    told: await count(`notices WHERE kind IN ('weekly_published', 'weekly_issue')`),
    recorded: await count(`audit_events WHERE type = 'issue_published'`),
  });

  it('leaves no issue, wherever it stood; the repeat at its heir makes one, whole', async () => {
    const key = randomUUID();
    for (const [_where, lock] of MOMENTS) {
      const url = await apis.start();
      await heldBy(lock, async () => {
        const cut = expect(publish(url, key)).rejects.toThrow('fetch failed');
        await until(async () => (await database.dataSource.query<unknown[]>(WAITING)).length > 0);
        await apis.kill(url);
        await cut;
      });
      expect(await left()).toEqual({ issues: 0, told: 0, recorded: 0 });
    }
    const url = await apis.start();
    expect([await publish(url, key), await publish(url, key)]).toEqual([201, 201]);
    expect(await left()).toMatchObject({ issues: 1, recorded: 1 });
    expect(await apis.command('audit:verify')).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 issues of the bulletin with 7 files: intact.'),
    });
  });
});
