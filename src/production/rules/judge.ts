import type { Facts } from './facts.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';
import type { ProductionStatus, RuleName } from './statuses.js';

export interface JudgedMonth {
  /** `YYYY-MM`. January and February are one period, judged in February's name; January has no judgement of its own. */
  month: string;
  status: ProductionStatus;
  rule: RuleName;
  facts: Facts;
}

/** From the first month of which anything is known through `through` (`YYYY-MM`), each period, oldest first. */
export function judge(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  through: string,
  parameters: ProductionParameters,
): JudgedMonth[] {
  throw new Error(`not yet: ${[series, stops, baseline, through, parameters].length}`);
}
