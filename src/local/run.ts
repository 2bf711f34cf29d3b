import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Children } from './children.js';
import { DataFolder, describe } from './data-folder.js';
import { LaunchFault, type Launch } from './launch.js';
import { untilSignalled } from './signals.js';

/**
 * `node scripts/shukun.mjs run <command> [arguments] [--data DIR]`: a command of dist/src/cli.js on the product that
 * runs here, or on the one that DATABASE_URL and the other settings name. Answers the command's exit code.
 */
export async function run(launch: Launch): Promise<number> {
  const cwd = launch.env.INIT_CWD ?? process.cwd();
  const { args, folder } = takeDataFolder(launch.args);
  const data = new DataFolder(folder === null ? path.join(launch.root, '.local') : path.resolve(cwd, folder));
  try {
    const env = productSettings(launch, data);
    mkdirSync(data.log, { recursive: true });
    mkdirSync(data.pids, { recursive: true });
    const children = new Children(data, launch.identityOf);
    const running = children.onConsole({
      name: `command-${process.pid}`,
      command: process.execPath,
      args: [path.join(launch.root, 'dist/src/cli.js'), ...args],
      cwd,
      env,
    });
    const code = await Promise.race([running, untilSignalled()]);
    await children.stopAll();
    return code === 'signalled' ? 130 : code;
  } catch (error) {
    console.error(error instanceof LaunchFault ? error.message : error);
    return 1;
  }
}

function productSettings(launch: Launch, data: DataFolder): NodeJS.ProcessEnv {
  if (launch.env.DATABASE_URL) return launch.env;
  if (!isRunning(launch, data)) {
    throw new LaunchFault(
      `Shukun does not run on ${data.folder}. Start it first (npm start) and repeat this in another terminal, or set DATABASE_URL.`,
    );
  }
  const settings: Record<string, string> = JSON.parse(readFileSync(data.environmentFile, 'utf8'));
  return { ...launch.env, ...settings };
}

function isRunning(launch: Launch, data: DataFolder): boolean {
  if (!existsSync(data.environmentFile)) return false;
  try {
    const lock = launch.takeLock(data.lockFile);
    if ('holder' in lock) return true;
    lock.release();
    return false;
  } catch (error) {
    throw new LaunchFault(`The data folder ${data.folder} cannot be read: ${describe(error)}`);
  }
}

function takeDataFolder(args: readonly string[]): { args: string[]; folder: string | null } {
  const at = args.indexOf('--data');
  return at < 0
    ? { args: [...args], folder: null }
    : { args: [...args.slice(0, at), ...args.slice(at + 2)], folder: args[at + 1] ?? null };
}
