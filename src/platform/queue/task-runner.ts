import { Injectable, Logger } from '@nestjs/common';
import { taskSeconds } from './queue-metrics.js';
import { Tasks } from './tasks.js';

/** Runs handlers. For “whatever is ready” a task runs once at a time; a ring heard meanwhile is one more run after it. */
@Injectable()
export class TaskRunner {
  private readonly logger = new Logger(TaskRunner.name);
  private readonly underWay = new Set<Promise<void>>();
  private readonly open = new Map<string, { isRungAgain: boolean }>();

  constructor(private readonly tasks: Tasks) {}

  /** Never throws: a run that failed is logged, and the timer comes again. */
  run(task: string, id: string | null): Promise<void> {
    const running = this.open.get(task);
    if (id === null && running !== undefined) {
      running.isRungAgain = true;
      return Promise.resolve();
    }
    const work = id === null ? this.runUntilQuiet(task) : this.runOnce(task, id);
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }

  isRunning(task: string): boolean {
    return this.open.has(task);
  }

  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async runUntilQuiet(task: string): Promise<void> {
    const state = { isRungAgain: false };
    this.open.set(task, state);
    do {
      state.isRungAgain = false;
      await this.runOnce(task, null);
    } while (state.isRungAgain);
    this.open.delete(task);
  }

  private async runOnce(task: string, id: string | null): Promise<void> {
    const end = taskSeconds.startTimer({ task });
    try {
      await this.tasks.handlerOf(task)(id);
      end({ outcome: 'done' });
    } catch (error) {
      end({ outcome: 'failed' });
      this.logger.error({ err: error, task }, 'a task failed; it runs again by its timer');
    }
  }
}
