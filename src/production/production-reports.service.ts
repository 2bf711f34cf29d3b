import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { EnterpriseRegister } from '../enterprises/enterprise-register.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import { Unjudged } from './judging/unjudged.js';
import { type ProductionMetric, ProductionFigure } from './production-figure.entity.js';
import type { ProductionReportBody, ProductionReportView } from './production-reports.dto.js';

const METRICS: ReadonlyArray<{
  field: keyof ProductionReportBody & keyof ProductionReportView;
  metric: ProductionMetric;
}> = [
  { field: 'outputValue', metric: 'output_value' },
  { field: 'productionDays', metric: 'production_days' },
  { field: 'capacityUtilisation', metric: 'capacity_utilisation' },
  { field: 'electricity', metric: 'electricity' },
];

const newest = METRICS.map(
  ({ field, metric }) =>
    `(array_agg(f.value ORDER BY f.revision DESC) FILTER (WHERE f.metric = '${metric}'))[1]::float8 AS "${field}"`,
).join(', ');

const REPORTS: List<ProductionReportView> = {
  name: 'production-reports',
  select: `r.month, r.source, r."outputValue", r."productionDays", r."capacityUtilisation", r.electricity, r.revision, r."recordedAt"`,
  from: `(SELECT f.enterprise_id, to_char(f.month, 'YYYY-MM') AS month, f.source, ${newest},
      max(f.revision) AS revision, max(f.recorded_at) AS "recordedAt"
    FROM production_figures f GROUP BY f.enterprise_id, f.month, f.source) r`,
  keys: ['r.month', 'r.source'],
  types: ['text', 'text'],
  positionOf: (row) => [row.month, row.source],
};

/** Monthly figures of an enterprise, as reported. Nothing is overwritten: what changes is a new revision. */
@Injectable()
export class ProductionReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly register: EnterpriseRegister,
    private readonly clock: Clock,
    private readonly officeTime: OfficeTime,
    private readonly unjudged: Unjudged,
  ) {}

  /** By month and source. */
  async list(actor: Caller, enterpriseId: string, query: PageQuery): Promise<Page<ProductionReportView>> {
    await this.register.byId(actor, enterpriseId);
    const where = new Where().add(enterpriseId, (id) => `r.enterprise_id = ${id}`);
    return this.lists.page(REPORTS, where, query, (row) => row);
  }

  async report(
    actor: Caller,
    enterpriseId: string,
    body: ProductionReportBody,
  ): Promise<ProductionReportView> {
    this.requirePlausible(body);
    await this.register.byId(actor, enterpriseId);
    await this.transactions.run(async (tx) => {
      await this.record(tx, enterpriseId, body);
      await this.unjudged.add(tx, [enterpriseId]);
    });
    const sql = `SELECT ${REPORTS.select} FROM ${REPORTS.from} WHERE r.enterprise_id = $1 AND r.month = $2 AND r.source = $3`;
    const [report] = await this.reader.query<ProductionReportView>(sql, [
      enterpriseId,
      body.month,
      body.source,
    ]);
    if (report === undefined) throw new Error('a production report vanished');
    return report;
  }

  private requirePlausible(body: ProductionReportBody): void {
    if (METRICS.every(({ field }) => body[field] === undefined)) throw refused('FIGURES_REQUIRED', '');
    const present = this.officeTime.dateOf(this.clock.now()).slice(0, 7);
    if (body.month > present) throw refused('DATE_IN_FUTURE', '/month');
    const days = daysOf(body.month);
    if ((body.productionDays ?? 0) > days)
      throw refused('PRODUCTION_DAYS_TOO_MANY', '/productionDays', { days });
  }

  private async record(tx: Transaction, enterpriseId: string, body: ProductionReportBody): Promise<void> {
    // Reports on one enterprise take turns, so that revisions count up without gaps.
    await tx.query('SELECT 1 FROM enterprises WHERE id = $1 FOR NO KEY UPDATE', [enterpriseId]);
    const { source } = body;
    const month = `${body.month}-01`;
    for (const { field, metric } of METRICS) {
      const value = body[field];
      if (value === undefined) continue;
      const [last] = await tx.query<{ revision: number; isSame: boolean }>(
        `SELECT revision, value = $5::numeric AS "isSame" FROM production_figures
          WHERE enterprise_id = $1 AND month = $2 AND metric = $3 AND source = $4 ORDER BY revision DESC LIMIT 1`,
        [enterpriseId, month, metric, source, value],
      );
      if (last?.isSame === true) continue;
      await tx.manager.insert(ProductionFigure, {
        id: uuidv7(),
        enterpriseId,
        month,
        metric,
        source,
        value: String(value),
        revision: (last?.revision ?? 0) + 1,
        recordedAt: this.clock.now(),
      });
    }
  }
}

/** Days of a month `YYYY-MM`. */
const daysOf = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();

const refused = (code: string, pointer: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal(400, code, params, [{ pointer, code, params }]);
