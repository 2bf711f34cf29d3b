import type { Facts } from './facts.js';
import { outputShare } from './milestone-marks.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import { beginOf, plusMonths } from './months.js';
import type { ProductionParameters } from './parameters.js';
import { runAt } from './periods.js';
import { sinceDistress } from './since.js';

/** A case that was closed: months `YYYY-MM`. */
export interface ClosedEpisode {
  /** As `milestoneTurns` takes it: what was normal is what was before it. */
  sinceMonth: string;
  closedMonth: string;
}

/**
 * 反弹: the first run of periods below the share of the baseline, all of them begun after the month of closure and ended
 * within the watch.
 */
export function relapse(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  given: Baseline,
  { sinceMonth, closedMonth }: ClosedEpisode,
  parameters: ProductionParameters,
): { months: string[]; facts: Facts } | null {
  const { relapseOutputBelow: below, relapseMonths, relapseWatchMonths } = parameters;
  const { periods, baseline } = sinceDistress(series, stops, given, sinceMonth, parameters);
  const watchedThrough = plusMonths(closedMonth, relapseWatchMonths);
  const watched = periods.filter(({ month }) => beginOf(month) > closedMonth && month <= watchedThrough);
  const isBelow = (share: number | null): boolean => share !== null && share < below;
  for (const at of watched.keys()) {
    const run = runAt(watched, at, relapseMonths, (period) => isBelow(outputShare(period, baseline)));
    if (run === null) continue;
    const months = run.map(({ month }) => month);
    const facts = {
      months,
      outputs: run.map(({ output }) => output),
      outputBaseline: baseline.output?.value ?? null,
      baselineSource: baseline.output?.source ?? null,
      below,
    };
    return { months, facts };
  }
  return null;
}
