import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import { beginOf, periodOf, plusMonths } from './months.js';
import type { ProductionParameters } from './parameters.js';
import { periodsOf } from './periods.js';
import { type BaselineFigure } from './sound-periods.js';
import { walk } from './walk.js';

/** Of one month; `null`: nothing is given and too few months are known. */
export interface BaselineFigures {
  output: BaselineFigure | null;
  electricity: BaselineFigure | null;
}

/**
 * What is compared with from `month` on: the output that is given, else the mean of the last known months before it that
 * were neither in distress nor in a stop; of electricity always the mean. Nothing that comes later changes it.
 */
export function baselineAt(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  { givenOutput }: Baseline,
  month: string,
  parameters: ProductionParameters,
): BaselineFigures {
  const before = plusMonths(beginOf(periodOf(month)), -1);
  const { sound } = walk(periodsOf(series, stops, before), parameters);
  const given: BaselineFigure | null =
    givenOutput !== null && givenOutput > 0 ? { value: givenOutput, source: 'given', months: [] } : null;
  return {
    output: given ?? sound.mean('output', parameters),
    electricity: sound.mean('electricity', parameters),
  };
}
