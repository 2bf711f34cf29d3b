import type { JudgedMonth } from '../rules/judge.js';
import { beginOf, plusMonths } from '../rules/months.js';

/** Periods running that were judged alike. */
export interface StatusBand {
  /** `YYYY-MM`, as `to`, and both belong to it. */
  from: string;
  to: string;
  status: JudgedMonth['status'];
  /** What it began with. */
  first: JudgedMonth;
}

/**
 * Bands to paint behind a chart, oldest first, cut off at both ends of it. February's judgement is January's too, and
 * months that were not judged belong to no band.
 * @param judged oldest first
 */
export function statusBands(judged: readonly JudgedMonth[], from: string, to: string): StatusBand[] {
  const bands: StatusBand[] = [];
  for (const one of judged) {
    const last = bands.at(-1);
    const begins = beginOf(one.month);
    if (last?.status === one.status && plusMonths(last.to, 1) === begins) last.to = one.month;
    else bands.push({ from: begins, to: one.month, status: one.status, first: one });
  }
  return bands
    .filter((band) => band.to >= from && band.from <= to)
    .map((band) => ({
      ...band,
      from: band.from < from ? from : band.from,
      to: band.to > to ? to : band.to,
    }));
}
