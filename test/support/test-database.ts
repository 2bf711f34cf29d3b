import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../../src/entities.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { seedReferenceData } from '../../src/reference-data.js';

const ADMIN_URL = process.env['TEST_DATABASE_URL'];
const APPLICATION = { role: 'shukun_test_app', password: 'only-for-tests' };
const TEMPLATE_LOCK = 7_264_002;

export interface TestDatabase {
  /** As the application's role, which cannot change events. */
  url: string;
  /** As the owner. */
  ownerUrl: string;
  dataSource: DataSource;
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database of its own, copied from a template that the first test makes.
 * @param adminUrl a superuser's, of the server that is to hold it
 */
export async function createTestDatabase(adminUrl = ADMIN_URL): Promise<TestDatabase> {
  if (adminUrl === undefined) throw new Error('TEST_DATABASE_URL is missing: run the tests by `npm test`');
  const name = `shukun_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const template = await ensureTemplate(client, adminUrl);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const ownerUrl = withDatabase(adminUrl, name);
  const url = new URL(ownerUrl);
  url.username = APPLICATION.role;
  url.password = APPLICATION.password;
  const dataSource = new DataSource(dataSourceOptions(url.href, 10, ENTITIES));
  await dataSource.initialize();
  return {
    url: url.href,
    ownerUrl,
    dataSource,
    async drop() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await asAdmin(
        adminUrl,
        async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
      );
    },
  };
}

/** Named after what it is made from, so that a changed migration never meets an old template. */
async function ensureTemplate(client: Client, adminUrl: string): Promise<string> {
  const source = [...MIGRATIONS, seedReferenceData].map(String).join('\n');
  const template = `shukun_template_${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (existing.rowCount !== 0) return template;
  const draft = `${template}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft}`);
  await client.query(
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${APPLICATION.role}') THEN
         CREATE ROLE ${APPLICATION.role} LOGIN PASSWORD '${APPLICATION.password}';
       END IF;
     END $$`,
  );
  const application = new URL(withDatabase(adminUrl, draft));
  application.username = APPLICATION.role;
  await migrate({
    ownerUrl: withDatabase(adminUrl, draft),
    applicationUrl: application.href,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    seed: (tx) => seedReferenceData(tx, new Date()),
  });
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  return template;
}

async function asAdmin(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
