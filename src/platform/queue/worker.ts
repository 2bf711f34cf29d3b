import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { BullQueue } from './bull-queue.js';
import { TaskRunner } from './task-runner.js';
import { Tasks } from './tasks.js';

const JOBS_AT_ONCE = 8;
/** Runs that are still going when the process is to stop get so long. */
const FINISH_WITHIN_MS = 10_000;

/**
 * Hears the rings and runs the tasks. Each repeated task also has a plain timer, so that a Redis that was emptied, or
 * is away, stops nothing. A process that only serves the API never starts it.
 */
@Injectable()
export class Worker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Worker.name);
  private readonly timers: NodeJS.Timeout[] = [];
  private isStarted = false;

  constructor(
    private readonly queue: BullQueue,
    private readonly tasks: Tasks,
    private readonly runner: TaskRunner,
  ) {}

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.tasks.check();
    for (const [task, everyMs] of this.tasks.repeated()) {
      this.timers.push(
        setInterval(() => {
          if (!this.runner.isRunning(task)) void this.runner.run(task, null);
        }, everyMs),
      );
    }
    // The promise of `process` ends when the queue is closed, or fails with it.
    this.queue.bull
      .process('*', JOBS_AT_ONCE, (job) => this.runner.run(job.name, job.data.id))
      .catch(() => undefined);
    this.queue.onceConnected(() => void this.repeat());
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, FINISH_WITHIN_MS)));
    if (this.isStarted && this.queue.isConnected)
      await Promise.race([this.queue.bull.pause(true, true), tooLong]);
    await Promise.race([this.runner.idle(), tooLong]);
    clearTimeout(timer);
    await this.queue.close();
  }

  /** Writes the repeatable jobs anew: Bull keeps the old one running when an interval changes, and Redis may be empty. */
  private async repeat(): Promise<void> {
    try {
      const wanted = new Map(this.tasks.repeated());
      for (const job of await this.queue.bull.getRepeatableJobs()) {
        if (wanted.get(job.name) !== job.every) await this.queue.bull.removeRepeatableByKey(job.key);
      }
      for (const [task, every] of wanted)
        await this.queue.bull.add(task, { id: null }, { repeat: { every } });
    } catch (error) {
      this.logger.warn({ err: error }, 'repeatable jobs could not be written; the timers run the tasks');
    }
  }
}
