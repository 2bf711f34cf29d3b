import { Injectable } from '@nestjs/common';
import { OuterTransaction } from '../database/outer-transaction.js';
import { BullQueue } from './bull-queue.js';
import { ringsDropped } from './queue-metrics.js';
import type { WakeUps } from './wake-ups.js';

/** Rings on their way to Redis at most; `add` does not return while Redis is away, and memory is bounded. */
const MOST_UNDER_WAY = 1_000;

/** Rings through Bull. What Redis does not take at once is dropped: the rows are there, and so are the timers. */
@Injectable()
export class BullWakeUps implements WakeUps {
  private underWay = 0;

  constructor(private readonly queue: BullQueue) {}

  ring(task: string, id?: string): void {
    // A worker that came before the commit would find nothing.
    const outer = OuterTransaction.current();
    if (outer !== undefined) return outer.afterCommit(() => this.ring(task, id));
    if (!this.queue.isConnected || this.underWay >= MOST_UNDER_WAY) {
      ringsDropped.inc({ task });
      return;
    }
    this.underWay += 1;
    this.queue.bull
      .add(task, { id: id ?? null })
      .catch(() => ringsDropped.inc({ task }))
      .finally(() => (this.underWay -= 1));
  }
}
