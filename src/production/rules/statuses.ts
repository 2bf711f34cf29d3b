export { PRODUCTION_STATUSES, type ProductionStatus } from '../../enterprises/production-status.js';

export const PRODUCTION_MILESTONES = ['resumed', 'capacity_restored', 'on_target'] as const;
/** 复产, 复能, 达效, in the order in which they are reached. */
export type ProductionMilestone = (typeof PRODUCTION_MILESTONES)[number];

/** What a judgement goes by, and the facts of each: of a run a value a period, in the order of `months`. */
export type RuleFacts = {
  /** Normal: not distress, whatever the figures. */
  planned_stop: { kind: 'planned' | 'seasonal' };
  /** Unknown: neither output nor days nor utilisation. */
  no_figures: Record<string, never>;
  /** Unknown: what is known is nothing, and what would say that it stands still is not. */
  stall_undecided: { output: number | null; days: number | null };
  /** Suspected. `baseline` is of one month, meant over `baselineMonths`. */
  electricity_fell: {
    electricity: number;
    baseline: number;
    baselineMonths: string[];
    periodMonths: number;
    below: number;
  };
  /** Stalled. */
  nothing_produced: { months: string[] };
  /** Semi-stalled: in each of the months by utilisation, by output, or both. */
  half_idle: {
    months: string[];
    utilisations: Array<number | null>;
    outputs: Array<number | null>;
    lastYear: Array<number | null>;
    utilisationBelow: number;
    outputAtMost: number;
  };
  /** Reduced output. */
  output_below_last_year: { months: string[]; outputs: number[]; lastYear: number[]; atMost: number };
  /** Reduced output: `months` are those that were added. */
  year_to_date_below: { months: string[]; output: number; lastYear: number; atMost: number };
  /** Normal: no rule of distress applies. */
  within_bounds: {
    output: number | null;
    days: number | null;
    utilisation: number | null;
    lastYear: number | null;
  };
};
export type RuleName = keyof RuleFacts;

export const RULES = [
  'planned_stop',
  'no_figures',
  'stall_undecided',
  'electricity_fell',
  'nothing_produced',
  'half_idle',
  'output_below_last_year',
  'year_to_date_below',
  'within_bounds',
] as const satisfies readonly RuleName[];
