import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tool.mjs';

/** Compiles to dist unless dist was made from these very sources. */
export async function buildIfStale(root, progress) {
  const sources = hashOfSources(root);
  if (sources === builtSources(root)) return;
  await progress.step('built', async () => {
    const draft = join(root, `dist.${process.pid}`);
    const old = `${draft}.old`;
    try {
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      await runTool('the build', process.execPath, [compiler, '-p', root, '--outDir', draft], { cwd: root });
      writeFileSync(join(draft, '.sources'), sources);
      // dist is replaced whole: no file of a deleted source stays in it, and a failed build leaves the last good one.
      if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
      renameSync(draft, join(root, 'dist'));
    } finally {
      rmSync(draft, { recursive: true, force: true });
      rmSync(old, { recursive: true, force: true });
    }
  });
}

export function isBuilt(root) {
  return hashOfSources(root) === builtSources(root);
}

function builtSources(root) {
  const stamp = join(root, 'dist/.sources');
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

function hashOfSources(root) {
  const hash = createHash('sha256');
  const files = [
    'tsconfig.json',
    'package-lock.json',
    ...filesUnder(root, 'src'),
    ...filesUnder(root, 'migrations'),
  ];
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}
