// npm run build: packages as the lockfile says, and dist from the sources, unless both are up to date.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PRODUCT } from './build-if-stale.mjs';
import { prepare } from './prepare.mjs';
import { Progress } from './progress.mjs';

try {
  await prepare(join(dirname(fileURLToPath(import.meta.url)), '..'), new Progress(), PRODUCT);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
