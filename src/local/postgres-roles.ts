import { Client } from 'pg';

export const DATABASE = 'shukun';
export const OWNER_ROLE = 'shukun_owner';
export const APPLICATION_ROLE = 'shukun_app';

/**
 * The owner, who migrates, the application's role, which owns nothing, and the database. Each step stands on its own
 * and may be repeated, so that a start killed in between is mended by the next.
 */
export async function makeRolesAndDatabase(
  superuserUrl: string,
  passwords: { owner: string; application: string },
): Promise<void> {
  const client = new Client({ connectionString: superuserUrl, ssl: false });
  await client.connect();
  try {
    await makeRole(client, OWNER_ROLE, passwords.owner);
    await makeRole(client, APPLICATION_ROLE, passwords.application);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${APPLICATION_ROLE}`);
  } finally {
    await client.end();
  }
}

async function makeRole(client: Client, role: string, password: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN`);
  await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(password)}`);
}
