import path from 'node:path';
import type { Children } from './children.js';
import type { DataFolder } from './data-folder.js';
import type { Launch } from './launch.js';
import { startPostgres } from './postgres.js';
import { APPLICATION_ROLE, DATABASE, makeRolesAndDatabase, OWNER_ROLE } from './postgres-roles.js';
import type { Connections, Surroundings } from './product-environment.js';
import { startRecorders, type Recorders } from './recorders.js';
import { startRedis } from './redis.js';
import type { Secrets } from './secrets.js';

/** Ports of the last start, kept so that bookmarks of the recorders' pages and of the database stay good. */
export interface Ports {
  postgres: number;
  redis: number;
  pages: number;
}

export interface Services {
  connections: Connections;
  recorders: Recorders;
  ports: Ports;
}

interface ServicesPlan {
  launch: Launch;
  data: DataFolder;
  children: Children;
  secrets: Secrets;
  surroundings: Surroundings;
  ports: Ports;
}

/** Starts what is not the user's own, all at once. */
export async function startServices(plan: ServicesPlan): Promise<Services> {
  const [database, redis, recorders] = await Promise.all([
    startDatabase(plan),
    startQueue(plan),
    startRecorders({
      folder: plan.data.recorded,
      recordsMail: plan.surroundings.recordsMail,
      recordsSms: plan.surroundings.recordsSms,
      smsToken: plan.secrets.smsToken,
      pagePort: plan.ports.pages,
    }),
  ]);
  return {
    connections: {
      databaseUrl: database.url,
      migrationDatabaseUrl: database.migrationUrl,
      redisUrl: redis.url,
      smtpUrl: plan.surroundings.smtpUrl ?? recorders.mail?.url ?? null,
      smsGatewayUrl: plan.surroundings.smsGatewayUrl ?? recorders.sms?.url ?? null,
    },
    recorders,
    ports: { postgres: database.port, redis: redis.port, pages: recorders.pages?.port ?? 0 },
  };
}

async function startDatabase({
  launch,
  data,
  children,
  secrets,
  surroundings,
  ports,
}: ServicesPlan): Promise<{ url: string; migrationUrl: string | null; port: number }> {
  if (surroundings.databaseUrl !== null) {
    launch.progress.note('database: DATABASE_URL');
    if (!launch.env.PERSONAL_DATA_KEYS) {
      const where = data.secretsFile;
      launch.progress.note(
        `telephone numbers are sealed with the key in ${where}: keep it with your backups`,
      );
    }
    return { url: surroundings.databaseUrl, migrationUrl: null, port: 0 };
  }
  const passwords = { owner: secrets.ownerPassword, application: secrets.applicationPassword };
  let url = '';
  let migrationUrl = '';
  let port = 0;
  await launch.progress.step('PostgreSQL', async () => {
    const password = secrets.postgresPassword;
    const server = await startPostgres({
      data,
      children,
      password,
      isDurable: true,
      preferredPort: ports.postgres,
    });
    await makeRolesAndDatabase(server.url('postgres', password, 'postgres'), passwords);
    url = server.url(APPLICATION_ROLE, passwords.application, DATABASE);
    migrationUrl = server.url(OWNER_ROLE, passwords.owner, DATABASE);
    port = server.port;
    return `${server.version} on port ${port}`;
  });
  return { url, migrationUrl, port };
}

async function startQueue({
  launch,
  data,
  children,
  secrets,
  surroundings,
  ports,
}: ServicesPlan): Promise<{ url: string; port: number }> {
  if (surroundings.redisUrl !== null) {
    launch.progress.note('Redis: REDIS_URL');
    return { url: surroundings.redisUrl, port: 0 };
  }
  let redis = { url: '', port: 0 };
  await launch.progress.step('Redis', async () => {
    redis = await startRedis({
      data,
      children,
      password: secrets.redisPassword,
      preferredPort: ports.redis,
      packageFolders: [data.folder, path.join(launch.root, '.local')],
      env: launch.env,
      note: (text) => launch.progress.note(text),
    });
    return `on port ${redis.port}`;
  });
  return redis;
}
