import type { Facts } from './facts.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';

/** A case that was closed: months `YYYY-MM`. */
export interface ClosedEpisode {
  /** As `milestoneTurns` takes it: what was normal is what was before it. */
  sinceMonth: string;
  closedMonth: string;
}

/** 反弹: the first run of months, in the watch after closure, that says it is in distress again. */
export function relapse(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  episode: ClosedEpisode,
  parameters: ProductionParameters,
): { months: string[]; facts: Facts } | null {
  throw new Error(`not yet: ${[series, stops, baseline, episode, parameters].length}`);
}
