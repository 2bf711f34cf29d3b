import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transactions.js';
import type { RunningClock } from './deadlines/clocks.js';

/** The clocks of a case or problem after a change: all that run now, none that do not. */
export interface ClocksChanged {
  subjectId: string;
  /** The case, also of a problem that has one. */
  caseId: string | null;
  /** `null` when the subject is the case itself. */
  problemId: string | null;
  clocks: RunningClock[];
}

type Listener = (tx: Transaction, changes: readonly ClocksChanged[]) => Promise<void>;

/** How `cases` tells the rest of the house, inside the transaction of the change, without knowing who listens. */
@Injectable()
export class CaseChanges {
  private readonly listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  async announce(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    if (changes.length === 0) return;
    for (const listener of this.listeners) await listener(tx, changes);
  }
}
