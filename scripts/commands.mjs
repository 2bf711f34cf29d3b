import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeLock } from './lock.mjs';
import { prepare } from './prepare.mjs';
import { identityOf } from './processes.mjs';
import { Progress } from './progress.mjs';

/** Each command is a module of the built product that exports `run(launch): Promise<number>`, the exit code. */
const COMMANDS = { start: 'start.js', test: 'test.js', run: 'run.js' };

export async function run(root, [command, ...args]) {
  const module = COMMANDS[command];
  if (module === undefined) {
    console.error(`usage: node scripts/shukun.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]`);
    process.exitCode = 2;
    return;
  }
  const progress = new Progress(command !== 'run');
  try {
    await prepare(root, progress);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  const local = await import(pathToFileURL(join(root, 'dist/src/local', module)).href);
  process.exit(await local.run({ root, args, env: process.env, progress, takeLock, identityOf }));
}
