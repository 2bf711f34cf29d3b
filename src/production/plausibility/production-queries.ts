import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { checkIfMatch } from '../../platform/http/etag.js';
import { ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page } from '../../platform/http/paging.js';
import { FigureBook } from '../figures/figure-book.js';
import { reporterOf } from '../figures/reporter.js';
import {
  type ProductionQueryQuery,
  type ProductionQueryRow,
  type ProductionQueryView,
  QUERIES,
} from './production-queries.dto.js';
import { questionOf } from './question-texts.js';

/** What enterprises are asked about their figures, and what they answer. */
@Injectable()
export class ProductionQueries {
  constructor(
    private readonly transactions: Transactions,
    private readonly lists: ListReader,
    private readonly clock: Clock,
    private readonly book: FigureBook,
  ) {}

  list(caller: Caller, query: ProductionQueryQuery, locale: Locale): Promise<Page<ProductionQueryView>> {
    const where = new Where()
      .addScope((first) => enterpriseScope(caller, 'e', first))
      .add(query.status, (statuses) => `q.status = ANY (${statuses}::text[])`)
      .add(query.reportingUnit, (codes) => `u.code = ANY (${codes}::text[])`)
      .add(query.enterprise, (id) => `q.enterprise_id = ${id}`);
    return this.lists.page(QUERIES, where, query, (row) => viewOf(row, locale));
  }

  /**
   * The enterprise stands by its figures: they are not asked about again.
   * @throws Refusal 404, 403 FIGURES_NOT_LED, 412, 409 PRODUCTION_QUERY_CLOSED
   */
  async confirm(
    caller: Caller,
    id: string,
    ifMatch: string | undefined,
    answer: string,
    locale: Locale,
  ): Promise<ProductionQueryView> {
    const by = reporterOf(caller);
    return this.transactions.run(async (tx) => {
      const scope = enterpriseScope(caller, 'e', 2);
      const [query] = await tx.query<{ enterpriseId: string; version: number; status: string }>(
        `SELECT q.enterprise_id AS "enterpriseId", q.version, q.status FROM production_queries q
           JOIN enterprises e ON e.id = q.enterprise_id WHERE q.id = $1 AND ${scope.sql} FOR NO KEY UPDATE OF q`,
        [id, ...scope.parameters],
      );
      if (query === undefined) throw notFound('production_query', id);
      await this.book.requireReportable(tx, caller, query.enterpriseId);
      checkIfMatch(ifMatch, query.version);
      const rows = await tx.query(
        `UPDATE production_queries SET status = 'confirmed', answer = $2, closed_at = $3, closed_by_kind = $4,
                closed_by = $5, version = version + 1
          WHERE id = $1 AND status = 'open' RETURNING id`,
        [id, answer, this.clock.now(), by.kind, by.id],
      );
      if (rows.length === 0) throw new Refusal(409, 'PRODUCTION_QUERY_CLOSED', { status: query.status });
      return viewOf(await one(tx, id), locale);
    });
  }
}

const viewOf = (row: ProductionQueryRow, locale: Locale): ProductionQueryView => ({
  ...row,
  question: questionOf(row.rule, row.month, row.facts, locale),
});

async function one(tx: Transaction, id: string): Promise<ProductionQueryRow> {
  const [row] = await tx.query<ProductionQueryRow>(
    `SELECT ${QUERIES.select} FROM ${QUERIES.from} WHERE q.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('a question vanished');
  return row;
}
