import { dayNumberOf } from '../../calendar/calendar-date.js';
import type { Light } from '../../cases/deadlines/light.js';
import { SIZE_CLASSES, type SizeClass } from '../../enterprises/size-class.js';
import { fraction, roundHalfUp } from '../table/fraction.js';
import { type Histogram, medianOf } from './quantiles.js';
import type { StockRow } from './stock.js';

/** Calendar days, both ends included; the last band is open. */
const BANDS: ReadonlyArray<{ from: number; to: number | null }> = [
  { from: 0, to: 7 },
  { from: 8, to: 15 },
  { from: 16, to: 30 },
  { from: 31, to: 60 },
  { from: 61, to: 90 },
  { from: 91, to: null },
];
/** Departments that are named. */
const TOP = 5;

export interface Band {
  from: number;
  to: number | null;
  count: number;
}

export interface StockFigures {
  live: number;
  overdue: number;
  waiting: number;
  lights: Record<Light, number>;
  medianAgeDays: number | null;
  bands: Band[];
  /** Those with most overdue, at most {@link TOP}. */
  overdueByDepartment: Array<{ departmentId: string; overdue: number; share: number }>;
  /** Share of the overdue that the three departments with most of them lead. */
  topThreeShare: number | null;
  bySize: SizeStock[];
}

export interface SizeStock {
  /** `null`: not stated. */
  sizeClass: SizeClass | null;
  live: number;
  /** 销号率 to date, as in the weekly table. */
  closureRate: number | null;
}

export const SIZES: ReadonlyArray<SizeClass | null> = [...SIZE_CLASSES, null];

const share = (part: number, whole: number): number | null => {
  const value = fraction(part, whole);
  return value === null ? null : roundHalfUp(value, 4);
};

/** What stands at the end of the day `on`, from all cases. Ages are calendar days: what the enterprise waited. */
export function stockFiguresOf(rows: readonly StockRow[], on: string): StockFigures {
  const live = rows.filter(({ standing }) => standing === 'live');
  const overdue = live.filter(({ isOverdue }) => isOverdue);
  const ages = agesOf(live, on);
  const departments = [...summed(overdue, ({ departmentId }) => departmentId ?? '')]
    // Equal ones by id, so that the answer is the same each time.
    .toSorted(([one, most], [other, least]) => least - most || (one < other ? -1 : 1));
  const overdueCount = countOf(overdue);
  const topThree = departments.slice(0, 3).reduce((sum, [, count]) => sum + count, 0);
  const lightsOf = (light: Light): number => countOf(live.filter((row) => row.light === light));
  return {
    live: countOf(live),
    overdue: overdueCount,
    waiting: countOf(rows.filter(({ standing }) => standing === 'waiting')),
    lights: {
      red: lightsOf('red'),
      yellow: lightsOf('yellow'),
      grey: lightsOf('grey'),
      green: lightsOf('green'),
    },
    medianAgeDays: medianOf(ages),
    bands: BANDS.map(({ from, to }) => ({ from, to, count: within(ages, from, to) })),
    overdueByDepartment: departments.slice(0, TOP).map(([departmentId, count]) => ({
      departmentId,
      overdue: count,
      share: share(count, overdueCount) ?? 0,
    })),
    topThreeShare: share(topThree, overdueCount),
    bySize: SIZES.map((sizeClass) => sizeStockOf(rows, sizeClass)),
  };
}

function sizeStockOf(rows: readonly StockRow[], sizeClass: SizeClass | null): SizeStock {
  const own = rows.filter((row) => row.sizeClass === sizeClass);
  const live = countOf(own.filter(({ standing }) => standing === 'live'));
  const resolved = countOf(own.filter(({ standing }) => standing === 'resolved'));
  return { sizeClass, live, closureRate: share(resolved, resolved + live) };
}

function agesOf(live: readonly StockRow[], on: string): Histogram {
  const today = dayNumberOf(on);
  return summed(live, ({ openedOn }) => today - dayNumberOf(openedOn ?? on));
}

const within = (ages: Histogram, from: number, to: number | null): number =>
  [...ages].reduce((sum, [age, count]) => (age >= from && age <= (to ?? Infinity) ? sum + count : sum), 0);

const countOf = (rows: readonly StockRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);

function summed<Key>(rows: readonly StockRow[], keyOf: (row: StockRow) => Key): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.count);
  return sums;
}
