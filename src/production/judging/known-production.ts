import type { PolicyInForce } from '../policies/production-policies.js';
import type { JudgedMonth } from '../rules/judge.js';
import type { Baseline, MonthFigures, Stop } from '../rules/month-figures.js';

/** All that the rules ask about one enterprise. */
export interface KnownProduction {
  /** Oldest first. */
  series: readonly MonthFigures[];
  stops: readonly Stop[];
  baseline: Baseline;
  policy: PolicyInForce;
}

export interface EnterpriseJudgement {
  enterpriseId: string;
  production: KnownProduction;
  /** Every period, oldest first. */
  months: readonly JudgedMonth[];
  /** Those of them of which a revision was appended now. */
  changedMonths: readonly string[];
}
