import type { List } from '../platform/http/list-reader.js';
import { METRICS_OF_REPORT } from './figures/metrics.js';
import { reporterJoins, reporterSelect } from './figures/reporter.js';
import type { ProductionFigureView, ProductionReportView } from './production-reports.dto.js';

const newestOf = (metric: string, what: string): string =>
  `(array_agg(${what} ORDER BY f.revision DESC) FILTER (WHERE f.metric = '${metric}'))[1]`;
const lastReported = (what: string): string =>
  `(array_agg(${what} ORDER BY f.recorded_at DESC, f.revision DESC))[1]`;

const values = METRICS_OF_REPORT.map(
  ({ field, metric }) => `${newestOf(metric, 'f.value')}::float8 AS "${field}"`,
).join(', ');
const covered = METRICS_OF_REPORT.map(({ metric }) => newestOf(metric, 'f.covers_months')).join(', ');

/** By month and source, the newest of each. */
export const REPORTS: List<ProductionReportView> = {
  name: 'production-reports',
  select: `r.month, r.source, r."coversMonths", ${METRICS_OF_REPORT.map(({ field }) => `r."${field}"`).join(', ')},
    r.revision, r."recordedAt", ${reporterSelect('r.by_kind', 'r.by_id')} AS "reportedBy",
    (SELECT u.reason FROM production_unreported_months u WHERE u.enterprise_id = r.enterprise_id AND u.month = r.month_on
      ORDER BY u.revision DESC LIMIT 1) AS "unreportedReason",
    (SELECT count(*)::int FROM production_queries q
      WHERE q.enterprise_id = r.enterprise_id AND q.month = r.month_on AND q.status = 'open') AS "openQueries"`,
  from: `(SELECT f.enterprise_id, f.month AS month_on, to_char(f.month, 'YYYY-MM') AS month, f.source, ${values},
      greatest(${covered}) AS "coversMonths", max(f.revision) AS revision, max(f.recorded_at) AS "recordedAt",
      ${lastReported('f.reported_by_kind')} AS by_kind, ${lastReported('f.reported_by')} AS by_id
    FROM production_figures f GROUP BY f.enterprise_id, f.month, f.source) r ${reporterJoins('r.by_kind', 'r.by_id')}`,
  keys: ['r.month', 'r.source'],
  types: ['text', 'text'],
  positionOf: (row) => [row.month, row.source],
};

/** Every revision. */
export const REVISIONS: List<ProductionFigureView> = {
  name: 'production-figures',
  select: `to_char(r.month, 'YYYY-MM') AS month, r.source, r.metric, r.revision, r.value::float8 AS value,
    r.covers_months AS "coversMonths", r.recorded_at AS "recordedAt",
    ${reporterSelect('r.reported_by_kind', 'r.reported_by')} AS "reportedBy"`,
  from: `production_figures r ${reporterJoins('r.reported_by_kind', 'r.reported_by')}`,
  keys: ['r.month', 'r.source', 'r.metric', 'r.revision'],
  types: ['date', 'text', 'text', 'int'],
  positionOf: (row) => [`${row.month}-01`, row.source, row.metric, row.revision],
};
