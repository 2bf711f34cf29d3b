import type { DistressType } from '../../cases/lifecycle/states.js';
import type { Facts } from '../rules/facts.js';
import type { ProductionStatus, RuleName } from '../rules/statuses.js';

export const CANDIDATE_KINDS = ['new_distress', 'worsening', 'suspected', 'relapse'] as const;
export type CandidateKind = (typeof CANDIDATE_KINDS)[number];

export const CANDIDATE_STATUSES = ['open', 'accepted', 'merged', 'dismissed', 'lapsed'] as const;
export type CandidateStatus = (typeof CANDIDATE_STATUSES)[number];

/** `figures`: by the rules; `follow_up`: by a person who looked some time after the closure. */
export const CANDIDATE_ORIGINS = ['figures', 'follow_up'] as const;
export type CandidateOrigin = (typeof CANDIDATE_ORIGINS)[number];

/**
 * Why nobody has to decide any more: `ground_gone`: figures were corrected, or production is back · `superseded`: a
 * graver kind took its place · `case_reopened`, `case_ended`: of the case that it names.
 */
export const LAPSE_REASONS = ['ground_gone', 'superseded', 'case_reopened', 'case_ended'] as const;
export type LapseReason = (typeof LAPSE_REASONS)[number];

/** What it was raised upon. Frozen once somebody has decided. */
export interface Evidence {
  /** Judged for `month`. */
  status: ProductionStatus;
  month: string;
  rule: RuleName | 'relapse' | 'follow_up';
  facts: Facts;
  /** The months running through `month` that speak for it. */
  months: readonly string[];
  policyVersion: number;
}

const SEVERITY: Readonly<Record<ProductionStatus, number>> = {
  unknown: 0,
  normal: 0,
  reduced_output: 1,
  semi_stalled: 2,
  stalled: 3,
  suspected: 3,
};

/** How bad it is; more is worse. */
export const severityOf = (status: ProductionStatus): number => SEVERITY[status];

/** The type of distress that a status is; `null` where it is none. */
export function distressOf(status: ProductionStatus): DistressType | null {
  if (status === 'stalled' || status === 'semi_stalled' || status === 'reduced_output') return status;
  // Electricity of next to nothing and no word: what it most likely is, for a person to say otherwise.
  return status === 'suspected' ? 'stalled' : null;
}
