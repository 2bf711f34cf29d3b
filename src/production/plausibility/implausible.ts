import type { ProductionMetric, ProductionSource } from '../production-figure.entity.js';
import { monthsBefore } from '../figures/months.js';

export const PLAUSIBILITY_RULES = [
  'output_moved',
  'output_without_days',
  'output_without_electricity',
  'over_capacity',
  'same_as_month_before',
  'electricity_disagrees',
] as const;
export type PlausibilityRule = (typeof PLAUSIBILITY_RULES)[number];
/** Numbers in the units of their metrics, and names of months and sources. */
export type QueryFacts = Readonly<Record<string, number | string>>;

/** The newest revision of one figure. */
export interface NewestFigure {
  /** `YYYY-MM`. */
  month: string;
  metric: ProductionMetric;
  source: ProductionSource;
  value: number;
  /** 2: a February that stands for January too. */
  coversMonths: number;
}

export interface Implausible {
  month: string;
  rule: PlausibilityRule;
  facts: QueryFacts;
  /** The figures in question, as one text. */
  questioned: string;
}

/**
 * Output that is so many times more, or less, than it used to be: the commonest mistake is 元 written where 万元 is
 * asked for, a factor of 10,000; a zero too many is 10. Real falls and rises from one month to the next are smaller.
 */
const MOVED_FACTOR = 10;
/** Months looked back for what is usual: a whole year, so that the season is in it. */
export const MONTHS_BACK = 12;
/** From here on an enterprise runs above what it was built for: a fact that is flagged, never cut off. */
const FULL_CAPACITY = 1;
/** Equal figures of one metric alone are no wonder: full months have as many days, staff stays. */
const EQUAL_METRICS = 2;
/**
 * The grid company reads meters on days of its own, and roofs make some of the power: that moves a month by a quarter
 * or so. Half as much again is another meter, or another unit.
 */
const APART_FACTOR = 1.5;

type Check = (
  all: readonly NewestFigure[],
  of: readonly NewestFigure[],
  month: string,
) => Omit<Implausible, 'month' | 'rule'> | null;

/** What of these months is hard to believe, in the light of all figures given. */
export function implausible(figures: readonly NewestFigure[], months: readonly string[]): Implausible[] {
  return months.flatMap((month) => {
    const of = figures.filter((figure) => figure.month === month);
    return PLAUSIBILITY_RULES.flatMap((rule) => {
      const found = of.length === 0 ? null : CHECKS[rule](figures, of, month);
      return found === null ? [] : [{ month, rule, ...found }];
    });
  });
}

const CHECKS: Readonly<Record<PlausibilityRule, Check>> = {
  output_moved(all, of, month) {
    const since = monthsBefore(month, MONTHS_BACK);
    for (const figure of of.filter(({ metric, value }) => metric === 'output_value' && value > 0)) {
      const known = all.filter(
        (other) =>
          other.metric === 'output_value' &&
          other.source === figure.source &&
          other.month >= since &&
          other.month < month &&
          // What stood still says nothing of how much it makes when it runs.
          other.value > 0,
      );
      if (known.length === 0) continue;
      const usual = median(known.map(monthly));
      const output = monthly(figure);
      if (output <= usual * MOVED_FACTOR && output * MOVED_FACTOR >= usual) continue;
      const { value, source } = figure;
      return { facts: { output, usual, months: known.length, source }, questioned: `${source} ${value}` };
    }
    return null;
  },

  output_without_days: (_, of) => withoutTheOther(of, 'production_days'),

  output_without_electricity: (_, of) => withoutTheOther(of, 'electricity'),

  over_capacity(_, of) {
    const over = of.find(({ metric, value }) => metric === 'capacity_utilisation' && value > FULL_CAPACITY);
    if (over === undefined) return null;
    const { value: utilisation, source } = over;
    return { facts: { utilisation, source }, questioned: `${source} ${utilisation}` };
  },

  same_as_month_before(all, of, month) {
    const before = monthsBefore(month, 1);
    const others = all.filter((figure) => figure.month === before);
    const [now, then] = [of, others].map((some) => some.map(saying).toSorted().join(', '));
    const isAlike = now === then && [...of, ...others].every(({ coversMonths }) => coversMonths === 1);
    const metrics = new Set(of.map(({ metric }) => metric));
    // What stands still month after month is rightly told the same way.
    const isAtWork = of.some(
      ({ metric, value }) => value > 0 && (metric === 'output_value' || metric === 'electricity'),
    );
    if (!isAlike || !isAtWork || metrics.size < EQUAL_METRICS || now === undefined) return null;
    return { facts: { before, metrics: metrics.size }, questioned: now };
  },

  electricity_disagrees(_, of) {
    const from = (source: ProductionSource): NewestFigure | undefined =>
      of.find((figure) => figure.metric === 'electricity' && figure.source === source);
    const [grid, enterprise] = [from('grid'), from('enterprise')];
    if (grid === undefined || enterprise?.coversMonths !== grid.coversMonths) return null;
    const [less, more] = [grid.value, enterprise.value].toSorted((one, other) => one - other);
    if (less === undefined || more === undefined || more <= less * APART_FACTOR) return null;
    return {
      facts: { grid: grid.value, enterprise: enterprise.value },
      questioned: `${grid.value} ${enterprise.value}`,
    };
  },
};

/** Output, and every figure of what it cannot do without says zero, for as many months. */
function withoutTheOther(
  of: readonly NewestFigure[],
  metric: 'production_days' | 'electricity',
): Omit<Implausible, 'month' | 'rule'> | null {
  const output = of.find((figure) => figure.metric === 'output_value' && figure.value > 0);
  const others = of.filter((figure) => figure.metric === metric);
  if (output === undefined || others.length === 0) return null;
  if (others.some(({ value, coversMonths }) => value > 0 || coversMonths < output.coversMonths)) return null;
  return {
    facts: { output: output.value, source: output.source },
    questioned: `${output.source} ${output.value}`,
  };
}

const monthly = ({ value, coversMonths }: NewestFigure): number => value / coversMonths;

const saying = ({ metric, source, value }: NewestFigure): string => `${metric} ${source} ${value}`;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError('a median of nothing');
  return (low + high) / 2;
}
