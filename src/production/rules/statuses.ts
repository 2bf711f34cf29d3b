export const PRODUCTION_STATUSES = [
  'normal',
  'reduced_output',
  'semi_stalled',
  'stalled',
  'suspected',
  'unknown',
] as const;
export type ProductionStatus = (typeof PRODUCTION_STATUSES)[number];

export const PRODUCTION_MILESTONES = ['resumed', 'capacity_restored', 'on_target'] as const;
/** 复产, 复能, 达效, in the order in which they are reached. */
export type ProductionMilestone = (typeof PRODUCTION_MILESTONES)[number];

export const RULES = [
  'planned_stop',
  'no_figures',
  'stall_undecided',
  'electricity_fell',
  'nothing_produced',
  'utilisation_low',
  'output_halved',
  'output_below_last_year',
  'year_to_date_below',
  'within_bounds',
] as const;
export type RuleName = (typeof RULES)[number];
