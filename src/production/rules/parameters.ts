import { PRODUCTION_MILESTONES, type ProductionMilestone } from './statuses.js';

/**
 * Every number of the rules. Shares are of 1; `…AtMost` and `…AtLeast` include the number, `…Below` does not. `…Months`
 * counts known periods running, of which January and February together are one.
 */
export interface ProductionParameters {
  /** 停产: output 0 and production days 0 for so long. */
  stalledMonths: number;
  /** 半停产: utilisation below this, or output at most this share of the same month last year, for so long. */
  semiStalledUtilisationBelow: number;
  semiStalledOutputAtMost: number;
  semiStalledMonths: number;
  /** 减产: output at most this share of the same month last year for so long, or at most this share of the year to date. */
  reducedOutputAtMost: number;
  reducedOutputMonths: number;
  reducedYearToDateAtMost: number;
  /** Electricity below this share of its baseline, and no report. */
  suspectedElectricityBelow: number;
  /** 复产: so many production days in a month, or electricity at least this share of its baseline. */
  resumedProductionDays: number;
  resumedElectricityAtLeast: number;
  /** 复能: output at least this share of its baseline for so long. */
  capacityRestoredOutputAtLeast: number;
  capacityRestoredMonths: number;
  /** 达效. */
  onTargetOutputAtLeast: number;
  onTargetMonths: number;
  /** 满产: utilisation in the last known month. */
  fullCapacityUtilisationAtLeast: number;
  /** 反弹: output below this share of its baseline for so long, in so many months after closure. */
  relapseOutputBelow: number;
  relapseMonths: number;
  relapseWatchMonths: number;
  /** A baseline is the mean of at most so many months, and of at least so many. */
  baselineMonths: number;
  baselineLeastMonths: number;
  /** What was judged of a month more than so many months ago says nothing of today: no candidate is raised upon it. */
  candidateFreshMonths: number;
  /** A dismissed candidate keeps quiet for so long, unless somebody says otherwise or it gets worse. */
  dismissalQuietMonths: number;
  /** 回访: so many days after a closure as recovered. */
  firstFollowUpDays: number;
  secondFollowUpDays: number;
  /** What the figures must have reached for a case to be closed as `recovered`. */
  closureMilestone: ProductionMilestone;
}

export const DEFAULT_PARAMETERS: ProductionParameters = {
  stalledMonths: 1,
  semiStalledUtilisationBelow: 0.5,
  semiStalledOutputAtMost: 0.5,
  semiStalledMonths: 2,
  reducedOutputAtMost: 0.8,
  reducedOutputMonths: 2,
  reducedYearToDateAtMost: 0.9,
  suspectedElectricityBelow: 0.1,
  resumedProductionDays: 15,
  resumedElectricityAtLeast: 0.3,
  capacityRestoredOutputAtLeast: 0.6,
  capacityRestoredMonths: 2,
  onTargetOutputAtLeast: 0.9,
  onTargetMonths: 3,
  fullCapacityUtilisationAtLeast: 0.9,
  relapseOutputBelow: 0.7,
  relapseMonths: 2,
  relapseWatchMonths: 6,
  baselineMonths: 12,
  baselineLeastMonths: 3,
  candidateFreshMonths: 6,
  dismissalQuietMonths: 3,
  firstFollowUpDays: 30,
  secondFollowUpDays: 90,
  closureMilestone: 'capacity_restored',
};

interface Bounds {
  least: number;
  most: number;
  /** `share`: four decimals; `count`: a whole number. */
  kind: 'share' | 'count';
}

const share = (least: number, most: number): Bounds => ({ least, most, kind: 'share' });
const count = (least: number, most: number): Bounds => ({ least, most, kind: 'count' });

export type NumberParameter = Exclude<keyof ProductionParameters, 'closureMilestone'>;

/** What each number may be. */
export const PARAMETER_BOUNDS: Readonly<Record<NumberParameter, Bounds>> = {
  stalledMonths: count(1, 12),
  semiStalledUtilisationBelow: share(0, 1),
  semiStalledOutputAtMost: share(0, 1),
  semiStalledMonths: count(1, 12),
  reducedOutputAtMost: share(0, 1),
  reducedOutputMonths: count(1, 12),
  reducedYearToDateAtMost: share(0, 1),
  suspectedElectricityBelow: share(0, 1),
  resumedProductionDays: count(1, 31),
  resumedElectricityAtLeast: share(0.01, 2),
  capacityRestoredOutputAtLeast: share(0.01, 2),
  capacityRestoredMonths: count(1, 12),
  onTargetOutputAtLeast: share(0.01, 2),
  onTargetMonths: count(1, 12),
  fullCapacityUtilisationAtLeast: share(0.01, 1),
  relapseOutputBelow: share(0, 2),
  relapseMonths: count(1, 12),
  relapseWatchMonths: count(1, 24),
  baselineMonths: count(1, 36),
  baselineLeastMonths: count(1, 36),
  candidateFreshMonths: count(1, 24),
  dismissalQuietMonths: count(1, 24),
  firstFollowUpDays: count(1, 730),
  secondFollowUpDays: count(1, 730),
};

export interface ParameterFault {
  name: keyof ProductionParameters;
  code: 'PARAMETER_OUT_OF_BOUNDS' | 'PARAMETERS_CONTRADICT';
  params: Record<string, number | string>;
}

/** Pairs of which the first may not be more than the second: a graver status asks for no less than a lighter one. */
const NOT_MORE_THAN: ReadonlyArray<readonly [NumberParameter, NumberParameter]> = [
  ['semiStalledOutputAtMost', 'reducedOutputAtMost'],
  ['capacityRestoredOutputAtLeast', 'onTargetOutputAtLeast'],
  ['baselineLeastMonths', 'baselineMonths'],
  ['relapseMonths', 'relapseWatchMonths'],
  ['firstFollowUpDays', 'secondFollowUpDays'],
];

/** What is wrong with a set of parameters; none: it may be put in force. */
export function parameterFaults(parameters: ProductionParameters): ParameterFault[] {
  const faults: ParameterFault[] = [];
  for (const name of Object.keys(PARAMETER_BOUNDS) as NumberParameter[]) {
    const { least, most, kind } = PARAMETER_BOUNDS[name];
    const value = parameters[name];
    const isFine = kind === 'count' ? Number.isInteger(value) : Number(value.toFixed(4)) === value;
    if (!isFine || value < least || value > most)
      faults.push({ name, code: 'PARAMETER_OUT_OF_BOUNDS', params: { name, least, most } });
  }
  if (!PRODUCTION_MILESTONES.includes(parameters.closureMilestone))
    faults.push({
      name: 'closureMilestone',
      code: 'PARAMETER_OUT_OF_BOUNDS',
      params: { name: 'closureMilestone', least: 'resumed', most: 'on_target' },
    });
  for (const [less, more] of NOT_MORE_THAN)
    if (parameters[less] > parameters[more])
      faults.push({ name: less, code: 'PARAMETERS_CONTRADICT', params: { name: less, than: more } });
  return faults;
}
