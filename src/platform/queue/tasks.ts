import { Injectable } from '@nestjs/common';

/** @param id of the row it is rung for; `null`: whatever is ready. Runs at least once: it re-reads and re-checks. */
export type TaskHandler = (id: string | null) => Promise<unknown>;

interface Task {
  handler?: TaskHandler;
  everyMs?: number;
}

/** What the workers do: each task has exactly one handler. */
@Injectable()
export class Tasks {
  private readonly tasks = new Map<string, Task>();

  handle(name: string, handler: TaskHandler): void {
    if (this.tasks.get(name)?.handler !== undefined) throw new Error(`task ${name} has a handler already`);
    this.tasks.set(name, { ...this.tasks.get(name), handler });
  }

  /** Has it run every so many milliseconds, by Bull and by a timer in each worker. */
  every(name: string, milliseconds: number): void {
    if (this.tasks.get(name)?.everyMs !== undefined) throw new Error(`task ${name} is repeated already`);
    this.tasks.set(name, { ...this.tasks.get(name), everyMs: milliseconds });
  }

  handlerOf(name: string): TaskHandler {
    const handler = this.tasks.get(name)?.handler;
    if (handler === undefined) throw new Error(`task ${name} has no handler`);
    return handler;
  }

  /** Tasks that repeat, with their intervals in milliseconds. */
  repeated(): Array<[name: string, everyMs: number]> {
    return [...this.tasks].flatMap(([name, { everyMs }]) => (everyMs === undefined ? [] : [[name, everyMs]]));
  }

  /** Called when a worker starts: a task that nobody handles would be rung for in vain. */
  check(): void {
    for (const name of this.tasks.keys()) this.handlerOf(name);
  }
}
