import { distressAt, isNothing, type YearOnYear } from './distress.js';
import { type Finding, isDistress } from './finding.js';
import { plusMonths } from './months.js';
import type { ProductionParameters } from './parameters.js';
import { type Period, shareOf } from './periods.js';
import { SoundPeriods } from './sound-periods.js';

/** What was found of each period, and those that say how the enterprise is when all is well. */
export interface Walked {
  findings: Finding[];
  sound: SoundPeriods;
}

/** Each period is judged by itself and those before it; none is judged by what came later. */
export function walk(periods: readonly Period[], parameters: ProductionParameters): Walked {
  const byMonth = new Map(periods.map((period) => [period.month, period]));
  const lastYear = periods.map(({ month }) => byMonth.get(plusMonths(month, -12)));
  const sound = new SoundPeriods();
  const findings = periods.map((period, at) => {
    const found = findingAt({ periods, lastYear }, at, sound, parameters);
    if (isDistress(found.status)) sound.drop(beginningOf(found));
    else if (found.rule !== 'planned_stop' && found.rule !== 'stall_undecided') sound.add(period);
    return found;
  });
  return { findings, sound };
}

/** The months before that turn out to have been in distress already; of a year to date nobody can say which. */
const beginningOf = (found: Finding): readonly string[] =>
  found.rule === 'nothing_produced' || found.rule === 'half_idle' || found.rule === 'output_below_last_year'
    ? found.facts.months
    : [];

function findingAt(
  known: YearOnYear,
  at: number,
  sound: SoundPeriods,
  parameters: ProductionParameters,
): Finding {
  const period = known.periods[at];
  if (period === undefined) throw new RangeError(`no period at ${at}`);
  const { output, days, utilisation, stop } = period;
  if (stop !== null) return { status: 'normal', rule: 'planned_stop', facts: { kind: stop } };
  const found = distressAt(known, at, parameters) ?? suspicion(period, sound, parameters);
  if (found !== null) return found;
  if (output === null && days === null && utilisation === null)
    return { status: 'unknown', rule: 'no_figures', facts: {} };
  if ((isNothing(output) && days === null) || (isNothing(days) && output === null))
    return { status: 'unknown', rule: 'stall_undecided', facts: { output, days } };
  const lastYear = known.lastYear[at]?.output ?? null;
  return { status: 'normal', rule: 'within_bounds', facts: { output, days, utilisation, lastYear } };
}

/** Nobody has said anything, and the electricity says that it stands still. */
function suspicion(
  { electricity, isReported, months: periodMonths }: Period,
  sound: SoundPeriods,
  parameters: ProductionParameters,
): Finding | null {
  if (electricity === null || isReported) return null;
  const baseline = sound.mean('electricity', parameters);
  const { suspectedElectricityBelow: below } = parameters;
  const share = baseline && shareOf(electricity, baseline.value * periodMonths);
  if (baseline === null || share === null || share >= below) return null;
  const facts = {
    electricity,
    baseline: baseline.value,
    baselineMonths: [...baseline.months],
    periodMonths,
    below,
  };
  return { status: 'suspected', rule: 'electricity_fell', facts };
}
