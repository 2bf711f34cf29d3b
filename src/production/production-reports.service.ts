import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { EnterpriseRegister } from '../enterprises/enterprise-register.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import { FigureBook } from './figures/figure-book.js';
import { figuresOfRows } from './figures/report-rows.js';
import { reporterOf } from './figures/reporter.js';
import type {
  ProductionFigureView,
  ProductionReportBody,
  ProductionReportQuery,
  ProductionReportView,
} from './production-reports.dto.js';
import { REPORTS, REVISIONS } from './production-reports.lists.js';

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
    private readonly book: FigureBook,
  ) {}

  /** By month and source. */
  async list(
    actor: Caller,
    enterpriseId: string,
    query: ProductionReportQuery,
  ): Promise<Page<ProductionReportView> | Page<ProductionFigureView>> {
    await this.register.byId(actor, enterpriseId);
    const where = new Where()
      .add(enterpriseId, (id) => `r.enterprise_id = ${id}`)
      .add(query.source, (sources) => `r.source = ANY (${sources}::text[])`);
    if (query.history !== true) {
      where.add(query.month, (month) => `r.month = ${month}`);
      return this.lists.page(REPORTS, where, query, (row) => row);
    }
    where.add(query.month && `${query.month}-01`, (month) => `r.month = ${month}::date`);
    return this.lists.page(REVISIONS, where, query, (row) => row);
  }

  async report(
    actor: Caller,
    enterpriseId: string,
    body: ProductionReportBody,
  ): Promise<ProductionReportView> {
    await this.register.byId(actor, enterpriseId);
    await this.transactions.run(async (tx) => {
      await this.book.lock(tx, [enterpriseId]);
      await this.book.requireReportable(tx, actor, enterpriseId);
      const rows = [{ enterpriseId, told: body, pointer: '' }];
      const present = this.officeTime.dateOf(this.clock.now()).slice(0, 7);
      const { figures, faults } = figuresOfRows(rows, await this.book.known(tx, rows), present);
      for (const fault of faults) throw new Refusal(400, fault.code, fault.params, [fault]);
      await this.book.record(tx, figures, reporterOf(actor));
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
}
