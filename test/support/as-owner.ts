import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

/** Statements as the owner of the tables, for what the application's role may not do. */
export async function asOwner(of: TestDatabase, sql: string): Promise<void> {
  const client = new Client({ connectionString: of.ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The same, past the triggers that keep the application from it: what the application itself refuses is tested so. */
export const pastTriggers = (of: TestDatabase, sql: string): Promise<void> =>
  asOwner(of, `SET session_replication_role = replica; ${sql}`);
