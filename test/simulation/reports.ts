import type { Draw } from './draw.js';
import type { RealMonth } from './firm.js';
import type { Life } from './lives.js';
import { isJanuary, nameOf } from './months.js';

const METRICS = ['outputValue', 'productionDays', 'capacityUtilisation', 'electricity', 'staff'] as const;
export type Metric = (typeof METRICS)[number];
export type Source = 'enterprise' | 'grid' | 'tax';

/** A figure as it comes in; a later one of the same month, metric and source takes its place. */
export interface Report {
  /** `YYYY-MM`; of January and February together that of February. */
  month: string;
  coversMonths: 1 | 2;
  metric: Metric;
  source: Source;
  value: number;
  /** Known at the end of this month. */
  arrivesIn: number;
}

/** How an enterprise reports, whatever becomes of it. */
interface Habits {
  metrics: readonly Metric[];
  hasGrid: boolean;
  /** January and February come as one figure. */
  isMerging: boolean;
  missing: number;
  late: number;
  wrong: number;
}

function habitsOf(draw: Draw): Habits {
  const hasUtilisation = draw.isOnce(0.6);
  return {
    metrics: METRICS.filter((metric) => metric !== 'capacityUtilisation' || hasUtilisation),
    hasGrid: draw.isOnce(0.9),
    isMerging: draw.isOnce(0.4),
    missing: draw.isOnce(0.15) ? 0.15 : 0.02,
    late: draw.isOnce(0.15) ? 0.3 : 0.03,
    wrong: 0.01,
  };
}

/**
 * Everything that comes in of an enterprise, sorted by when.
 * @param told what it says of its months, which is not what they were where it is rosy
 */
export function reportsOf(
  draw: Draw,
  life: Life,
  real: readonly RealMonth[],
  told: readonly RealMonth[],
): Report[] {
  const habits = habitsOf(draw);
  const silentFrom = isSilent(life) ? (life.episodes[0]?.from ?? 0) : Number.POSITIVE_INFINITY;
  const gridUntil = life.candour === 'gone' ? silentFrom : Number.POSITIVE_INFINITY;
  const hasGrid = habits.hasGrid || life.candour === 'silent' || life.candour === 'rosy';
  return [
    ...inPeriods(told, habits.isMerging)
      .filter(({ month }) => month < silentFrom)
      .flatMap((period) => fromEnterprise(draw, habits, period)),
    ...(hasGrid ? real.filter(({ month }) => month < gridUntil).map(fromGrid) : []),
    ...(life.hasTax ? real.map(fromTax) : []),
  ].toSorted((one, other) => one.arrivesIn - other.arrivesIn);
}

const isSilent = ({ candour }: Life): boolean => candour === 'silent' || candour === 'gone';

type Period = RealMonth & { coversMonths: 1 | 2 };

function inPeriods(told: readonly RealMonth[], isMerging: boolean): Period[] {
  return told.flatMap((one, at): Period[] => {
    const next = told[at + 1];
    const before = told[at - 1];
    if (!isMerging) return [{ ...one, coversMonths: 1 }];
    if (isJanuary(one.month) && next !== undefined) return [];
    if (before === undefined || !isJanuary(before.month)) return [{ ...one, coversMonths: 1 }];
    return [
      {
        month: one.month,
        coversMonths: 2,
        outputValue: before.outputValue + one.outputValue,
        productionDays: before.productionDays + one.productionDays,
        capacityUtilisation: (before.capacityUtilisation + one.capacityUtilisation) / 2,
        electricity: before.electricity + one.electricity,
        staff: one.staff,
      },
    ];
  });
}

function fromEnterprise(draw: Draw, habits: Habits, period: Period): Report[] {
  if (draw.isOnce(habits.missing)) return [];
  const { month, coversMonths } = period;
  const arrivesIn = month + 1 + (draw.isOnce(habits.late) ? draw.whole(1, 3) : 0);
  const reports = habits.metrics.map((metric): Report => {
    const value = period[metric];
    return { month: nameOf(month), coversMonths, metric, source: 'enterprise', value, arrivesIn };
  });
  if (!draw.isOnce(habits.wrong)) return reports;
  // A wrong unit, or a figure that flatters or was made too early; it is put right later.
  const factor = draw.pick([0.1, 10, 0.7, 1.3]);
  const corrected = arrivesIn + draw.whole(1, 2);
  return reports.flatMap((report) =>
    report.metric === 'outputValue'
      ? [
          { ...report, value: report.value * factor },
          { ...report, arrivesIn: corrected },
        ]
      : [report],
  );
}

const fromGrid = ({ month, electricity }: RealMonth): Report => ({
  month: nameOf(month),
  coversMonths: 1,
  metric: 'electricity',
  source: 'grid',
  value: electricity,
  arrivesIn: month + 1,
});

/** Declared in the month after, told a month later. */
const fromTax = ({ month, outputValue }: RealMonth): Report => ({
  month: nameOf(month),
  coversMonths: 1,
  metric: 'outputValue',
  source: 'tax',
  value: outputValue,
  arrivesIn: month + 2,
});
