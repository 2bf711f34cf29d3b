import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { LaunchFault } from './launch.js';

const STOP_GRACE_MS = 8_000;

/** One process that the launcher started. */
export class Child {
  /** How it ended, in words. */
  readonly exited: Promise<string>;
  isStopped = false;
  hasExited = false;
  exitCode = 1;
  readonly #chunks: Buffer[] = [];

  constructor(
    readonly name: string,
    private readonly process: ChildProcess,
    private readonly stopSignal: NodeJS.Signals,
    private readonly log: { file: string; from: number },
  ) {
    process.stdout?.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.exited = new Promise((resolve) => {
      const end = (how: string): void => {
        this.hasExited = true;
        resolve(how);
      };
      process.once('error', (error) => end(error.message));
      process.once('close', (code, signal) => {
        this.exitCode = code ?? 1;
        end(signal ?? `exit code ${code}`);
      });
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.hasExited || this.process.pid === undefined) return;
    await endProcess(this.process.pid, this.stopSignal, () => this.exited);
  }

  output(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  /** The last lines that this run wrote to the log. */
  logTail(lines = 20): string {
    const written = readFileSync(this.log.file).subarray(this.log.from).toString('utf8').trimEnd();
    return written === '' ? '' : `${written.split('\n').slice(-lines).join('\n')}\n(${this.log.file})`;
  }
}

/** Asks, waits, and then insists. A process of another user cannot be signalled: that is said, not passed over. */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals,
  gone: () => Promise<unknown>,
): Promise<void> {
  send(pid, signal);
  const isGone = gone();
  const isInTime = await Promise.race([isGone.then(() => true), wait(STOP_GRACE_MS, false, { ref: false })]);
  if (!isInTime) send(pid, 'SIGKILL');
  await isGone;
  // It led a group of its own: what it started and left goes with it.
  endGroup(pid);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw new LaunchFault(
      `The process ${pid} of an earlier start cannot be stopped by this user; stop it first.`,
    );
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
