import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';

export interface BaselineFigure {
  /** Of one month: CNY or kWh. */
  value: number;
  /** `mean`: of the known months before the episode of distress that were neither in distress nor in a stop. */
  source: 'given' | 'mean';
  /** The months of the mean, oldest first. */
  months: readonly string[];
}

/** `null`: nothing is given and too few months are known. */
export interface BaselineFigures {
  output: BaselineFigure | null;
  electricity: BaselineFigure | null;
}

/** What the figures of `month` are compared with: how it was before the episode of distress that `month` is in or follows. */
export function baselineAt(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  month: string,
  parameters: ProductionParameters,
): BaselineFigures {
  throw new Error(`not yet: ${[series, stops, baseline, month, parameters].length}`);
}
