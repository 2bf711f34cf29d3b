/** What is known of an enterprise for one month, one figure a metric; `null` is unknown, never zero. */
export interface MonthFigures {
  /** `YYYY-MM`. */
  month: string;
  /** 2: January and February together, in a row of February's; it may stand beside one of February alone. */
  coversMonths: 1 | 2;
  /** CNY. */
  outputValue: number | null;
  productionDays: number | null;
  /** A share, 1 being all of the capacity. */
  capacityUtilisation: number | null;
  /** kWh. */
  electricity: number | null;
  /** Whether anything comes from the enterprise or a site check. */
  isReported: boolean;
}

/** A planned or seasonal stop on record. */
export interface Stop {
  kind: 'planned' | 'seasonal';
  /** `YYYY-MM`, as `toMonth`, and both belong to it. */
  fromMonth: string;
  /** `null`: nobody knows yet how long. */
  toMonth: string | null;
}

/** What figures are compared with, where it is given; else it is meant from the series: `baselineAt`. */
export interface Baseline {
  /** Output value of a normal month that stands on the enterprise, CNY. */
  givenOutput: number | null;
}
