import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Child } from './child.js';
import type { Children } from './children.js';
import { describe } from './data-folder.js';
import { LaunchFault } from './launch.js';

const API = 'api';
const READY_WITHIN_MS = 60_000;

/** The built product's own processes. */
export class Product {
  constructor(
    private readonly root: string,
    private readonly children: Children,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Runs a command of dist/src/cli.js to its end and answers what it printed. */
  command(name: string, ...args: string[]): Promise<string> {
    return this.children.command({
      name,
      command: process.execPath,
      args: [path.join(this.root, 'dist/src/cli.js'), name, ...args],
      cwd: this.root,
      env: this.env,
    });
  }

  /** Starts the API with the worker in it, and waits until it says that it is ready. False: its port is taken. */
  async startApi(address: string): Promise<boolean> {
    const api = this.children.serve({
      name: API,
      command: process.execPath,
      args: [path.join(this.root, 'dist/src/main.js')],
      cwd: this.root,
      env: this.env,
    });
    if (!(await isReady(api, address))) return false;
    this.children.watch(api);
    return true;
  }
}

async function isReady(api: Child, address: string): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let answer = '';
  while (Date.now() < deadline) {
    if (api.hasExited) {
      if (api.logTail().includes('EADDRINUSE')) return false;
      throw new LaunchFault(`The API ended (${await api.exited}).\n${api.logTail()}`);
    }
    try {
      const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return true;
      answer = `${response.status} ${await response.text()}`;
    } catch (error) {
      answer = describe(error);
    }
    await wait(100);
  }
  throw new LaunchFault(`The API is not ready: ${answer}\n${api.logTail()}`);
}
