import type { QueryRunner } from 'typeorm';
import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import type { Cell } from '../../platform/spreadsheet/cell.js';
import { LEDGER_METRICS, SOURCE_WORDS } from '../ledger/production-metrics.js';
import { januaryFebruary } from '../ledger/sheet-layout.js';
import { quantityCell } from './ledger-cells.js';

/** Enterprises whose figures are read at a time. */
const STEP = 500;

export interface LedgerEnterprise {
  id: string;
  creditCode: string;
  name: string;
}

/** A column of figures. */
interface FigureColumn {
  /** First day. */
  month: string;
  coversMonths: number;
}

/** What stands in the columns of the sheet. */
export interface SheetColumns {
  figures: readonly FigureColumn[];
  /** Something comes from elsewhere than counties take it from: then the sheet says of it from where. */
  hasSources: boolean;
}

interface Figure extends FigureColumn {
  enterpriseId: string;
  metric: ProductionMetric;
  source: ProductionSource;
  value: string;
}

/** The newest revision of each figure; `$2` a day after which months are no part of a ledger. */
const NEWEST = `
SELECT DISTINCT ON (f.enterprise_id, f.metric, f.source, f.month)
       f.enterprise_id AS "enterpriseId", f.metric, f.source, f.month::text AS month, f.value::text AS value,
       f.covers_months AS "coversMonths"
  FROM production_figures f WHERE f.enterprise_id = ANY ($1::uuid[]) AND f.month <= $2::date
 ORDER BY f.enterprise_id, f.metric, f.source, f.month, f.revision DESC`;

const keyOf = ({ month, coversMonths }: FigureColumn): string => `${month} ${coversMonths}`;

const isUsual = LEDGER_METRICS.map(({ metric, source }) => `('${metric}', '${source}')`).join(', ');

/** The months of which a ledger has something to say, in order. @param today months to come are no part of it */
export async function columnsOf(
  runner: QueryRunner,
  enterprises: readonly LedgerEnterprise[],
  today: string,
): Promise<SheetColumns> {
  const columns = new Map<string, FigureColumn>();
  let hasSources = false;
  for (let start = 0; start < enterprises.length; start += STEP) {
    const ids = enterprises.slice(start, start + STEP).map(({ id }) => id);
    const rows: Array<FigureColumn & { isUsual: boolean }> = await runner.query(
      `SELECT n.month, n."coversMonths", bool_and((n.metric, n.source) IN (${isUsual})) AS "isUsual"
         FROM (${NEWEST}) n GROUP BY n.month, n."coversMonths"`,
      [ids, today],
    );
    for (const row of rows) {
      columns.set(keyOf(row), row);
      hasSources ||= !row.isUsual;
    }
  }
  const figures = [...columns.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return { figures, hasSources };
}

export const productionColumns = ({
  figures,
  hasSources,
}: SheetColumns): Array<{ heading: string; width: number }> => [
  { heading: '统一社会信用代码', width: 22 },
  { heading: '企业名称', width: 30 },
  { heading: '指标', width: 10 },
  ...(hasSources ? [{ heading: '数据来源', width: 10 }] : []),
  ...figures.map(({ month, coversMonths }) => ({
    heading: coversMonths === 1 ? month.slice(0, 7) : januaryFebruary(month),
    width: 12,
  })),
];

/** A row for each enterprise, metric and source of which anything is known: its newest figures. */
export async function* productionRows(
  runner: QueryRunner,
  enterprises: readonly LedgerEnterprise[],
  { figures: columns, hasSources }: SheetColumns,
  today: string,
): AsyncGenerator<Cell[][]> {
  const places = new Map(columns.map((column, index) => [keyOf(column), index]));
  for (let start = 0; start < enterprises.length; start += STEP) {
    const some = enterprises.slice(start, start + STEP);
    const figures: Figure[] = await runner.query(NEWEST, [some.map(({ id }) => id), today]);
    const byRow = new Map<string, Figure[]>();
    for (const figure of figures) {
      const key = `${figure.enterpriseId} ${figure.metric} ${figure.source}`;
      const known = byRow.get(key);
      if (known) known.push(figure);
      else byRow.set(key, [figure]);
    }
    yield some.flatMap(({ id, creditCode, name }) =>
      LEDGER_METRICS.flatMap(({ metric, words, quantity, factor, source: usual }) =>
        [...SOURCE_WORDS].flatMap(([source, word]) => {
          const known = byRow.get(`${id} ${metric} ${source}`);
          if (known === undefined) return [];
          const values = columns.map((): Cell => null);
          for (const figure of known) {
            const place = places.get(keyOf(figure));
            if (place !== undefined) values[place] = quantityCell(figure.value, quantity, factor);
          }
          const from = hasSources ? [source === usual ? null : word] : [];
          return [[creditCode, name, words[0], ...from, ...values]];
        }),
      ),
    );
  }
}
