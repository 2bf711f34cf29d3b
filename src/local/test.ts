import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Children } from './children.js';
import { DataFolder } from './data-folder.js';
import { LaunchFault, type Launch } from './launch.js';
import { startPostgres } from './postgres.js';
import { clearPostmaster } from './postmaster.js';
import { startRedis } from './redis.js';
import { loadSecrets } from './secrets.js';
import { untilSignalled } from './signals.js';

const PREFIX = 'shukun-test-';
/** Settings of a product that the user may have set for `npm start`, and that no test may meet. */
const PRODUCT_SETTINGS =
  /^(DATABASE_|MIGRATION_DATABASE_|REDIS_|SMTP_|SMS_|MAIL_|DKIM_|WECOM_|DINGTALK_|TOKEN_SECRET|SECOND_FACTOR_|PERSONAL_DATA_|EVENT_HASH|OIDC_|RATE_LIMIT_|CORS_|TRUSTED_|METRICS_|OUTGOING_|FILES_|HOST$|PORT$|PUBLIC_URL|OFFICE_TIME_ZONE|LOCALE$|LOG_LEVEL|NODE_ENV)/;

/**
 * `npm test [-- jest arguments]`: Jest on a real PostgreSQL and Redis of its own, thrown away afterwards.
 * TEST_DATABASE_URL (a superuser) and TEST_REDIS_URL (which is emptied) name others to use; DATABASE_URL and REDIS_URL
 * are passed over, for tests make and drop databases and empty Redis. Answers Jest's exit code.
 */
export async function run(launch: Launch): Promise<number> {
  const { progress } = launch;
  await clearLeftovers(launch);
  const data = new DataFolder(mkdtempSync(path.join(os.tmpdir(), PREFIX)));
  data.make();
  const children = new Children(data, launch.identityOf);
  const lock = launch.takeLock(data.lockFile);
  const signalled = untilSignalled();
  try {
    const env = await Promise.race([testEnvironment(launch, data, children), signalled]);
    if (env === 'signalled') return 130;
    const jest = path.join(launch.root, 'node_modules/jest/bin/jest.js');
    const running = children.onConsole({
      name: 'jest',
      command: process.execPath,
      args: [jest, ...launch.args],
      cwd: launch.root,
      env,
    });
    const code = await Promise.race([running, children.died, signalled]);
    return code === 'signalled' ? 130 : code;
  } catch (error) {
    console.error(error instanceof LaunchFault ? error.message : error);
    return 1;
  } finally {
    await children.stopAll();
    if ('release' in lock) lock.release();
    remove(data);
    progress.note('stopped');
  }
}

async function testEnvironment(
  launch: Launch,
  data: DataFolder,
  children: Children,
): Promise<NodeJS.ProcessEnv> {
  const { env, progress } = launch;
  const secrets = loadSecrets(data.secretsFile);
  const urls = { database: env.TEST_DATABASE_URL ?? '', redis: env.TEST_REDIS_URL ?? '' };
  const startDatabase = async (): Promise<string> => {
    const password = secrets.postgresPassword;
    const server = await startPostgres({ data, children, password, isDurable: false, preferredPort: 0 });
    urls.database = server.url('postgres', password, 'postgres');
    return `${server.version} on port ${server.port}`;
  };
  const startQueue = async (): Promise<string> => {
    const { url, port } = await startRedis({
      data,
      children,
      password: secrets.redisPassword,
      preferredPort: 0,
      packageFolders: [path.join(launch.root, '.local')],
      env,
      note: (text) => progress.note(text),
    });
    urls.redis = url;
    return `on port ${port}`;
  };
  await Promise.all([
    urls.database === '' ? progress.step('PostgreSQL', startDatabase) : null,
    urls.redis === '' ? progress.step('Redis', startQueue) : null,
  ]);
  const own = Object.entries(env).filter(([name]) => !PRODUCT_SETTINGS.test(name));
  return {
    ...Object.fromEntries(own),
    TEST_DATABASE_URL: urls.database,
    REDIS_URL: urls.redis,
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim(),
  };
}

/** Servers and folders of test runs that were killed. */
async function clearLeftovers(launch: Launch): Promise<void> {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const data = new DataFolder(path.join(os.tmpdir(), name));
    try {
      const lock = launch.takeLock(data.lockFile);
      if ('holder' in lock) continue;
      await new Children(data, launch.identityOf).stopOrphans();
      await clearPostmaster(data.postgres);
      remove(data);
    } catch {
      // It is another user's.
    }
  }
}

function remove(data: DataFolder): void {
  data.empty(true);
  rmSync(data.folder, { recursive: true, force: true });
}
