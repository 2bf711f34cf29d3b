import { type BaselineFigures } from './baseline.js';
import type { Facts } from './facts.js';
import { electricityShare, milestoneMarks } from './milestone-marks.js';
import { milestonesHeld, milestoneTurns } from './milestones.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';
import type { Period } from './periods.js';
import { sinceDistress } from './since.js';
import type { ProductionMilestone } from './statuses.js';

/** What stands between an enterprise and a milestone, and the facts of each. */
export type MissingFacts = {
  /** Neither is a baseline given nor are enough months before the distress known. */
  baseline_wanting: { leastMonths: number };
  /** Periods running that it takes, and how many of them there are. */
  periods_wanting: { have: number; need: number; after: string };
  figure_unknown: { month: string; metric: 'output_value' | 'production_days' };
  /** A month in a stop on record counts for nothing. */
  month_in_stop: { month: string };
  output_below: { month: string; output: number; baseline: number; atLeast: number };
  /** `electricity` stands with its baseline, or not at all. `daysAtLeast` is of the whole period. */
  production_below: {
    month: string;
    days: number | null;
    daysAtLeast: number;
    electricity: number | null;
    electricityBaseline: number | null;
    electricityAtLeast: number;
  };
};

type Missing = { [What in keyof MissingFacts]: { what: What } & MissingFacts[What] }[keyof MissingFacts];

/**
 * What is still missing for it, for the department; none: it is held. Each has `what` and the facts of
 * {@link MissingFacts}; words: `missingText`.
 */
export function missingFor(
  milestone: ProductionMilestone,
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  sinceMonth: string,
  parameters: ProductionParameters,
): Facts[] {
  const turns = milestoneTurns(series, stops, baseline, sinceMonth, parameters);
  if (milestonesHeld(turns).includes(milestone)) return [];
  const since = sinceDistress(series, stops, baseline, sinceMonth, parameters);
  const mark = milestoneMarks(since.baseline, parameters).find((one) => one.milestone === milestone);
  if (mark === undefined) throw new RangeError(`no milestone ${milestone}`);
  if (milestone !== 'resumed' && since.baseline.output === null)
    return [{ what: 'baseline_wanting', leastMonths: parameters.baselineLeastMonths } satisfies Missing];
  const last = since.periods.slice(-mark.periods);
  const trailing = last.findLastIndex((period) => mark.verdictOn(period) !== 'met');
  const wanting: Missing = {
    what: 'periods_wanting',
    have: last.length - 1 - trailing,
    need: mark.periods,
    after: sinceMonth,
  };
  const against = last
    .filter((period) => mark.verdictOn(period) !== 'met')
    .map((period) => missingOf(milestone, period, since.baseline, parameters));
  return [wanting, ...against];
}

/** Why a period does not count for it. */
function missingOf(
  milestone: ProductionMilestone,
  period: Period,
  baseline: BaselineFigures,
  parameters: ProductionParameters,
): Missing {
  const { month, months, output, days, electricity, stop } = period;
  if (stop !== null) return { what: 'month_in_stop', month };
  if (milestone !== 'resumed') {
    if (output === null) return { what: 'figure_unknown', month, metric: 'output_value' };
    const atLeast =
      milestone === 'on_target' ? parameters.onTargetOutputAtLeast : parameters.capacityRestoredOutputAtLeast;
    return { what: 'output_below', month, output, baseline: (baseline.output?.value ?? 0) * months, atLeast };
  }
  const isComparable = electricityShare(period, baseline) !== null;
  if (days === null && !isComparable) return { what: 'figure_unknown', month, metric: 'production_days' };
  return {
    what: 'production_below',
    month,
    days,
    daysAtLeast: parameters.resumedProductionDays * months,
    electricity: isComparable ? electricity : null,
    electricityBaseline: isComparable ? (baseline.electricity?.value ?? 0) * months : null,
    electricityAtLeast: parameters.resumedElectricityAtLeast,
  };
}
