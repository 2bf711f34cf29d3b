import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../../src/entities.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { seedReferenceData } from '../../src/reference-data.js';

const script = path.resolve(import.meta.dirname, '../../deploy/postgres/init.sh');
const OWNER_PASSWORD = `it's "the" owner's \\ $1`;
const APP_PASSWORD = `it's "the" application's \\ $1`;

const admin = new URL(process.env['TEST_DATABASE_URL'] ?? 'TEST_DATABASE_URL is missing');

function urlFor(role: string, password: string): string {
  const url = new URL(admin);
  url.pathname = '/shukun';
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}
const ownerUrl = urlFor('shukun_owner', OWNER_PASSWORD);
const appUrl = urlFor('shukun_app', APP_PASSWORD);

async function asRole<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** As the image runs it, but by TCP to the server of the tests. */
function initialise(passwords: Record<string, string>): void {
  execFileSync('sh', [script], {
    env: {
      PATH: process.env['PATH'],
      PGHOST: admin.hostname,
      PGPORT: admin.port,
      PGPASSWORD: decodeURIComponent(admin.password),
      ...passwords,
    },
    stdio: 'pipe',
  });
}

async function dropAll(): Promise<void> {
  await asRole(admin.href, async (client) => {
    await client.query('DROP DATABASE shukun WITH (FORCE)');
    await client.query('DROP ROLE shukun_app');
    await client.query('DROP ROLE shukun_owner');
  });
}

describe('deploy/postgres/init.sh', () => {
  /** A server that has these names already may be somebody's: the script fails there, and nothing is dropped. */
  let isOurs = false;

  beforeAll(() => {
    initialise({ OWNER_DB_PASSWORD: OWNER_PASSWORD, APP_DB_PASSWORD: APP_PASSWORD });
    isOurs = true;
  });
  afterAll(async () => {
    if (isOurs) await dropAll();
  });

  it('makes a database that its owner can migrate, and the application can use', async () => {
    const { applied, isRoleShared } = await migrate({
      ownerUrl,
      applicationUrl: appUrl,
      entities: ENTITIES,
      migrations: MIGRATIONS,
      seed: (tx) => seedReferenceData(tx, new Date('2026-11-23T00:00:00Z')),
    });
    expect(applied).toHaveLength(MIGRATIONS.length);
    expect(isRoleShared).toBe(false);
    const units = await asRole(appUrl, (client) => client.query('SELECT code FROM reporting_units'));
    expect(units.rowCount).toBeGreaterThan(10);
  });

  it.each([
    ['change events', 'UPDATE case_events SET payload = payload'],
    ['delete events', 'DELETE FROM case_events'],
    ['empty the events', 'TRUNCATE case_events'],
    ['drop a table', 'DROP TABLE case_events'],
    ['make a table', 'CREATE TABLE own (id int)'],
    ['forget a migration', 'DELETE FROM schema_migrations'],
    ['become the owner', 'SET ROLE shukun_owner'],
  ])('gives the application no right to %s', async (_what, statement) => {
    // insufficient_privilege
    await expect(asRole(appUrl, (client) => client.query(statement))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('refuses to run without both passwords', () => {
    expect(() => initialise({ OWNER_DB_PASSWORD: OWNER_PASSWORD })).toThrow(/APP_DB_PASSWORD/);
  });
});
