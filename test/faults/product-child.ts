import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

const ENTRY = path.join(import.meta.dirname, 'product-process.mjs');
const LINES_KEPT = 30;

/** A process of the built product, to be killed at any moment. */
export class ProductChild {
  /** Where it answers, once it is up. */
  readonly url: Promise<string>;
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private said: string[] = [];

  constructor(kind: 'api' | 'worker', clockOffsetMs: number, environment: Record<string, string>) {
    const { PATH = '' } = process.env;
    // Without Jest's own options; what it says is kept for the day on which it does not come up.
    const options = { env: { PATH, ...environment }, execArgv: [], silent: true };
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
