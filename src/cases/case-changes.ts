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

/** What an official answered for, and to whom it went: targets by assignment, co-handler and enterprise or project paired with. */
export interface HandedOver {
  fromOfficialId: string;
  byAssignment: ReadonlyMap<string, string>;
  byCoHandler: ReadonlyMap<string, string>;
  byPaired: ReadonlyMap<string, string>;
  /** Takes what is not named. */
  restOfficialId: string | null;
  /** Asked what it would come to; nothing is to be changed. */
  isPreview: boolean;
}

type Listener = (tx: Transaction, changes: readonly ClocksChanged[]) => Promise<void>;
/** @returns how much of the listener's own goes along */
type HandoverListener = (tx: Transaction, handover: HandedOver) => Promise<number>;

/** How `cases` tells the rest of the house, inside the transaction of the change, without knowing who listens. */
@Injectable()
export class CaseChanges {
  private readonly listeners: Listener[] = [];
  private readonly handoverListeners: HandoverListener[] = [];

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  async announce(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    if (changes.length === 0) return;
    for (const listener of this.listeners) await listener(tx, changes);
  }

  listenToHandovers(listener: HandoverListener): void {
    this.handoverListeners.push(listener);
  }

  /** @returns how many unsent deliveries went, or would go, along */
  async announceHandover(tx: Transaction, handover: HandedOver): Promise<number> {
    let moved = 0;
    for (const listener of this.handoverListeners) moved += await listener(tx, handover);
    return moved;
  }
}
