import type { ChainFault } from '../chain/fault.js';

/** Faults that are told; the count goes on. */
export const MOST_FAULTS = 100;

/** Where a fault was found: events of cases, the trail of other events, or the daily anchors. */
export type Ledger = 'cases' | 'trail' | 'anchors';

export interface Fault extends ChainFault {
  ledger: Ledger;
  /** The case, or the problem that has none. */
  chainId: string | null;
}

/** What a verification found. */
export class Verification {
  chains = 0;
  events = 0;
  auditEvents = 0;
  anchors = 0;
  faultCount = 0;
  readonly faults: Fault[] = [];

  constructor(readonly checkedAt: Date) {}

  get isIntact(): boolean {
    return this.faultCount === 0;
  }

  add(ledger: Ledger, chainId: string | null, faults: readonly ChainFault[]): void {
    this.faultCount += faults.length;
    const room = Math.max(0, MOST_FAULTS - this.faults.length);
    this.faults.push(...faults.slice(0, room).map((fault) => ({ ...fault, ledger, chainId })));
  }
}
