import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { ProductionPolicies } from '../policies/production-policies.js';
import type { MonthFigures, Stop } from '../rules/month-figures.js';
import { type JudgedMetric, REPORTS, TRUST } from '../rules/trust.js';
import type { KnownProduction } from './known-production.js';

/** The newest revision of each source, and of them the most trusted; text of constants alone. */
const chosen = (metric: JudgedMetric): string =>
  `coalesce(${TRUST[metric]
    .map((source) => `max(f.value) FILTER (WHERE f.metric = '${metric}' AND f.source = '${source}')`)
    .join(', ')})`;

const FIGURES = `
SELECT f.enterprise_id AS "enterpriseId", to_char(f.month, 'YYYY-MM') AS month, f.covers_months AS "coversMonths",
       ${chosen('output_value')} AS "outputValue", ${chosen('production_days')} AS "productionDays",
       ${chosen('capacity_utilisation')} AS "capacityUtilisation", ${chosen('electricity')} AS electricity,
       bool_or(f.source IN (${REPORTS.map((source) => `'${source}'`).join(', ')})) AS "isReported"
  FROM (SELECT DISTINCT ON (enterprise_id, month, metric, source)
               enterprise_id, month, metric, source, covers_months, value::float8 AS value
          FROM production_figures WHERE enterprise_id = ANY($1::uuid[])
         ORDER BY enterprise_id, month, metric, source, revision DESC) f
 GROUP BY f.enterprise_id, f.month, f.covers_months
 ORDER BY f.enterprise_id, f.month, f.covers_months`;

/** A stop that ended before what was announced, ended then; one that was taken back never was. */
const STOPS = `
SELECT enterprise_id AS "enterpriseId", kind, to_char(from_month, 'YYYY-MM') AS "fromMonth",
       to_char(coalesce(ended_month, to_month), 'YYYY-MM') AS "toMonth"
  FROM production_stops WHERE enterprise_id = ANY($1::uuid[]) AND withdrawn_at IS NULL
 ORDER BY enterprise_id, from_month, id`;

const BASELINES = `
SELECT id, baseline_monthly_output::float8 AS "givenOutput" FROM enterprises WHERE id = ANY($1::uuid[])`;

type Of<Row> = Row & { enterpriseId: string };

/** What the rules ask, read for many enterprises at a time. */
@Injectable()
export class EnterpriseFigures {
  constructor(private readonly policies: ProductionPolicies) {}

  /** By enterprise, of those that exist. */
  async load(tx: Transaction, enterpriseIds: readonly string[]): Promise<Map<string, KnownProduction>> {
    const policy = await this.policies.inForceIn(tx);
    const figures = await tx.query<Of<MonthFigures>>(FIGURES, [enterpriseIds]);
    const stops = grouped(await tx.query<Of<Stop>>(STOPS, [enterpriseIds]));
    const baselines = await tx.query<{ id: string; givenOutput: number | null }>(BASELINES, [enterpriseIds]);
    const series = grouped(figures);
    return new Map(
      baselines.map(({ id, givenOutput }) => [
        id,
        { series: series.get(id) ?? [], stops: stops.get(id) ?? [], baseline: { givenOutput }, policy },
      ]),
    );
  }
}

function grouped<Row>(rows: ReadonlyArray<Of<Row>>): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.enterpriseId);
    if (group === undefined) groups.set(row.enterpriseId, [row]);
    else group.push(row);
  }
  return groups;
}
