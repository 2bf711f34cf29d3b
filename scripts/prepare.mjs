import { join } from 'node:path';
import { buildIfStale, isBuilt } from './build-if-stale.mjs';
import { installIfStale, isInstalled } from './install-if-stale.mjs';
import { waitForLock } from './lock.mjs';

/**
 * Packages and the built target as the lockfile and the sources ask. Two starts in one checkout must not install or build over
 * each other: the second waits, and then finds it done. When nothing is to be done the checkout may be read-only.
 */
export async function prepare(root, progress, target) {
  if (isInstalled(root) && isBuilt(root, target)) return;
  const lock = await waitForLock(join(root, '.shukun.lock'), (holder) =>
    progress.note(`another start (pid ${holder}) is installing or building here; waiting`),
  );
  try {
    await installIfStale(root, progress);
    await buildIfStale(root, progress, target);
  } finally {
    lock.release();
  }
}
