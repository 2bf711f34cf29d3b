import { chownSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Child } from './child.js';
import type { Children } from './children.js';
import type { DataFolder } from './data-folder.js';
import { LaunchFault } from './launch.js';
import { freePort } from './ports.js';
import { clearPostmaster } from './postmaster.js';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { placeForPostgres } from './postgres-place.js';
import { databaseUser, type SystemUser } from './system-user.js';

export interface PostgresPlan {
  data: DataFolder;
  children: Children;
  /** Of the superuser `postgres`. */
  password: string;
  /** Off for tests, whose data is thrown away: nothing waits for the disk. */
  isDurable: boolean;
  preferredPort: number;
}

export interface Postgres {
  port: number;
  version: string;
  /** A connection URL for a role and a database of this server. */
  url(role: string, password: string, database: string): string;
}

const NAME = 'postgresql';
/** A fast shutdown; SIGTERM would wait for every client to go. */
const STOP_SIGNAL = 'SIGINT';
/** Characters outside ASCII must count as letters for trigrams: not with the locale C. */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];
/** The user's own PG… and LC_… variables are not for this server. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
const READY_WITHIN_MS = 60_000;
const FOR_TESTS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** Starts the embedded PostgreSQL on a free loopback port; makes the cluster first where there is none. */
export async function startPostgres(plan: PostgresPlan): Promise<Postgres> {
  const user = databaseUser(plan.data.postgres);
  const place = placeForPostgres(plan.data.folder, user);
  const binaries = await findPostgresBinaries(plan.data.folder, user);
  const cluster = path.join(place, 'postgres');
  await clearPostmaster(cluster);
  if (!existsSync(path.join(cluster, 'PG_VERSION')))
    await makeCluster(plan, { place, cluster, user }, binaries);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort('127.0.0.1', attempt === 1 ? plan.preferredPort : 0);
    const server = serve(plan, binaries, realpathSync(cluster), user, port);
    const version = await readyVersion(server, urlOf(port, 'postgres', plan.password, 'postgres'));
    if (version !== null) {
      plan.children.watch(server);
      return { port, version, url: (...role) => urlOf(port, ...role) };
    }
    // The port may have been taken since it was found free, or the last processes of a killed server linger.
    if (attempt === 3) throw new LaunchFault(`PostgreSQL did not start.\n${server.logTail()}`);
    await wait(1_000);
  }
}

async function makeCluster(
  plan: PostgresPlan,
  { place, cluster, user }: { place: string; cluster: string; user: SystemUser | null },
  binaries: PostgresBinaries,
): Promise<void> {
  const draft = path.join(place, 'postgres.new');
  const passwordFile = path.join(place, 'postgres.password');
  for (const left of [draft, cluster]) rmSync(left, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, plan.password, { mode: 0o600 });
  if (user) for (const file of [draft, passwordFile]) chownSync(file, user.uid, user.gid);
  try {
    await initialise(plan, draft, passwordFile, binaries, user);
    // Renamed when it is whole: a start killed before this begins again.
    renameSync(draft, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function initialise(
  { children, isDurable }: PostgresPlan,
  folder: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  user: SystemUser | null,
): Promise<void> {
  for (const [index, locale] of LOCALES.entries()) {
    const args = [`--pgdata=${folder}`, '--username=postgres', `--pwfile=${passwordFile}`];
    args.push('--auth=scram-sha-256', '--encoding=UTF8', `--locale=${locale}`, '--no-instructions');
    if (!isDurable) args.push('--no-sync');
    try {
      await children.command({
        name: 'initdb',
        command: binaries.initdb,
        args,
        cwd: '/',
        env: ENVIRONMENT,
        user,
      });
      return;
    } catch (error) {
      // A machine may lack a locale; any other fault shows again with the last.
      if (index === LOCALES.length - 1) throw error;
    }
  }
}

function serve(
  { children, isDurable }: PostgresPlan,
  { postgres }: PostgresBinaries,
  cluster: string,
  user: SystemUser | null,
  port: number,
): Child {
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'timezone=UTC'];
  settings.push('log_timezone=UTC', ...(isDurable ? [] : FOR_TESTS));
  return children.serve({
    name: NAME,
    command: postgres,
    args: ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    cwd: '/',
    env: ENVIRONMENT,
    user,
    stopSignal: STOP_SIGNAL,
  });
}

/** Null when the server ended before it was ready. */
async function readyVersion(server: Child, url: string): Promise<string | null> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let refusal = '';
  while (Date.now() < deadline) {
    if (server.hasExited) return null;
    const client = new Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string }>(
        `SELECT current_setting('server_version') AS version`,
      );
      return rows[0]?.version ?? '';
    } catch (error) {
      refusal = String(error);
      await wait(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new LaunchFault(`PostgreSQL does not answer: ${refusal}\n${server.logTail()}`);
}

function urlOf(port: number, role: string, password: string, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}
