import { Refusal } from '../platform/errors/refusal.js';

const MAX_WAITING = 20;

/** Runs the work under one key one after another, so that guesses made at once are counted one by one. */
export class OneAtATime {
  private readonly queues = new Map<string, { tail: Promise<unknown>; size: number }>();

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.queues.get(key) ?? { tail: Promise.resolve(), size: 0 };
    if (queue.size >= MAX_WAITING) throw new Refusal(503, 'TOO_BUSY', {}, [], 2);
    this.queues.set(key, queue);
    queue.size += 1;
    const mine = queue.tail.then(work);
    // Whoever comes next waits for the end of this work, not for its success.
    queue.tail = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      queue.size -= 1;
      if (queue.size === 0) this.queues.delete(key);
    }
  }
}
