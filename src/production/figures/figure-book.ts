import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../access/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { reportable } from './reportable.js';
import { WrittenFigures, type Written } from './written-figures.js';
import { METRICS_OF_REPORT } from './metrics.js';
import type { KnownSum, NewFigure, ToldRow } from './report-rows.js';
import type { Reporter } from './reporter.js';

/** What told again says the same brings no row; what differs from the newest known is the next revision. */
const INSERT = `
INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, covers_months, revision,
                                reported_by_kind, reported_by, recorded_at)
SELECT n.id, n.enterprise_id, n.month, n.metric, n.value, n.source, n.covers, coalesce(k.revision, 0) + 1, $8, $9, $10
  FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::numeric[], $6::text[], $7::smallint[])
       AS n (id, enterprise_id, month, metric, value, source, covers)
  LEFT JOIN LATERAL (
    SELECT f.revision, f.value, f.covers_months FROM production_figures f
     WHERE f.enterprise_id = n.enterprise_id AND f.month = n.month AND f.metric = n.metric AND f.source = n.source
     ORDER BY f.revision DESC LIMIT 1) k ON true
 WHERE k.revision IS NULL OR k.value <> n.value OR k.covers_months <> n.covers
RETURNING enterprise_id AS "enterpriseId", to_char(month, 'YYYY-MM') AS month, source`;

const SUMS = METRICS_OF_REPORT.filter(({ isSum }) => isSum).map(({ metric }) => metric);

/** The books of monthly figures: appended to, never overwritten. */
@Injectable()
export class FigureBook {
  constructor(
    private readonly clock: Clock,
    private readonly written: WrittenFigures,
  ) {}

  /** Reports on one enterprise take turns, so that revisions count up and a year to date finds what is known. */
  async lock(tx: Transaction, enterpriseIds: readonly string[]): Promise<void> {
    await tx.query('SELECT 1 FROM enterprises WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      enterpriseIds,
    ]);
  }

  /** @throws Refusal 403 FIGURES_NOT_LED for a department that sees the enterprise and led no case of it */
  async requireReportable(tx: Transaction, caller: Caller, enterpriseId: string): Promise<void> {
    const { sql, parameters } = reportable(caller, 'e', 2);
    const rows = await tx.query(`SELECT 1 FROM enterprises e WHERE e.id = $1 AND ${sql}`, [
      enterpriseId,
      ...parameters,
    ]);
    if (rows.length === 0) throw new Refusal(403, 'FIGURES_NOT_LED');
  }

  /** The newest revisions with which the years to date among the rows are compared. */
  async known(tx: Transaction, rows: readonly ToldRow[]): Promise<KnownSum[]> {
    const cumulative = rows.filter(({ told }) => told.basis === 'year_to_date');
    if (cumulative.length === 0) return [];
    const years = cumulative.map(({ told }) => told.month.slice(0, 4)).toSorted();
    return tx.query<KnownSum>(
      `SELECT DISTINCT ON (f.enterprise_id, f.month, f.metric, f.source)
              f.enterprise_id AS "enterpriseId", to_char(f.month, 'YYYY-MM') AS month, f.metric, f.source,
              f.value::text AS value, f.covers_months AS "coversMonths"
         FROM production_figures f
        WHERE f.enterprise_id = ANY ($1::uuid[]) AND f.metric = ANY ($2::text[])
          AND f.month BETWEEN $3::date AND $4::date
        ORDER BY f.enterprise_id, f.month, f.metric, f.source, f.revision DESC`,
      [
        [...new Set(cumulative.map(({ enterpriseId }) => enterpriseId))],
        SUMS,
        `${years.at(0)}-01-01`,
        `${years.at(-1)}-12-01`,
      ],
    );
  }

  /** Under the lock of the enterprises. @returns a row for each figure that is new, or another than the one known */
  async record(tx: Transaction, figures: readonly NewFigure[], by: Reporter): Promise<Written[]> {
    const now = this.clock.now();
    const rows = await tx.query<Written>(INSERT, [
      figures.map(() => uuidv7()),
      figures.map(({ enterpriseId }) => enterpriseId),
      figures.map(({ month }) => `${month}-01`),
      figures.map(({ metric }) => metric),
      figures.map(({ value }) => value),
      figures.map(({ source }) => source),
      figures.map(({ coversMonths }) => coversMonths),
      by.kind,
      by.id,
      now,
    ]);
    await this.written.follow(tx, rows, by, now);
    return rows;
  }
}
