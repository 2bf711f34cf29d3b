import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import { readCreditCode } from './cells/credit-code.js';
import { type Quantity, readQuantity, unitFactor } from './cells/number.js';
import { INVALID } from './cells/reading.js';
import { readCompact } from './cells/text.js';
import { TEN_THOUSAND } from './read-rows.js';
import type { RowReader } from './row-reader.js';
import type { ProductionRow } from './rows.js';

interface Metric {
  metric: ProductionMetric;
  source: ProductionSource;
  quantity: Quantity;
  /** Base units in the unit that ledgers mean when they name none. */
  factor: number;
}

const OUTPUT: Metric = {
  metric: 'output_value',
  source: 'enterprise',
  quantity: 'money',
  factor: TEN_THOUSAND,
};
const ELECTRICITY: Metric = { metric: 'electricity', source: 'grid', quantity: 'energy', factor: 1 };
const PRODUCTION_DAYS: Metric = {
  metric: 'production_days',
  source: 'enterprise',
  quantity: 'days',
  factor: 1,
};
/** Electricity is what the grid company metered; all else is what the enterprise says. */
const METRICS: ReadonlyMap<string, Metric> = new Map([
  ['产值', OUTPUT],
  ['月产值', OUTPUT],
  ['工业产值', OUTPUT],
  ['用电量', ELECTRICITY],
  ['用电', ELECTRICITY],
  ['生产天数', PRODUCTION_DAYS],
  ['开工天数', PRODUCTION_DAYS],
]);

/** What a ledger can say of production, and how it names it. */
export const LEDGER_METRICS: ReadonlyArray<Metric & { word: string }> = [
  { word: '产值', ...OUTPUT },
  { word: '用电量', ...ELECTRICITY },
  { word: '生产天数', ...PRODUCTION_DAYS },
];

const WITH_UNIT = /^([^()]+)\(([^()]+)\)$/;

function metricOf(text: string): Metric | null {
  const [, name, unit] = WITH_UNIT.exec(text) ?? [];
  const metric = METRICS.get(name ?? text);
  if (!metric || unit === undefined) return metric ?? null;
  const factor = unitFactor(metric.quantity, unit);
  return factor === undefined ? null : { ...metric, factor };
}

/** A row of 生产月报: one metric of one enterprise over the months. An empty month is unknown, never zero. */
export function readProductionRow(
  reader: RowReader<'production'>,
  row: number,
  firstFutureMonth: string,
): ProductionRow {
  reader.require(['creditCode', 'metric']);
  const text = readCompact(reader.cell('metric'));
  const metric = metricOf(text);
  if (!metric && text !== '') reader.refuse('VALUE_UNKNOWN', 'metric');
  const values = reader.layout.months.map(({ month, heading, index }) => {
    if (!metric) return null;
    const value = readQuantity(reader.cellAt(index), metric.quantity, metric.factor);
    if (value === INVALID) (reader.faults ??= []).push({ code: 'NUMBER_INVALID', column: heading });
    else if (value !== null && month >= firstFutureMonth) {
      (reader.faults ??= []).push({ code: 'DATE_INVALID', column: heading, reason: 'future' });
    }
    return value === INVALID ? null : value;
  });
  return {
    row,
    creditCode: reader.orRefuse(
      'CREDIT_CODE_INVALID',
      'creditCode',
      readCreditCode(reader.cell('creditCode')),
    ),
    name: reader.text('name'),
    metric: metric?.metric ?? null,
    source: metric?.source ?? 'enterprise',
    values,
    ...(reader.faults && { faults: reader.faults }),
  };
}
