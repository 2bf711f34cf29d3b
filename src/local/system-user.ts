import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { LaunchFault } from './launch.js';

export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** Those that a machine is likely to have for such a purpose, before any other that is not root. */
const PREFERRED = ['postgres', 'nobody', 'daemon'];

/**
 * PostgreSQL refuses to run as root, so root drops to another user: the owner of the data when there is some already,
 * else an unprivileged one of the machine. Null for an ordinary user, who needs nobody else.
 */
export function databaseUser(dataFolder: string): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = unprivilegedUsers();
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid;
  const named = PREFERRED.map((name) => users.find((user) => user.name === name));
  const user =
    users.find(({ uid }) => uid === owner) ?? named.find((found) => found !== undefined) ?? users[0];
  if (user) return user;
  throw new LaunchFault(
    'PostgreSQL does not run as root, and /etc/passwd names no other user to run it as. Add one (useradd postgres), start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether a command ends well when run as that user, from a folder that everybody can reach. */
export function succeedsAs(user: SystemUser | null, command: string, args: readonly string[]): boolean {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  return spawnSync(command, args, { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function unprivilegedUsers(): SystemUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name = '', , uid, gid] = line.split(':');
      return Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
    });
}
