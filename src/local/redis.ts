import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Child } from './child.js';
import type { Children } from './children.js';
import { describe, type DataFolder } from './data-folder.js';
import { LaunchFault } from './launch.js';
import { freePort } from './ports.js';
import { downloadRedis, unpackedRedis, type RedisProgram } from './redis-package.js';

export interface RedisPlan {
  data: DataFolder;
  children: Children;
  password: string;
  preferredPort: number;
  /** Folders that may hold an unpacked Redis; a downloaded one goes to the first. */
  packageFolders: readonly string[];
  env: NodeJS.ProcessEnv;
  note(text: string): void;
}

const NAME = 'redis';
const READY_WITHIN_MS = 30_000;

export const WAYS_TO_REDIS = `Shukun needs Redis 6 or newer (or Valkey), and this machine has none. Any one of these helps:
  - the package manager:  apt install redis-server | dnf install redis | apk add redis | brew install redis
  - Docker:               docker run -d -p 127.0.0.1:6379:6379 redis:7 redis-server --appendonly yes --maxmemory-policy noeviction
                          and start with REDIS_URL=redis://127.0.0.1:6379
  - a Redis of yours:     start with REDIS_URL=redis://[:password@]host:port`;

/** Starts Redis on a free loopback port, and answers its URL and port. */
export async function startRedis(plan: RedisPlan): Promise<{ url: string; port: number }> {
  const program = await findRedis(plan);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort('127.0.0.1', attempt === 1 ? plan.preferredPort : 0);
    const url = `redis://:${plan.password}@127.0.0.1:${port}`;
    const server = serve(plan, program, port);
    if (await isReady(server, url)) {
      plan.children.watch(server);
      return { url, port };
    }
    // The port may have been taken since it was found free.
    if (attempt === 3) throw new LaunchFault(`Redis did not start.\n${server.logTail()}`);
  }
}

async function findRedis(plan: RedisPlan): Promise<RedisProgram> {
  const installed = ['redis-server', 'valkey-server'].find((name) => isInstalled(name, plan.env));
  if (installed !== undefined) return { command: installed, env: {} };
  const unpacked = unpackedRedis(plan.packageFolders);
  if (unpacked !== null) return unpacked;
  const [folder] = plan.packageFolders;
  if (folder === undefined || !isInstalled('apt-get', plan.env)) throw new LaunchFault(WAYS_TO_REDIS);
  plan.note('no Redis on this machine; downloading the package of the distribution (nothing is installed)');
  try {
    return await downloadRedis(folder, plan.children, plan.env);
  } catch (error) {
    throw new LaunchFault(`${WAYS_TO_REDIS}\n\nDownloading the package failed: ${describe(error)}`);
  }
}

function isInstalled(program: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(program, ['--version'], { env, stdio: 'ignore' }).status === 0;
}

function serve({ data, children, password, env }: RedisPlan, program: RedisProgram, port: number): Child {
  const configuration = path.join(data.redis, 'redis.conf');
  // In a file and not among the arguments: those are there for every user of the machine to see.
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(data.redis)}`,
    `requirepass ${password}`,
    'appendonly yes',
    'maxmemory-policy noeviction',
    'daemonize no',
  ];
  writeFileSync(configuration, `${settings.join('\n')}\n`, { mode: 0o600 });
  return children.serve({
    name: NAME,
    command: program.command,
    args: [configuration],
    cwd: data.redis,
    env: { ...env, ...program.env },
  });
}

/** False when the server ended before it was ready. */
async function isReady(server: Child, url: string): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let refusal = '';
  while (Date.now() < deadline) {
    if (server.hasExited) return false;
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      // It refuses commands while it loads its data.
      await client.ping();
      return true;
    } catch (error) {
      refusal = describe(error);
      await wait(50);
    } finally {
      client.disconnect();
    }
  }
  throw new LaunchFault(`Redis does not answer: ${refusal}\n${server.logTail()}`);
}
