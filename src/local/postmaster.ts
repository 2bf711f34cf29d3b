import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcess } from './child.js';

/**
 * Stops a server that still runs on this cluster, whoever started it, and removes a stale postmaster.pid: PostgreSQL
 * would not start while another program has the pid that stands in it.
 */
export async function clearPostmaster(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const folder = realpathSync(cluster);
  const isServing = (): boolean => commandLine(pid).includes(folder);
  if (isServing()) {
    await endProcess(pid, 'SIGINT', async () => {
      while (isServing()) await wait(50);
    });
  }
  rmSync(file, { force: true });
}

/** Empty when there is no such process. */
function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
  const file = `/proc/${pid}/cmdline`;
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
