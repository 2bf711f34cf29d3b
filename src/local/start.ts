import path from 'node:path';
import { Children } from './children.js';
import { DataFolder } from './data-folder.js';
import { LaunchFault, type Launch } from './launch.js';
import { LocalProduct } from './local-product.js';
import { readOptions, type StartOptions } from './options.js';
import { untilSignalled } from './signals.js';

/** `npm start`: brings up everything, runs until a signal, and stops it in order. Answers the exit code. */
export async function run(launch: Launch): Promise<number> {
  const options = readOptions(launch.args, launch.root, launch.env.INIT_CWD ?? launch.root);
  if ('help' in options) {
    console.log(options.help);
    return 0;
  }
  if ('refusal' in options) {
    console.error(options.refusal);
    return 2;
  }
  try {
    return await startLocked(launch, options);
  } catch (error) {
    console.error(error instanceof LaunchFault ? error.message : error);
    return 1;
  }
}

async function startLocked(launch: Launch, options: StartOptions): Promise<number> {
  const data = new DataFolder(options.dataFolder);
  data.make();
  const lock = launch.takeLock(data.lockFile);
  if ('holder' in lock) {
    throw new LaunchFault(
      `Shukun already runs on ${data.folder} (pid ${lock.holder}). Stop it first, or use another folder: --data DIR`,
    );
  }
  try {
    return await startUntilStopped(launch, options, data);
  } finally {
    lock.release();
  }
}

async function startUntilStopped(launch: Launch, options: StartOptions, data: DataFolder): Promise<number> {
  const signalled = untilSignalled();
  const children = new Children(data, launch.identityOf);
  const product = new LocalProduct(launch, options, data, children);
  try {
    const how = await Promise.race([product.bringUp(), children.died, signalled]);
    if (how === 'up') {
      console.log(options.isExit ? '' : '\nCtrl-C stops everything · 按 Ctrl-C 全部停止\n');
      if (!options.isExit) await Promise.race([children.died, signalled]);
    }
    return 0;
  } finally {
    launch.progress.note('stopping');
    await children.stopAll();
    await product.close();
    // After --exit it still tells a script the accounts; otherwise it would tell addresses where nothing is.
    if (!options.isExit) data.forgetRun();
    data.giveToOwner();
    launch.progress.note(`stopped; the data stays in ${path.relative(launch.root, data.folder) || '.'}`);
  }
}
