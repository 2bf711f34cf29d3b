import { daysCovered } from '../../production/figures/months.js';
import { readCreditCode } from './cells/credit-code.js';
import { readQuantity } from './cells/number.js';
import { INVALID } from './cells/reading.js';
import { readCompact } from './cells/text.js';
import { type LedgerMetric, readMetric, readSource } from './production-metrics.js';
import type { RowReader } from './row-reader.js';
import type { ProductionRow } from './rows.js';
import type { MonthColumn } from './sheet-layout.js';

/** As the API takes them: more is a wrong unit, or a slip. */
const MOST_UTILISATION = 2;
const MOST_PEOPLE = 10_000_000;

/** A row of 生产月报: one metric of one enterprise over the months. An empty month is unknown, never zero. */
export function readProductionRow(
  reader: RowReader<'production'>,
  row: number,
  firstFutureMonth: string,
): ProductionRow {
  reader.require(['creditCode', 'metric']);
  const text = readCompact(reader.cell('metric'));
  const { metric, basis } = readMetric(text) ?? { metric: null, basis: 'month' };
  if (!metric && text !== '') reader.refuse('VALUE_UNKNOWN', 'metric');
  const values = reader.layout.months.map((column) => {
    if (!metric) return null;
    const value = readQuantity(reader.cellAt(column.index), metric.quantity, metric.factor);
    if (value === null) return null;
    if (value === INVALID || !isPossible(metric, value, column)) {
      (reader.faults ??= []).push({ code: 'NUMBER_INVALID', column: column.heading });
      return null;
    }
    if (column.month >= firstFutureMonth)
      (reader.faults ??= []).push({ code: 'DATE_INVALID', column: column.heading, reason: 'future' });
    return value;
  });
  if (metric && basis === 'month') tellOnce(reader, metric, values);
  const source = sourceOf(reader);
  return {
    row,
    creditCode: reader.orRefuse(
      'CREDIT_CODE_INVALID',
      'creditCode',
      readCreditCode(reader.cell('creditCode')),
    ),
    name: reader.text('name'),
    metric: metric?.metric ?? null,
    source: source ?? metric?.source ?? 'enterprise',
    basis,
    values,
    ...(reader.faults && { faults: reader.faults }),
  };
}

/** `null` where the row leaves it to the metric. */
function sourceOf(reader: RowReader<'production'>): ProductionRow['source'] | null {
  const text = readCompact(reader.cell('source'));
  if (text === '') return null;
  const source = readSource(text);
  if (source !== null && source !== 'statistical') return source;
  reader.refuse(source === null ? 'VALUE_UNKNOWN' : 'STATISTICAL_SOURCE_REFUSED', 'source');
  return null;
}

function isPossible({ metric }: LedgerMetric, value: number, { month, coversMonths }: MonthColumn): boolean {
  if (metric === 'production_days') return value <= daysCovered(month.slice(0, 7), coversMonths);
  if (metric === 'capacity_utilisation') return value <= MOST_UTILISATION;
  return metric !== 'staff' || (Number.isInteger(value) && value <= MOST_PEOPLE);
}

/** January and February in one, beside each by itself, must say the same, and then say nothing more. */
function tellOnce(
  reader: RowReader<'production'>,
  { isSum }: LedgerMetric,
  values: Array<number | null>,
): void {
  const { months } = reader.layout;
  const valueOf = (month: string): number | null =>
    values[months.findIndex((column) => column.month === month && column.coversMonths === 1)] ?? null;
  months.forEach(({ month, coversMonths, heading }, index) => {
    const both = values[index] ?? null;
    const february = valueOf(month);
    if (coversMonths === 1 || both === null || february === null) return;
    const january = valueOf(`${month.slice(0, 4)}-01-01`);
    const added = isSum ? (january === null ? null : january + february) : february;
    // Figures are kept to the fourth decimal.
    if (added === null || Math.abs(added - both) >= 1e-4)
      (reader.faults ??= []).push({ code: 'ROW_CONFLICT', column: heading, reason: 'january_february' });
    values[index] = null;
  });
}
