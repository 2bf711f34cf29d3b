import type { Facts } from './facts.js';
import type { MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';
import { periodsOf } from './periods.js';
import type { ProductionStatus, RuleName } from './statuses.js';
import { walk } from './walk.js';

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
  through: string,
  parameters: ProductionParameters,
): JudgedMonth[] {
  const periods = periodsOf(series, stops, through);
  const { findings } = walk(periods, parameters);
  return periods.flatMap(({ month }, at) => {
    const found = findings[at];
    return found === undefined ? [] : [{ month, ...found }];
  });
}
