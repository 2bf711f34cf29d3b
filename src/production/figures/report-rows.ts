import type { Fault } from '../../platform/errors/refusal.js';
import type { ProductionMetric, ProductionSource } from '../production-figure.entity.js';
import { type FigureField, METRICS_OF_REPORT, type MetricOfReport } from './metrics.js';
import { daysCovered, isFebruary } from './months.js';
import { type KnownOfYear, monthOfYearToDate } from './year-to-date.js';

export const BASES = ['month', 'year_to_date'] as const;
export type Basis = (typeof BASES)[number];
/** What must never come in: the Statistics Law keeps returns of surveys for statistics. */
export const STATISTICAL_RETURN = 'statistical_return';
export type ToldSource = ProductionSource | typeof STATISTICAL_RETURN;

/** What somebody tells of one month. A metric left out stays unknown, never zero. */
export interface ToldFigures extends Partial<Record<FigureField, number>> {
  month: string;
  source: ToldSource;
  basis?: Basis;
  coversMonths?: number;
}

export interface NewFigure {
  enterpriseId: string;
  /** `YYYY-MM`. */
  month: string;
  metric: ProductionMetric;
  source: ProductionSource;
  /** Decimal text. */
  value: string;
  coversMonths: number;
}

/** The newest revision of a figure that a year to date may be compared with. */
export interface KnownSum extends KnownOfYear {
  enterpriseId: string;
  metric: ProductionMetric;
  source: ProductionSource;
}

export interface ToldRow {
  enterpriseId: string;
  told: ToldFigures;
  /** JSON pointer of the row: `` or `/rows/3`. */
  pointer: string;
}

export interface Figures {
  figures: NewFigure[];
  /** One for each row that says something that cannot be; nothing of such a row is among the figures. */
  faults: Fault[];
}

/**
 * The figures that rows come to. Rows are taken in the order of their months, so that a year to date finds the months
 * before it also where they come with it.
 * @param present the present month, `YYYY-MM`
 */
export function figuresOfRows(
  rows: readonly ToldRow[],
  known: readonly KnownSum[],
  present: string,
): Figures {
  const sums = new Map<string, Map<string, KnownOfYear>>();
  for (const one of known) monthsOf(sums, one).set(one.month, one);
  const firsts = new Set<string>();
  const figures: NewFigure[] = [];
  const faults: Fault[] = [];
  for (const row of rows.toSorted((one, other) => (one.told.month < other.told.month ? -1 : 1))) {
    const key = `${row.enterpriseId} ${row.told.month} ${row.told.source}`;
    const fault = firsts.has(key)
      ? { pointer: '', code: 'ROW_REPEATED', params: {} }
      : faultOf(row.told, present);
    firsts.add(key);
    const found = fault ?? figuresOf(row, sums);
    if (!Array.isArray(found)) {
      faults.push({ ...found, pointer: row.pointer + found.pointer });
      continue;
    }
    for (const figure of found) monthsOf(sums, figure).set(figure.month, figure);
    figures.push(...found);
  }
  return { figures, faults };
}

const monthsOf = (
  sums: Map<string, Map<string, KnownOfYear>>,
  { enterpriseId, metric, source }: Pick<KnownSum, 'enterpriseId' | 'metric' | 'source'>,
): Map<string, KnownOfYear> => {
  const key = `${enterpriseId} ${metric} ${source}`;
  const months = sums.get(key) ?? new Map<string, KnownOfYear>();
  sums.set(key, months);
  return months;
};

function faultOf(told: ToldFigures, present: string): Fault | null {
  const { month, source, productionDays = 0, coversMonths = 1 } = told;
  if (source === STATISTICAL_RETURN) return { pointer: '/source', code: 'STATISTICAL_SOURCE_REFUSED' };
  if (METRICS_OF_REPORT.every(({ field }) => told[field] === undefined))
    return { pointer: '', code: 'FIGURES_REQUIRED' };
  if (month > present) return { pointer: '/month', code: 'DATE_IN_FUTURE' };
  if (coversMonths === 2 && (!isFebruary(month) || told.basis === 'year_to_date'))
    return { pointer: '/coversMonths', code: 'COVERS_MONTHS_INVALID' };
  const days = daysCovered(month, coversMonths);
  if (productionDays > days)
    return { pointer: '/productionDays', code: 'PRODUCTION_DAYS_TOO_MANY', params: { days } };
  return null;
}

/** The figures of one row, or what is wrong with it. */
function figuresOf(
  { enterpriseId, told }: ToldRow,
  sums: Map<string, Map<string, KnownOfYear>>,
): NewFigure[] | Fault {
  const { month, source } = told;
  if (source === STATISTICAL_RETURN) throw new Error('refused before');
  const figures: NewFigure[] = [];
  for (const metric of METRICS_OF_REPORT) {
    const value = told[metric.field];
    if (value === undefined) continue;
    const of = { enterpriseId, month, metric: metric.metric, source };
    const period = periodOf(metric, told, String(value), monthsOf(sums, of));
    if ('code' in period) return period;
    figures.push({ ...of, ...period });
  }
  return figures;
}

function periodOf(
  { field, isSum, isOfPeriod }: MetricOfReport,
  { month, basis, coversMonths = 1 }: ToldFigures,
  value: string,
  known: ReadonlyMap<string, KnownOfYear>,
): Pick<NewFigure, 'value' | 'coversMonths'> | Fault {
  if (!isSum || basis !== 'year_to_date') return { value, coversMonths: isOfPeriod ? coversMonths : 1 };
  const found = monthOfYearToDate(month, value, [...known.values()]);
  if (!('code' in found)) return found;
  const { code, ...params } = found;
  return { pointer: `/${field}`, code, params };
}
