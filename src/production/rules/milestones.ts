import type { Facts } from './facts.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';
import type { ProductionMilestone } from './statuses.js';

export interface MilestoneTurn {
  milestone: ProductionMilestone;
  turn: 'reached' | 'lost';
  month: string;
  facts: Facts;
}

/**
 * What was reached and lost, in order, by periods that begin after `sinceMonth`: the last month that belongs to the
 * distress (of a case opened by a candidate the candidate's last month, else the month of its report).
 */
export function milestoneTurns(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  sinceMonth: string,
  parameters: ProductionParameters,
): MilestoneTurn[] {
  throw new Error(`not yet: ${[series, stops, baseline, sinceMonth, parameters].length}`);
}

/** Those of which the last turn is `reached`, in the order in which they are reached. */
export function milestonesHeld(turns: readonly MilestoneTurn[]): ProductionMilestone[] {
  throw new Error(`not yet: ${turns.length}`);
}

/** What is still missing for it, for the department; none: it is held. Words: `missingText`. */
export function missingFor(
  milestone: ProductionMilestone,
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  sinceMonth: string,
  parameters: ProductionParameters,
): Facts[] {
  throw new Error(`not yet: ${[milestone, series, stops, baseline, sinceMonth, parameters].length}`);
}
