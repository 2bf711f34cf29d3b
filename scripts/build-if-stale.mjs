import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tool.mjs';

/** What is compiled: from which folders, by which configuration, and to where. */
export const PRODUCT = { folder: 'dist', project: 'tsconfig.json', sources: ['src', 'migrations'] };
/** The product again with the bench beside it, in a folder of its own: the image and `npm start` have no bench. */
export const BENCH = {
  folder: 'dist.bench',
  project: 'tsconfig.bench.json',
  sources: ['src', 'migrations', 'bench'],
};

/** Compiles to the target's folder unless that was made from these very sources. */
export async function buildIfStale(root, progress, target) {
  const sources = hashOfSources(root, target);
  if (sources === builtSources(root, target)) return;
  await progress.step('built', async () => {
    const built = join(root, target.folder);
    const draft = join(root, `dist.${process.pid}`);
    const old = `${draft}.old`;
    try {
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      const args = [compiler, '-p', join(root, target.project), '--outDir', draft];
      await runTool('the build', process.execPath, args, { cwd: root });
      writeFileSync(join(draft, '.sources'), sources);
      // Replaced whole: no file of a deleted source stays in it, and a failed build leaves the last good one.
      if (existsSync(built)) renameSync(built, old);
      renameSync(draft, built);
    } finally {
      rmSync(draft, { recursive: true, force: true });
      rmSync(old, { recursive: true, force: true });
    }
  });
}

export function isBuilt(root, target) {
  return hashOfSources(root, target) === builtSources(root, target);
}

function builtSources(root, { folder }) {
  const stamp = join(root, folder, '.sources');
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

function hashOfSources(root, { project, sources }) {
  const hash = createHash('sha256');
  const files = [
    ...new Set(['tsconfig.json', project]),
    'package-lock.json',
    ...sources.flatMap((folder) => filesUnder(root, folder)),
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
