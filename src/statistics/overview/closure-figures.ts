import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { SizeClass } from '../../enterprises/size-class.js';
import { type ClosureRow, type ClosureTimes, timesOf } from './closures.js';
import { histogramOf, medianOf, ninetiethPercentileOf, totalOf } from './quantiles.js';
import { SIZES } from './stock-figures.js';

export const HOPS = ['signing', 'firstNote', 'asking', 'verifying'] as const satisfies ReadonlyArray<
  keyof ClosureTimes
>;
export type Hop = (typeof HOPS)[number];

export interface HopFigures {
  /** Closures of which both ends of the hop are known. */
  closures: number;
  medianWorkingDays: number | null;
  p90WorkingDays: number | null;
}

export interface ClosureFigures {
  closures: number;
  hops: Record<Hop, HopFigures>;
  bySize: Array<{ sizeClass: SizeClass | null; closures: number; medianHandlingWorkingDays: number | null }>;
}

export function closureFiguresOf(rows: readonly ClosureRow[], calendar: WorkingCalendar): ClosureFigures {
  const timed = rows.map((row) => ({ sizeClass: row.sizeClass, times: timesOf(row, calendar) }));
  const histogram = (times: readonly ClosureTimes[], of: keyof ClosureTimes) =>
    histogramOf(times.flatMap((time) => time[of] ?? []));
  const all = timed.map(({ times }) => times);
  const hop = (of: Hop): HopFigures => {
    const days = histogram(all, of);
    return {
      closures: totalOf(days),
      medianWorkingDays: medianOf(days),
      p90WorkingDays: ninetiethPercentileOf(days),
    };
  };
  return {
    closures: rows.length,
    hops: {
      signing: hop('signing'),
      firstNote: hop('firstNote'),
      asking: hop('asking'),
      verifying: hop('verifying'),
    },
    bySize: SIZES.map((sizeClass) => {
      const own = timed.filter((closure) => closure.sizeClass === sizeClass).map(({ times }) => times);
      return {
        sizeClass,
        closures: own.length,
        medianHandlingWorkingDays: medianOf(histogram(own, 'handling')),
      };
    }),
  };
}
