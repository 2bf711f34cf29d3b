import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transactions.js';
import type { RunningClock } from './deadlines/clocks.js';
import type { EventDraft } from './event-chain.js';

/** What was done to a case or problem, and its clocks after it: all that run now, none that do not. */
export interface ClocksChanged {
  subjectId: string;
  /** The case, also of a problem that has one. */
  caseId: string | null;
  /** `null` when the subject is the case itself. */
  problemId: string | null;
  clocks: RunningClock[];
  /** What was done, of a step in the work; reports and ledgers that were taken in are told by their clocks alone. */
  event?: EventDraft;
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
/** How much of a listener's own goes along, and how much of it nobody takes. */
export interface HandoverShare {
  moved: number;
  left: number;
}

export interface HandoverListener {
  /** Before anything is locked or looked at: waits for whoever adds to it just now, and keeps others from it to the end. */
  prepare(tx: Transaction): Promise<void>;
  handOver(tx: Transaction, handover: HandedOver): Promise<HandoverShare>;
}

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

  async prepareHandover(tx: Transaction): Promise<void> {
    for (const listener of this.handoverListeners) await listener.prepare(tx);
  }

  /** @returns how many unsent deliveries went, or would go, along, and how many have nobody to go to */
  async announceHandover(tx: Transaction, handover: HandedOver): Promise<HandoverShare> {
    const share = { moved: 0, left: 0 };
    for (const listener of this.handoverListeners) {
      const { moved, left } = await listener.handOver(tx, handover);
      share.moved += moved;
      share.left += left;
    }
    return share;
  }
}
