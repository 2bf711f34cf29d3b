import type { MonthFigures, Stop } from './month-figures.js';
import { beginOf, isFebruary, isJanuary, plusMonths } from './months.js';

/** What is judged at a time: a month, or January and February together. `null` is unknown. */
export interface Period {
  /** `YYYY-MM`, of January and February together February. */
  month: string;
  /** What it is compared with by the month is taken so many times. */
  months: 1 | 2;
  output: number | null;
  days: number | null;
  utilisation: number | null;
  electricity: number | null;
  isReported: boolean;
  /** A stop on record that any of its months belongs to. */
  stop: Stop['kind'] | null;
}

type Metric = 'outputValue' | 'productionDays' | 'capacityUtilisation' | 'electricity';

/** Every period from the first month of the series through `through`, without gaps: of a missing month nothing is known. */
export function periodsOf(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  through: string,
): Period[] {
  const known = new Map(series.map((figures) => [keyOf(figures.month, figures.coversMonths), figures]));
  const first = series.reduce<string | null>(
    (least, { month }) => (least === null || month < least ? month : least),
    null,
  );
  const periods: Period[] = [];
  if (first === null) return periods;
  for (let month = first; month <= through; month = plusMonths(month, 1))
    if (!isJanuary(month)) periods.push(periodAt(month, known, stops));
  return periods;
}

const keyOf = (month: string, coversMonths: 1 | 2): string => `${month}/${coversMonths}`;

function periodAt(month: string, known: ReadonlyMap<string, MonthFigures>, stops: readonly Stop[]): Period {
  const begin = beginOf(month);
  const stop = stops.find(
    ({ fromMonth, toMonth }) => fromMonth <= month && (toMonth === null || begin <= toMonth),
  );
  const alone = known.get(keyOf(month, 1));
  const before = begin === month ? undefined : known.get(keyOf(begin, 1));
  const together = begin === month ? undefined : known.get(keyOf(month, 2));
  const of = (metric: Metric): number | null =>
    begin === month
      ? (alone?.[metric] ?? null)
      : (added(before?.[metric], alone?.[metric], metric) ?? together?.[metric] ?? null);
  return {
    month,
    months: isFebruary(month) ? 2 : 1,
    output: of('outputValue'),
    days: of('productionDays'),
    utilisation: of('capacityUtilisation'),
    electricity: of('electricity'),
    isReported: [alone, before, together].some((figures) => figures?.isReported === true),
    stop: stop?.kind ?? null,
  };
}

/** Of two months; unknown where one of them is. What is no amount is meant. */
function added(
  january: number | null | undefined,
  february: number | null | undefined,
  metric: Metric,
): number | null {
  if (january === null || january === undefined || february === null || february === undefined) return null;
  const sum = january + february;
  return rounded(metric === 'capacityUtilisation' ? sum / 2 : sum, 4);
}

/** As decimals are written: sums of binary fractions are not. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Nine decimals, so that 0.24 of 0.30 is 0.8. `null` where there is nothing to compare, or with nothing. */
export function shareOf(value: number | null, whole: number | null): number | null {
  return value === null || whole === null || whole <= 0 ? null : Math.round((value / whole) * 1e9) / 1e9;
}

/**
 * The last `length` periods up to `at`, if all of them say so. One that is unknown or in a stop says nothing, and so
 * breaks the run; so does the beginning of what is known.
 */
export function runAt(
  periods: readonly Period[],
  at: number,
  length: number,
  says: (period: Period, at: number) => boolean,
): Period[] | null {
  if (at + 1 < length) return null;
  for (let one = at; one > at - length; one -= 1) {
    const period = periods[one];
    if (period === undefined || period.stop !== null || !says(period, one)) return null;
  }
  return periods.slice(at + 1 - length, at + 1);
}
