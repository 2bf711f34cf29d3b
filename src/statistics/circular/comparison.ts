import type { WeeklyColumns } from '../table/columns.js';

/** How the city stands against a week earlier; positive is more. */
export interface Comparison {
  closing: number;
  overdue: number;
  resolved: number;
  /** In hundredths of a percentage point; `null` where either week has no rate. */
  closureRate: number | null;
}

/** Rates have four decimals: as whole ten-thousandths they subtract exactly. */
const tenThousandths = (rate: number): number => Math.round(rate * 10_000);

export const compare = (now: WeeklyColumns, before: WeeklyColumns): Comparison => ({
  closing: now.closing - before.closing,
  overdue: now.overdue - before.overdue,
  resolved: now.resolved - before.resolved,
  closureRate:
    now.closureRate === null || before.closureRate === null
      ? null
      : tenThousandths(now.closureRate) - tenThousandths(before.closureRate),
});
