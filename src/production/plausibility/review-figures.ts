import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/transactions.js';
import { monthAfter, monthsBefore } from '../figures/months.js';
import type { Reporter } from '../figures/reporter.js';
import { type Implausible, implausible, MONTHS_BACK, type NewestFigure } from './implausible.js';
import type { QueryStatus } from './production-query.entity.js';

/** Enterprises whose figures are looked at together. */
const STEP = 500;

/** The last question of a kind about a month. */
interface LastQuery {
  id: string;
  enterpriseId: string;
  month: string;
  rule: string;
  questioned: string;
  status: QueryStatus;
}

interface FiguresOfEnterprise {
  enterpriseId: string;
  /** Rows of month, metric, source, value and months covered. */
  rows: Array<[string, NewestFigure['metric'], NewestFigure['source'], number, number]>;
}

interface Outcome {
  raised: Array<Implausible & { enterpriseId: string }>;
  /** Ids of open questions whose reason is gone. */
  corrected: string[];
}

/**
 * Looks again at the months that figures were written of, and at those with an open question. What is hard to believe
 * is asked, once for the same figures; an open question whose figures were corrected closes by itself.
 */
@Injectable()
export class ReviewFigures {
  /** @param written months `YYYY-MM` by enterprise */
  async run(
    tx: Transaction,
    written: ReadonlyMap<string, ReadonlySet<string>>,
    by: Reporter,
    now: Date,
  ): Promise<void> {
    const all = [...written.keys()];
    for (let start = 0; start < all.length; start += STEP) {
      const ids = all.slice(start, start + STEP);
      const outcome = await this.look(tx, ids, written);
      await close(tx, outcome.corrected, by, now);
      await raise(tx, outcome.raised, now);
    }
  }

  private async look(
    tx: Transaction,
    ids: readonly string[],
    written: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<Outcome> {
    const queries = await lastQueries(tx, ids);
    const months = new Map<string, Set<string>>();
    for (const id of ids) {
      const looked = new Set<string>();
      // The month after says whether it repeats this one.
      for (const month of written.get(id) ?? []) looked.add(month).add(monthAfter(month));
      for (const query of queries.get(id) ?? []) if (query.status === 'open') looked.add(query.month);
      months.set(id, looked);
    }
    const figures = await newestFigures(
      tx,
      ids,
      [...months.values()].flatMap((some) => [...some]),
    );
    const outcome: Outcome = { raised: [], corrected: [] };
    for (const id of ids) {
      const found = implausible(figures.get(id) ?? [], [...(months.get(id) ?? [])]);
      compare(id, found, queries.get(id) ?? [], outcome);
    }
    return outcome;
  }
}

function compare(
  enterpriseId: string,
  found: readonly Implausible[],
  queries: readonly LastQuery[],
  { raised, corrected }: Outcome,
): void {
  const keyOf = ({ month, rule }: { month: string; rule: string }): string => `${month} ${rule}`;
  const last = new Map(queries.map((query) => [keyOf(query), query]));
  const asked = new Map(found.map((one) => [keyOf(one), one.questioned]));
  for (const query of queries)
    if (query.status === 'open' && asked.get(keyOf(query)) !== query.questioned) corrected.push(query.id);
  for (const one of found) {
    const before = last.get(keyOf(one));
    // What an enterprise has confirmed is believed, and what is open is asked already, of the same figures.
    const isKnown = before?.questioned === one.questioned && before.status !== 'corrected';
    if (!isKnown) raised.push({ ...one, enterpriseId });
  }
}

async function lastQueries(tx: Transaction, ids: readonly string[]): Promise<Map<string, LastQuery[]>> {
  const rows = await tx.query<LastQuery>(
    `SELECT DISTINCT ON (q.enterprise_id, q.month, q.rule) q.id, q.enterprise_id AS "enterpriseId",
            to_char(q.month, 'YYYY-MM') AS month, q.rule, q.questioned, q.status
       FROM production_queries q WHERE q.enterprise_id = ANY ($1::uuid[])
      ORDER BY q.enterprise_id, q.month, q.rule, (q.status = 'open') DESC, q.id DESC`,
    [ids],
  );
  const queries = new Map<string, LastQuery[]>(ids.map((id) => [id, []]));
  for (const row of rows) queries.get(row.enterpriseId)?.push(row);
  return queries;
}

/** By enterprise, over the months in question and those that they are compared with. */
async function newestFigures(
  tx: Transaction,
  ids: readonly string[],
  months: readonly string[],
): Promise<Map<string, NewestFigure[]>> {
  const inOrder = months.toSorted();
  const [first, last] = [inOrder.at(0), inOrder.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  // As one list an enterprise: a row for each figure takes PostgreSQL's protocol several times as long.
  const lists = await tx.query<FiguresOfEnterprise>(
    `SELECT n.enterprise_id AS "enterpriseId",
            json_agg(json_build_array(to_char(n.month, 'YYYY-MM'), n.metric, n.source, n.value::float8, n.covers_months))
              AS rows
       FROM (SELECT DISTINCT ON (f.enterprise_id, f.month, f.metric, f.source) f.*
               FROM production_figures f
              WHERE f.enterprise_id = ANY ($1::uuid[]) AND f.month BETWEEN $2::date AND $3::date
              ORDER BY f.enterprise_id, f.month, f.metric, f.source, f.revision DESC) n
      GROUP BY n.enterprise_id`,
    [ids, `${monthsBefore(first, MONTHS_BACK)}-01`, `${last}-01`],
  );
  return new Map(
    lists.map(({ enterpriseId, rows }) => [
      enterpriseId,
      rows.map(([month, metric, source, value, coversMonths]) => ({
        month,
        metric,
        source,
        value,
        coversMonths,
      })),
    ]),
  );
}

async function close(tx: Transaction, ids: readonly string[], by: Reporter, now: Date): Promise<void> {
  if (ids.length === 0) return;
  // One that was answered meanwhile stays answered.
  await tx.query(
    `UPDATE production_queries SET status = 'corrected', closed_at = $2, closed_by_kind = $3, closed_by = $4,
            version = version + 1
      WHERE id = ANY ($1::uuid[]) AND status = 'open'`,
    [ids, now, by.kind, by.id],
  );
}

async function raise(tx: Transaction, raised: Outcome['raised'], now: Date): Promise<void> {
  if (raised.length === 0) return;
  await tx.query(
    `INSERT INTO production_queries (id, enterprise_id, month, rule, questioned, facts, raised_at)
     SELECT *, $7::timestamptz
       FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::text[], $6::jsonb[])
     ON CONFLICT (enterprise_id, month, rule) WHERE status = 'open' DO NOTHING`,
    [
      raised.map(() => uuidv7()),
      raised.map(({ enterpriseId }) => enterpriseId),
      raised.map(({ month }) => `${month}-01`),
      raised.map(({ rule }) => rule),
      raised.map(({ questioned }) => questioned),
      raised.map(({ facts }) => JSON.stringify(facts)),
      now,
    ],
  );
}
