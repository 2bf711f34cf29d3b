import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

const ENTRY = path.join(import.meta.dirname, 'product-process.mjs');
const WITH_MUTANT = ['--import', path.join(import.meta.dirname, 'mutant.mjs')];
const LINES_KEPT = 30;

/** A guard of the built product taken away in one process: words of one of its files, and what stands there instead. */
export interface Mutant {
  /** Under `dist/src/`. */
  file: string;
  changes: ReadonlyArray<readonly [guard: string, instead: string]>;
}

/** A process of the built product, to be killed at any moment. */
export class ProductChild {
  /** Where it answers, once it is up. */
  readonly url: Promise<string>;
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private said: string[] = [];
  private isStopping = false;

  constructor(
    kind: 'api' | 'worker',
    clockOffsetMs: number,
    environment: Record<string, string>,
    mutant: Mutant | null = null,
  ) {
    const { PATH = '' } = process.env;
    const env = { PATH, ...environment, ...(mutant === null ? {} : { MUTANT: JSON.stringify(mutant) }) };
    // Without Jest's own options; what it says is kept for the day on which it does not come up.
    const options = { env, execArgv: mutant === null ? [] : WITH_MUTANT, silent: true };
    this.child = fork(ENTRY, [kind, String(clockOffsetMs)], options);
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.said = [...this.said, ...chunk.toString().split('\n')].slice(-LINES_KEPT);
      });
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
    this.url = new Promise((resolve, reject) => {
      this.child.once('message', ({ url }: { url: string }) => resolve(url));
      void this.ended.then(() => reject(new Error(`the ${kind} ended:\n${this.said.join('\n')}`)));
    });
    // Killed before anybody asked.
    this.url.catch(() => undefined);
  }

  /** Asked to end, as when a new release is rolled out: it finishes what it has in hand. */
  async stop(): Promise<void> {
    // A second signal would end it at once.
    if (!this.isStopping) this.child.kill('SIGTERM');
    this.isStopping = true;
    await this.ended;
  }

  /** Without a word: nothing of it runs any more. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Resolves once the process goes by that clock, or has ended. */
  async setClock(clockOffsetMs: number): Promise<void> {
    if (!this.child.connected) return;
    const isSet = new Promise<void>((resolve) => {
      this.child.on('message', (said: { clockOffsetMs?: number }) => {
        if (said.clockOffsetMs === clockOffsetMs) resolve();
      });
    });
    this.child.send({ clockOffsetMs });
    await Promise.race([isSet, this.ended]);
  }

  /** How often it has run a task to its end. */
  async runs(task: string): Promise<number> {
    const response = await fetch(`${await this.url}/metrics`);
    const counts = (await response.text()).matchAll(/^shukun_task_seconds_count\{(.*?)\} (\d+)$/gm);
    return [...counts].reduce(
      (sum, [, labels = '', count]) => (labels.includes(`task="${task}"`) ? sum + Number(count) : sum),
      0,
    );
  }

  /** What `/health/ready` says. */
  async readiness(): Promise<string> {
    const response = await fetch(`${await this.url}/health/ready`);
    const { status } = (await response.json()) as { status: string };
    return status;
  }
}
