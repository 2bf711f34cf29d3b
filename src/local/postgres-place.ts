import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { LaunchFault } from './launch.js';
import { succeedsAs, type SystemUser } from './system-user.js';

/** Where root keeps what its unprivileged database user must reach and cannot reach elsewhere. */
export const REACHABLE_BASE = '/var/lib/shukun';

/**
 * The folder in which PostgreSQL's own folders stand: the data folder itself for an ordinary user. For root it is the
 * data folder when the database user can be let through it, else (a checkout under /root) a folder beside no home at
 * all, to which `<data>/postgres` becomes a link.
 */
export function placeForPostgres(dataFolder: string, user: SystemUser | null): string {
  if (user === null) return dataFolder;
  const link = path.join(dataFolder, 'postgres');
  const linked = linkedFolder(link);
  if (linked === null && letThrough(dataFolder, user)) return dataFolder;
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const place = linked ?? path.join(REACHABLE_BASE, name);
  try {
    mkdirSync(place, { recursive: true, mode: 0o711 });
    chmodSync(place, 0o711);
  } catch (error) {
    throw unreachable(dataFolder, user, String(error));
  }
  if (!canPass(place, user)) throw unreachable(dataFolder, user, `nor ${place}`);
  // A cluster that stands there without a link to it is one whose data folder, and so its password, was deleted.
  if (linked === null) symlinkSync(path.join(place, 'postgres'), link);
  return place;
}

/**
 * The folder is the launcher's own, so its group may be changed; the database user gets no more than the way through.
 * What stands in it is for the owner only, or PostgreSQL's. A folder of another owner stays as it is.
 */
function letThrough(folder: string, user: SystemUser): boolean {
  if (canPass(folder, user)) return true;
  const { uid, mode } = statSync(folder);
  if (uid !== 0 || !canPass(path.dirname(folder), user)) return false;
  chownSync(folder, uid, user.gid);
  chmodSync(folder, (mode & 0o7707) | 0o010);
  return canPass(folder, user);
}

function canPass(folder: string, user: SystemUser): boolean {
  return succeedsAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]);
}

function linkedFolder(link: string): string | null {
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? path.dirname(readlinkSync(link)) : null;
}

function unreachable(folder: string, user: SystemUser, detail: string): LaunchFault {
  return new LaunchFault(
    `PostgreSQL runs as ${user.name}, who cannot reach ${folder} (${detail}). Choose a folder that every user can pass through: --data /srv/shukun`,
  );
}
