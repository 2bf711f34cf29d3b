import type { ProductionMetric } from '../production-figure.entity.js';

export type FigureField = 'outputValue' | 'productionDays' | 'capacityUtilisation' | 'electricity' | 'staff';

export interface MetricOfReport {
  field: FigureField;
  metric: ProductionMetric;
  /** Adds up over the months: a year to date says something of it, and a February may hold January's. */
  isSum: boolean;
  /** May be told as of January and February together; how many people there are is no matter of how long. */
  isOfPeriod: boolean;
}

/** What a report can say, and what it is called in the books. */
export const METRICS_OF_REPORT: readonly MetricOfReport[] = [
  { field: 'outputValue', metric: 'output_value', isSum: true, isOfPeriod: true },
  { field: 'productionDays', metric: 'production_days', isSum: false, isOfPeriod: true },
  { field: 'capacityUtilisation', metric: 'capacity_utilisation', isSum: false, isOfPeriod: true },
  { field: 'electricity', metric: 'electricity', isSum: true, isOfPeriod: true },
  { field: 'staff', metric: 'staff', isSum: false, isOfPeriod: false },
];
