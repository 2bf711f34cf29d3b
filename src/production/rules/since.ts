import { type BaselineFigures, baselineAt } from './baseline.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import { beginOf } from './months.js';
import type { ProductionParameters } from './parameters.js';
import { type Period, periodsOf } from './periods.js';

/** What came after distress, and what it is compared with. */
export interface Since {
  /** Those that begin after it. */
  periods: readonly Period[];
  baseline: BaselineFigures;
}

export function sinceDistress(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  sinceMonth: string,
  parameters: ProductionParameters,
): Since {
  const last = series.reduce((most, { month }) => (month > most ? month : most), '');
  return {
    periods: periodsOf(series, stops, last).filter(({ month }) => beginOf(month) > sinceMonth),
    baseline: baselineAt(series, stops, baseline, sinceMonth, parameters),
  };
}
