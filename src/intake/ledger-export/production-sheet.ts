import type { QueryRunner } from 'typeorm';
import type { ProductionMetric } from '../../production/production-figure.entity.js';
import type { Cell } from '../../platform/spreadsheet/cell.js';
import { LEDGER_METRICS } from '../ledger/read-production-row.js';
import { quantityCell } from './ledger-cells.js';

/** Enterprises whose figures are read at a time. */
const STEP = 500;
const TOLD = `(f.metric, f.source) IN (${LEDGER_METRICS.map(({ metric, source }) => `('${metric}', '${source}')`).join(', ')})`;

export interface LedgerEnterprise {
  id: string;
  creditCode: string;
  name: string;
}

interface Figure {
  enterpriseId: string;
  metric: ProductionMetric;
  month: string;
  value: string;
}

/** First days of the months of which a ledger has something to say, in order. @param today months to come are no part of it */
export async function monthsOf(
  runner: QueryRunner,
  enterprises: readonly LedgerEnterprise[],
  today: string,
): Promise<string[]> {
  const months = new Set<string>();
  for (let start = 0; start < enterprises.length; start += STEP) {
    const ids = enterprises.slice(start, start + STEP).map(({ id }) => id);
    const rows: Array<{ month: string }> = await runner.query(
      `SELECT DISTINCT f.month::text AS month FROM production_figures f
        WHERE f.enterprise_id = ANY ($1::uuid[]) AND f.month <= $2::date AND ${TOLD}`,
      [ids, today],
    );
    for (const { month } of rows) months.add(month);
  }
  return [...months].toSorted();
}

export const productionColumns = (months: readonly string[]): Array<{ heading: string; width: number }> => [
  { heading: '统一社会信用代码', width: 22 },
  { heading: '企业名称', width: 30 },
  { heading: '指标', width: 10 },
  ...months.map((month) => ({ heading: month.slice(0, 7), width: 12 })),
];

/** A row for each enterprise and metric of which anything is known: its newest figures. */
export async function* productionRows(
  runner: QueryRunner,
  enterprises: readonly LedgerEnterprise[],
  months: readonly string[],
): AsyncGenerator<Cell[][]> {
  const places = new Map(months.map((month, index) => [month, index]));
  for (let start = 0; start < enterprises.length; start += STEP) {
    const some = enterprises.slice(start, start + STEP);
    const figures: Figure[] = await runner.query(
      `SELECT DISTINCT ON (f.enterprise_id, f.metric, f.month)
              f.enterprise_id AS "enterpriseId", f.metric, f.month::text AS month, f.value::text AS value
         FROM production_figures f WHERE f.enterprise_id = ANY ($1::uuid[]) AND ${TOLD}
        ORDER BY f.enterprise_id, f.metric, f.month, f.revision DESC`,
      [some.map(({ id }) => id)],
    );
    const byRow = new Map<string, Figure[]>();
    for (const figure of figures) {
      const key = `${figure.enterpriseId} ${figure.metric}`;
      const known = byRow.get(key);
      if (known) known.push(figure);
      else byRow.set(key, [figure]);
    }
    yield some.flatMap(({ id, creditCode, name }) =>
      LEDGER_METRICS.flatMap(({ metric, word, quantity, factor }) => {
        const known = byRow.get(`${id} ${metric}`);
        if (known === undefined) return [];
        const values = months.map((): Cell => null);
        for (const { month, value } of known) {
          const place = places.get(month);
          if (place !== undefined) values[place] = quantityCell(value, quantity, factor);
        }
        return [[creditCode, name, word, ...values]];
      }),
    );
  }
}
