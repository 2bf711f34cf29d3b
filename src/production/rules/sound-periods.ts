import type { ProductionParameters } from './parameters.js';
import { type Period, rounded } from './periods.js';

export interface BaselineFigure {
  /** Of one month: CNY or kWh. */
  value: number;
  /** `mean`: of the last known months before that were neither in distress nor in a stop. */
  source: 'given' | 'mean';
  /** The periods of the mean, oldest first. */
  months: readonly string[];
}

/** The periods, as they go by, that say how an enterprise is when all is well. */
export class SoundPeriods {
  private readonly periods: Period[] = [];

  add(period: Period): void {
    this.periods.push(period);
  }

  /** They turned out to be the beginning of distress. */
  drop(months: readonly string[]): void {
    for (let last = this.periods.length - 1; last >= 0; last -= 1) {
      const period = this.periods[last];
      if (period === undefined || period.month < (months[0] ?? '')) return;
      if (months.includes(period.month)) this.periods.splice(last, 1);
    }
  }

  /** A month's mean over the last that are known; `null` where they are too few, or come to nothing. */
  mean(
    metric: 'output' | 'electricity',
    { baselineMonths, baselineLeastMonths }: ProductionParameters,
  ): BaselineFigure | null {
    const months: string[] = [];
    let sum = 0;
    let count = 0;
    for (let last = this.periods.length - 1; last >= 0 && count < baselineMonths; last -= 1) {
      const period = this.periods[last];
      const value = period?.[metric];
      if (period === undefined || value === null || value === undefined) continue;
      // January and February come together or not at all.
      if (count + period.months > baselineMonths) break;
      sum += value;
      count += period.months;
      months.unshift(period.month);
    }
    const value = rounded(sum / count, 2);
    return count < baselineLeastMonths || value <= 0 ? null : { value, source: 'mean', months };
  }
}
