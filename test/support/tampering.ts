import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

const TABLES = ['case_events', 'audit_events', 'chain_anchors', 'cases', 'trail_end'];
const APPEND_ONLY = ['case_events', 'audit_events', 'chain_anchors'];

/** What a superuser can do to the books: the triggers off and on again. Everything is put back afterwards. */
export async function tampered<Result>(
  database: TestDatabase,
  tamper: (client: Client) => Promise<unknown>,
  look: () => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    for (const table of TABLES) await client.query(`CREATE TEMP TABLE kept_${table} AS TABLE ${table}`);
    await withoutTriggers(client, () => tamper(client));
    const result = await look();
    await withoutTriggers(client, async () => {
      for (const table of TABLES)
        await client.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}`);
    });
    return result;
  } finally {
    await client.end();
  }
}

async function withoutTriggers(client: Client, work: () => Promise<unknown>): Promise<void> {
  for (const table of APPEND_ONLY) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  // Foreign keys of other tables ask for rows that are gone for a moment.
  await client.query('SET session_replication_role = replica');
  await work();
  await client.query('SET session_replication_role = DEFAULT');
  for (const table of APPEND_ONLY) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
}
