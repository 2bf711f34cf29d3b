import type { JudgedMonth } from '../rules/judge.js';
import type { Baseline, MonthFigures, Stop } from '../rules/month-figures.js';
import type { ProductionParameters } from '../rules/parameters.js';

/** The parameters by which something was judged. */
export interface PolicyInForce {
  version: number;
  parameters: ProductionParameters;
}

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
