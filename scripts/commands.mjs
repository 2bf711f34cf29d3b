import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BENCH, PRODUCT } from './build-if-stale.mjs';
import { takeLock } from './lock.mjs';
import { prepare } from './prepare.mjs';
import { identityOf } from './processes.mjs';
import { Progress } from './progress.mjs';

/** Each command is a module of what is built that exports `run(launch): Promise<number>`, the exit code. */
const COMMANDS = {
  start: { target: PRODUCT, module: 'src/local/start.js' },
  test: { target: PRODUCT, module: 'src/local/test.js' },
  run: { target: PRODUCT, module: 'src/local/run.js' },
  'policy-matrix': { target: PRODUCT, module: 'src/commands/write-policy-matrix.js' },
  'docs-messages': { target: PRODUCT, module: 'src/commands/write-messages.js' },
  bench: { target: BENCH, module: 'bench/bench.js' },
};

export async function run(root, [command, ...args]) {
  if (!Object.hasOwn(COMMANDS, command ?? '')) {
    console.error(`usage: node scripts/shukun.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]`);
    process.exitCode = 2;
    return;
  }
  const { target, module } = COMMANDS[command];
  const progress = new Progress(command !== 'run');
  try {
    await prepare(root, progress, target);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  const built = await import(pathToFileURL(join(root, target.folder, module)).href);
  process.exit(await built.run({ root, args, env: process.env, progress, takeLock, identityOf }));
}
