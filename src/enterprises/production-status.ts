export const PRODUCTION_STATUSES = [
  'normal',
  'reduced_output',
  'semi_stalled',
  'stalled',
  'suspected',
  'unknown',
] as const;
/** How an enterprise produces, as judged by its figures. */
export type ProductionStatus = (typeof PRODUCTION_STATUSES)[number];
