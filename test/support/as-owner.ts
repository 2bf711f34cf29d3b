import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

/** One statement as the owner of the tables, for what the application's role may not do. */
export async function asOwner(of: TestDatabase, sql: string): Promise<void> {
  const client = new Client({ connectionString: of.ownerUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}
