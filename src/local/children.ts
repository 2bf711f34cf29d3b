import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Child, endProcess } from './child.js';
import { readJson, writeJson } from './data-folder.js';
import { LaunchFault, type IdentityOf } from './launch.js';
import type { SystemUser } from './system-user.js';

export interface ChildPlan {
  /** Also the name of its pid file and of its log. */
  name: string;
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: SystemUser | null;
  stopSignal?: NodeJS.Signals;
}

interface PidFile {
  pid: number;
  identity: string;
  stopSignal: NodeJS.Signals;
}

/** What a pid file cut short by a kill is taken for. */
const NO_PROCESS: PidFile = { pid: 0, identity: '', stopSignal: 'SIGTERM' };
const LOG_ROTATED_BYTES = 10 * 1024 * 1024;

/**
 * The servers and commands of one data folder. Each runs in a process group of its own, so that a signal to the
 * launcher's group (Ctrl-C, npm) reaches the launcher alone, which stops them in order. A pid file with the process's
 * identity lets the next start find what a killed launcher left behind.
 */
export class Children {
  /** Rejects when a server ends that nobody stopped. */
  readonly died: Promise<never>;
  readonly #running: Child[] = [];
  #isStopping = false;
  #reportDeath: (fault: LaunchFault) => void = () => undefined;

  constructor(
    private readonly folders: { pids: string; log: string },
    private readonly identityOf: IdentityOf,
  ) {
    this.died = new Promise<never>((_resolve, reject) => {
      this.#reportDeath = reject;
    });
    // It is raced with the work in hand; when nothing waits for it the death is no fault of its own.
    this.died.catch(() => undefined);
  }

  /** A server: runs until it is stopped. Both outputs go to its log. */
  serve(plan: ChildPlan): Child {
    return this.#spawn(plan, 'log');
  }

  /** From now on (it was seen to work) its end before it is stopped is a fault of the whole start. */
  watch(child: Child): void {
    void this.#reportEnd(child);
  }

  /** A command that has the console to itself; answers its exit code. */
  async onConsole(plan: ChildPlan): Promise<number> {
    const child = this.#spawn(plan, 'inherit');
    await child.exited;
    return child.exitCode;
  }

  /** A command: runs to its end and answers what it wrote to its standard output. */
  async command(plan: ChildPlan): Promise<string> {
    const child = this.#spawn(plan, 'pipe');
    const how = await child.exited;
    if (how === 'exit code 0') return child.output();
    throw new LaunchFault(`${plan.name} failed (${how}).\n${child.output()}${child.logTail()}`);
  }

  /** Ends what a killed launcher left running on these folders. */
  async stopOrphans(): Promise<void> {
    for (const entry of existsSync(this.folders.pids) ? readdirSync(this.folders.pids) : []) {
      const file = path.join(this.folders.pids, entry);
      const { pid, identity, stopSignal } = readJson<PidFile>(file, NO_PROCESS);
      const isAlive = (): boolean => pid > 0 && this.identityOf(pid) === identity;
      if (isAlive()) {
        await endProcess(pid, stopSignal, async () => {
          while (isAlive()) await wait(50);
        });
      }
      rmSync(file, { force: true });
    }
  }

  /** The last started is stopped first. */
  async stopAll(): Promise<void> {
    this.#isStopping = true;
    for (const child of this.#running.toReversed()) await child.stop();
  }

  #spawn(plan: ChildPlan, output: 'log' | 'pipe' | 'inherit'): Child {
    if (this.#isStopping) throw new LaunchFault(`${plan.name} was not started: everything is being stopped.`);
    const log = path.join(this.folders.log, `${plan.name}.log`);
    rotate(log);
    const descriptor = openSync(log, 'a', 0o600);
    const { size } = statSync(log);
    const process = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      ...(plan.user ? { uid: plan.user.uid, gid: plan.user.gid } : {}),
      detached: true,
      stdio:
        output === 'inherit' ? 'inherit' : ['ignore', output === 'pipe' ? 'pipe' : descriptor, descriptor],
    });
    closeSync(descriptor);
    const { stopSignal = 'SIGTERM' } = plan;
    const pidFile = path.join(this.folders.pids, `${plan.name}.json`);
    if (process.pid !== undefined) {
      const identity = this.identityOf(process.pid) ?? '';
      writeJson(pidFile, { pid: process.pid, identity, stopSignal } satisfies PidFile);
    }
    const child = new Child(plan.name, process, stopSignal, { file: log, from: size });
    this.#running.push(child);
    void this.#forgetAtEnd(child, pidFile);
    return child;
  }

  async #reportEnd(child: Child): Promise<void> {
    const how = await child.exited;
    if (child.isStopped || this.#isStopping) return;
    this.#reportDeath(new LaunchFault(`${child.name} ended unexpectedly (${how}).\n${child.logTail()}`));
  }

  async #forgetAtEnd(child: Child, pidFile: string): Promise<void> {
    await child.exited;
    this.#running.splice(this.#running.indexOf(child), 1);
    rmSync(pidFile, { force: true });
  }
}

function rotate(log: string): void {
  const { size } = statSync(log, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > LOG_ROTATED_BYTES) renameSync(log, `${log}.1`);
}
