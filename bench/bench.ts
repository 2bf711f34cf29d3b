import { LaunchFault, type Launch } from '../src/local/launch.js';
import { Children } from '../src/local/children.js';
import { DataFolder } from '../src/local/data-folder.js';
import { clearPostmaster } from '../src/local/postmaster.js';
import { untilSignalled } from '../src/local/signals.js';
import { measureAll } from './measure-all.js';
import { type BenchOptions, readOptions } from './options.js';
import { ensureDataSet } from './surroundings/data-sets.js';
import { startServers, type Servers } from './surroundings/servers.js';

/** What every line needs. */
export interface Bench {
  launch: Launch;
  options: BenchOptions;
  data: DataFolder;
  children: Children;
  servers: Servers;
}

/**
 * `npm run bench`, and `npm run bench:data`, which is the same with `data` as its first argument and ends when the data
 * set is there. Answers the exit code: figures are reported, never asserted.
 */
export async function run(launch: Launch): Promise<number> {
  try {
    const isDataOnly = launch.args[0] === 'data';
    const args = isDataOnly ? launch.args.slice(1) : launch.args;
    const options = readOptions(args, launch.root, launch.env.INIT_CWD ?? process.cwd());
    return await runLocked(launch, options, isDataOnly);
  } catch (error) {
    console.error(error instanceof LaunchFault ? error.message : error);
    return 1;
  }
}

async function runLocked(launch: Launch, options: BenchOptions, isDataOnly: boolean): Promise<number> {
  const data = new DataFolder(options.dataFolder);
  data.make();
  const lock = launch.takeLock(data.lockFile);
  if ('holder' in lock)
    throw new LaunchFault(
      `Another bench (pid ${lock.holder}) runs on ${data.folder}; choose another with --data DIR`,
    );
  const children = new Children(data, launch.identityOf);
  try {
    await children.stopOrphans();
    await clearPostmaster(data.postgres);
    const work = measured(launch, options, data, children, isDataOnly);
    const how = await Promise.race([work, children.died, untilSignalled()]);
    return how === 'signalled' ? 130 : 0;
  } finally {
    await children.stopAll();
    lock.release();
  }
}

async function measured(
  launch: Launch,
  options: BenchOptions,
  data: DataFolder,
  children: Children,
  isDataOnly: boolean,
): Promise<'done'> {
  const servers = await startServers(launch, data, children);
  const dataSet = await ensureDataSet(servers, options.plan, launch.progress);
  if (!isDataOnly) await measureAll({ launch, options, data, children, servers }, dataSet);
  return 'done';
}
