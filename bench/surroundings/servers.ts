import path from 'node:path';
import { Client } from 'pg';
import type { Children } from '../../src/local/children.js';
import type { DataFolder } from '../../src/local/data-folder.js';
import type { Launch } from '../../src/local/launch.js';
import { APPLICATION_ROLE, makeRolesAndDatabase, OWNER_ROLE } from '../../src/local/postgres-roles.js';
import { startPostgres } from '../../src/local/postgres.js';
import { startRedis } from '../../src/local/redis.js';
import { loadSecrets, type Secrets } from '../../src/local/secrets.js';

/** A PostgreSQL and a Redis of the bench's own, durable as the product's are, on one data folder. */
export interface Servers {
  postgresVersion: string;
  redisUrl: string;
  secrets: Secrets;
  /** Connection URLs for a database: of the superuser, of the tables' owner, and of the role that the product has. */
  superuserUrl(database: string): string;
  ownerUrl(database: string): string;
  applicationUrl(database: string): string;
}

export async function startServers(launch: Launch, data: DataFolder, children: Children): Promise<Servers> {
  const secrets = loadSecrets(data.secretsFile);
  const password = secrets.postgresPassword;
  const [server, redis] = await launch.progress.step('PostgreSQL and Redis', () =>
    Promise.all([
      startPostgres({ data, children, password, isDurable: true, preferredPort: 0 }),
      startRedis({
        data,
        children,
        password: secrets.redisPassword,
        preferredPort: 0,
        packageFolders: [path.join(launch.root, '.local')],
        env: launch.env,
        note: (text) => launch.progress.note(text),
      }),
    ]),
  );
  const superuserUrl = (database: string): string => server.url('postgres', password, database);
  await makeRolesAndDatabase(superuserUrl('postgres'), {
    owner: secrets.ownerPassword,
    application: secrets.applicationPassword,
  });
  return {
    postgresVersion: server.version,
    redisUrl: redis.url,
    secrets,
    superuserUrl,
    ownerUrl: (database) => server.url(OWNER_ROLE, secrets.ownerPassword, database),
    applicationUrl: (database) => server.url(APPLICATION_ROLE, secrets.applicationPassword, database),
  };
}

/** A connection for some work, closed after it. */
export async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, ssl: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
