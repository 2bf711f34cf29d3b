import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Children } from './children.js';
import { describe } from './data-folder.js';
import { LaunchFault } from './launch.js';

/** How a Redis (or Valkey) server is started. */
export interface RedisProgram {
  command: string;
  env: NodeJS.ProcessEnv;
}

/** The package, its programs, and what else must be unpacked with it: Debian keeps Redis's binary in redis-tools. */
const PACKAGES = [
  { program: 'redis-server', names: ['redis-server', 'redis-tools'] },
  { program: 'valkey-server', names: ['valkey-server', 'valkey-tools'] },
];
const FOLDER = 'redis-package';

/** The program unpacked earlier in one of these folders, if any. */
export function unpackedRedis(folders: readonly string[]): RedisProgram | null {
  for (const folder of folders) {
    const unpacked = path.join(folder, FOLDER);
    for (const { program } of PACKAGES) {
      const command = path.join(unpacked, 'usr/bin', program);
      if (existsSync(command)) return { command, env: { LD_LIBRARY_PATH: libraryPath(unpacked) } };
    }
  }
  return null;
}

/**
 * Downloads the distribution's package with what it needs and this machine lacks, and unpacks it under the folder:
 * apt works on lists and caches of its own there, so nothing is installed and an ordinary user may do it.
 */
export async function downloadRedis(
  folder: string,
  children: Children,
  env: NodeJS.ProcessEnv,
): Promise<RedisProgram> {
  const work = path.join(folder, `${FOLDER}.${process.pid}`);
  const apt = new PrivateApt(work, children, env);
  try {
    const archives = await apt.download(PACKAGES.map(({ names }) => names));
    const unpacked = path.join(work, 'unpacked');
    for (const archive of archives) {
      await children.command({ name: 'dpkg', command: 'dpkg', args: ['-x', archive, unpacked], env });
    }
    rmSync(path.join(folder, FOLDER), { recursive: true, force: true });
    renameSync(unpacked, path.join(folder, FOLDER));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const program = unpackedRedis([folder]);
  if (program === null) throw new LaunchFault('the downloaded package holds no redis-server');
  return program;
}

/** apt-get with its state under one folder; only the list of sources and of what is installed are the system's. */
class PrivateApt {
  readonly #archives: string;
  readonly #configuration: string;

  constructor(
    folder: string,
    private readonly children: Children,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.#archives = path.join(folder, 'cache/archives');
    this.#configuration = path.join(folder, 'apt.conf');
    for (const needed of ['lists/partial', 'cache/archives/partial']) {
      mkdirSync(path.join(folder, needed), { recursive: true });
    }
    writeFileSync(
      this.#configuration,
      [
        `Dir::State::Lists "${path.join(folder, 'lists')}";`,
        `Dir::Cache "${path.join(folder, 'cache')}";`,
        `Dir::Cache::Archives "${this.#archives}";`,
        // Root would otherwise drop to a user who may not reach this folder; the system's locks are not ours to take.
        'APT::Sandbox::User "root";',
        'Debug::NoLocking "1";',
        'Acquire::Languages "none";',
        'Acquire::Retries "2";',
        'Acquire::http::Timeout "20";',
        'Acquire::https::Timeout "20";',
      ].join('\n'),
    );
  }

  /** The archives of the first of the wanted sets that this distribution has. */
  async download(sets: ReadonlyArray<readonly string[]>): Promise<string[]> {
    const refusals = [await this.#run(['update', '-o', 'APT::Update::Error-Mode=any'])];
    for (const names of sets) {
      // --reinstall: a part that is installed here is needed beside the rest all the same.
      const options = ['install', '--download-only', '--reinstall', '--yes', '--no-install-recommends'];
      const refusal = await this.#run([...options, ...names]);
      if (refusal === null) {
        return readdirSync(this.#archives)
          .filter((name) => name.endsWith('.deb'))
          .map((name) => path.join(this.#archives, name));
      }
      refusals.push(refusal);
    }
    // A source that cannot be reached is the reason why a package is not found, so the first is the one to tell.
    throw new LaunchFault(refusals.find((refusal) => refusal !== null) ?? '');
  }

  /** Null, or what apt says is wrong: a source of many that fails need not be the one that has Redis. */
  async #run(args: readonly string[]): Promise<string | null> {
    const env = {
      ...this.env,
      APT_CONFIG: this.#configuration,
      DEBIAN_FRONTEND: 'noninteractive',
      LC_ALL: 'C',
    };
    try {
      await this.children.command({ name: 'apt-get', command: 'apt-get', args, env });
      return null;
    } catch (error) {
      const said = describe(error).split('\n');
      const faults = said.filter((line) => /^[EW]: /.test(line)).slice(0, 4);
      return (faults.length > 0 ? faults : said).join('\n');
    }
  }
}

/** Where Debian puts libraries: one folder for the architecture, and the plain ones. */
function libraryPath(unpacked: string): string {
  const folders = ['usr/lib', 'lib'].flatMap((name) => {
    const folder = path.join(unpacked, name);
    if (!existsSync(folder)) return [];
    const architectures = readdirSync(folder).filter((entry) => entry.includes('-linux-'));
    return [...architectures.map((entry) => path.join(folder, entry)), folder];
  });
  return folders.join(':');
}
