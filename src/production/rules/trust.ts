import type { ProductionMetric, ProductionSource } from '../production-figure.entity.js';

/** The metrics that the rules read. */
export type JudgedMetric = Exclude<ProductionMetric, 'staff'>;

const OF_PRODUCTION = ['site_check', 'tax', 'enterprise', 'grid'] as const;

/** Of several sources that give a figure the first is taken: who has seen it, or has nothing to gain by it. */
export const TRUST: Readonly<Record<JudgedMetric, readonly ProductionSource[]>> = {
  output_value: OF_PRODUCTION,
  production_days: OF_PRODUCTION,
  capacity_utilisation: OF_PRODUCTION,
  electricity: ['grid', 'site_check', 'enterprise', 'tax'],
};

/** What counts as a report: where the enterprise itself, or somebody who was there, has said something. */
export const REPORTS: readonly ProductionSource[] = ['enterprise', 'site_check'];
