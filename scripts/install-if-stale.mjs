import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tool.mjs';

/** `npm ci` unless node_modules already is what the lockfile says. */
export async function installIfStale(root, progress) {
  if (isInstalled(root)) return;
  progress.note('installing packages (npm ci); the first time this takes a minute or two');
  // NODE_ENV=production would leave out the compiler.
  await progress.step('packages installed', () =>
    runTool('npm ci', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root }),
  );
}

/**
 * npm writes node_modules/.package-lock.json last, so its being there means that the install was not cut short; it
 * lists what is installed. Packages for other platforms may be missing from it, and nothing else.
 */
export function isInstalled(root) {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  const locked = packagesOf(join(root, 'package-lock.json'));
  if (installed === null || locked === null) return false;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === '' ||
      (installed[path] === undefined ? optional === true : installed[path].version === version),
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}
