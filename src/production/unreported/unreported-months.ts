import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { EnterpriseRegister } from '../../enterprises/enterprise-register.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { FigureBook } from '../figures/figure-book.js';
import { reporterOf } from '../figures/reporter.js';
import { UNREPORTED, type UnreportedMonthBody, type UnreportedMonthView } from './unreported-months.dto.js';

/** Why months were not reported; each word on it is kept, the newest counts. The month stays unknown. */
@Injectable()
export class UnreportedMonths {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly register: EnterpriseRegister,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly book: FigureBook,
  ) {}

  async list(caller: Caller, enterpriseId: string, query: PageQuery): Promise<Page<UnreportedMonthView>> {
    await this.register.byId(caller, enterpriseId);
    const where = new Where().add(enterpriseId, (id) => `u.enterprise_id = ${id}`);
    return this.lists.page(UNREPORTED, where, query, (row) => row);
  }

  /** @throws Refusal 404, 403 FIGURES_NOT_LED, 400 DATE_IN_FUTURE */
  async record(
    caller: Caller,
    enterpriseId: string,
    body: UnreportedMonthBody,
  ): Promise<UnreportedMonthView> {
    const now = this.clock.now();
    if (body.month > this.office.dateOf(now).slice(0, 7))
      throw new Refusal(400, 'DATE_IN_FUTURE', {}, [{ pointer: '/month', code: 'DATE_IN_FUTURE' }]);
    await this.register.byId(caller, enterpriseId);
    const { kind, id } = reporterOf(caller);
    await this.transactions.run(async (tx) => {
      await this.book.lock(tx, [enterpriseId]);
      await this.book.requireReportable(tx, caller, enterpriseId);
      await tx.query(
        `INSERT INTO production_unreported_months
           (id, enterprise_id, month, revision, reason, note, recorded_at, reported_by_kind, reported_by)
         SELECT $1, $2, $3::date, coalesce(max(revision), 0) + 1, $4, $5, $6, $7, $8
           FROM production_unreported_months WHERE enterprise_id = $2 AND month = $3::date`,
        [uuidv7(), enterpriseId, `${body.month}-01`, body.reason, body.note ?? null, now, kind, id],
      );
    });
    const [said] = await this.reader.query<UnreportedMonthView>(
      `SELECT ${UNREPORTED.select} FROM ${UNREPORTED.from} WHERE u.enterprise_id = $1 AND u.month = $2::date`,
      [enterpriseId, `${body.month}-01`],
    );
    if (said === undefined) throw new Error('a reason vanished');
    return said;
  }
}
