import type { CandidateKind } from '../detection/candidate-terms.js';
import type { JudgedMonth } from '../rules/judge.js';
import { PRODUCTION_STATUSES, type ProductionStatus } from '../rules/statuses.js';
import type { Standing } from './standing.js';

export interface AskedEnterprise {
  id: string;
  name: string;
  creditCode: string;
  unitCode: string;
  unitName: string;
}

/** Where what is asked about differs from what holds. */
export interface Difference {
  enterprise: AskedEnterprise;
  holds: Standing;
  asked: Standing;
}

export interface UnitCount {
  unitCode: string;
  unitName: string;
  statuses: Record<ProductionStatus, number>;
}

export interface FoundCandidate {
  enterprise: AskedEnterprise;
  kind: CandidateKind;
}

/** Adds up what would be, and keeps the first of it. */
export class WhatIfReport {
  enterprises = 0;
  differing = 0;
  distressed = 0;
  raised = 0;
  readonly differences: Difference[] = [];
  readonly candidates: FoundCandidate[] = [];
  /** Those that would be in distress. */
  readonly standings: Array<{ enterprise: AskedEnterprise; judged: JudgedMonth }> = [];
  private readonly units = new Map<string, UnitCount>();

  /** @param most what is listed of each kind */
  constructor(private readonly most: number) {}

  add(enterprise: AskedEnterprise, asked: Standing, holds: Standing): void {
    this.enterprises += 1;
    const status = statusOf(asked);
    this.unitOf(enterprise).statuses[status] += 1;
    if (asked.judged !== null && status !== 'normal' && status !== 'unknown') {
      this.distressed += 1;
      this.keep(this.standings, { enterprise, judged: asked.judged });
    }
    for (const kind of asked.candidates) {
      this.raised += 1;
      this.keep(this.candidates, { enterprise, kind });
    }
    if (statusOf(holds) === status && String(holds.candidates) === String(asked.candidates)) return;
    this.differing += 1;
    this.keep(this.differences, { enterprise, holds, asked });
  }

  /** By code. */
  get counts(): UnitCount[] {
    return [...this.units.values()].toSorted((one, other) => (one.unitCode < other.unitCode ? -1 : 1));
  }

  private unitOf({ unitCode, unitName }: AskedEnterprise): UnitCount {
    const known = this.units.get(unitCode) ?? { unitCode, unitName, statuses: noneOfEach() };
    this.units.set(unitCode, known);
    return known;
  }

  private keep<Item>(list: Item[], item: Item): void {
    if (list.length < this.most) list.push(item);
  }
}

/** What nothing is known of is unknown. */
export const statusOf = ({ judged }: Standing): ProductionStatus => judged?.status ?? 'unknown';

const noneOfEach = (): Record<ProductionStatus, number> => {
  const none = Object.fromEntries(PRODUCTION_STATUSES.map((status) => [status, 0]));
  return none as Record<ProductionStatus, number>;
};
