import type { BaselineFigures } from './baseline.js';
import type { ProductionParameters } from './parameters.js';
import { type Period, shareOf } from './periods.js';
import type { ProductionMilestone } from './statuses.js';

/** `unknown` breaks a run like the end of it: it is neither for nor against. */
export type Verdict = 'met' | 'failed' | 'unknown';

/** What a milestone asks of a period, and of how many of them running; as many that fail it lose it again. */
export interface MilestoneMark {
  milestone: ProductionMilestone;
  periods: number;
  verdictOn(period: Period): Verdict;
}

/** In the order in which they are reached. */
export function milestoneMarks(
  baseline: BaselineFigures,
  parameters: ProductionParameters,
): readonly MilestoneMark[] {
  const byOutput = (atLeast: number) => (period: Period) =>
    verdict(period, outputShare(period, baseline), (share) => share >= atLeast);
  return [
    {
      milestone: 'resumed',
      periods: 1,
      verdictOn: (period) => resumedVerdict(period, baseline, parameters),
    },
    {
      milestone: 'capacity_restored',
      periods: parameters.capacityRestoredMonths,
      verdictOn: byOutput(parameters.capacityRestoredOutputAtLeast),
    },
    {
      milestone: 'on_target',
      periods: parameters.onTargetMonths,
      verdictOn: byOutput(parameters.onTargetOutputAtLeast),
    },
  ];
}

export const outputShare = (
  { output, months }: Period,
  { output: baseline }: BaselineFigures,
): number | null => shareOf(output, baseline && baseline.value * months);

export const electricityShare = (
  { electricity, months }: Period,
  { electricity: baseline }: BaselineFigures,
): number | null => shareOf(electricity, baseline && baseline.value * months);

/** Either of two signs is enough. Without one, production days say that it has not resumed, and electricity where they are unknown. */
function resumedVerdict(
  period: Period,
  baseline: BaselineFigures,
  { resumedProductionDays, resumedElectricityAtLeast }: ProductionParameters,
): Verdict {
  const byDays = verdict(period, period.days, (days) => days >= resumedProductionDays * period.months);
  const byElectricity = verdict(
    period,
    electricityShare(period, baseline),
    (share) => share >= resumedElectricityAtLeast,
  );
  if (byDays === 'met' || byElectricity === 'met') return 'met';
  return byDays === 'failed' || byElectricity === 'failed' ? 'failed' : 'unknown';
}

const verdict = ({ stop }: Period, figure: number | null, isMet: (figure: number) => boolean): Verdict =>
  stop !== null || figure === null ? 'unknown' : isMet(figure) ? 'met' : 'failed';
