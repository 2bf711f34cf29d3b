import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import { type Quantity, unitFactor } from './cells/number.js';
import { TEN_THOUSAND } from './read-rows.js';

export interface LedgerMetric {
  metric: ProductionMetric;
  /** Where it comes from, unless the row says otherwise. */
  source: ProductionSource;
  quantity: Quantity;
  /** Base units in the unit that ledgers mean when they name none. */
  factor: number;
  /** Adds up over the months, so that 累计 says something of it. */
  isSum: boolean;
}

/** What a ledger can say of production, and how it names it: the usual name first. Electricity is what the grid company metered; all else is what the enterprise says. */
export const LEDGER_METRICS: ReadonlyArray<LedgerMetric & { words: readonly [string, ...string[]] }> = [
  {
    words: ['产值', '月产值', '工业产值'],
    metric: 'output_value',
    source: 'enterprise',
    quantity: 'money',
    factor: TEN_THOUSAND,
    isSum: true,
  },
  {
    words: ['用电量', '用电'],
    metric: 'electricity',
    source: 'grid',
    quantity: 'energy',
    factor: 1,
    isSum: true,
  },
  {
    words: ['生产天数', '开工天数'],
    metric: 'production_days',
    source: 'enterprise',
    quantity: 'days',
    factor: 1,
    isSum: false,
  },
  {
    words: ['从业人数', '用工人数', '从业人员', '从业人员数', '职工人数'],
    metric: 'staff',
    source: 'enterprise',
    quantity: 'people',
    factor: 1,
    isSum: false,
  },
  {
    words: ['产能利用率'],
    metric: 'capacity_utilisation',
    source: 'enterprise',
    quantity: 'share',
    factor: 1,
    isSum: false,
  },
];

const BY_WORD: ReadonlyMap<string, LedgerMetric> = new Map(
  LEDGER_METRICS.flatMap(({ words, ...metric }) => words.map((word) => [word, metric] as const)),
);

const WITH_BRACKETS = /^([^()]+)\(([^()]+)\)$/;
const CUMULATIVE = /^(?:本年|本年度|年初|年初至今|1-本月)?累计$/;
/** 累计产值, 本年累计产值, 产值累计, 产值本年累计: what is left is the metric. */
const CUMULATIVE_NAME = /^(?:(?:本年|本年度|年初|1-本月)?累计(.+)|(.+?)(?:本年|本年度)?累计)$/;

/** What a row of 生产月报 is about, `null` for what is not plainly meant. */
export function readMetric(text: string): { metric: LedgerMetric; basis: 'month' | 'year_to_date' } | null {
  const [, name = text, brackets = ''] = WITH_BRACKETS.exec(text) ?? [];
  const notes = brackets.split(/[,、;]/).filter((note) => note !== '');
  const units = notes.filter((note) => !CUMULATIVE.test(note));
  const [, after, before] = BY_WORD.has(name) ? [] : (CUMULATIVE_NAME.exec(name) ?? []);
  const metric = BY_WORD.get(after ?? before ?? name);
  const isCumulative = units.length < notes.length || (after ?? before) !== undefined;
  if (!metric || units.length > 1 || (isCumulative && !metric.isSum)) return null;
  const [unit] = units;
  const factor = unit === undefined ? metric.factor : unitFactor(metric.quantity, unit);
  if (factor === undefined) return null;
  return { metric: { ...metric, factor }, basis: isCumulative ? 'year_to_date' : 'month' };
}

const SOURCES: ReadonlyArray<readonly [ProductionSource, readonly [string, ...string[]]]> = [
  ['enterprise', ['企业', '企业填报', '企业上报', '企业报送']],
  ['grid', ['电网', '供电公司', '国网', '电力公司', '供电部门']],
  ['tax', ['税务', '税务局', '税务部门']],
  ['site_check', ['现场核查', '实地核查', '现场检查']],
];
const SOURCES_BY_WORD = new Map(
  SOURCES.flatMap(([source, words]) => words.map((word) => [word, source] as const)),
);

export const SOURCE_WORDS: ReadonlyMap<ProductionSource, string> = new Map(
  SOURCES.map(([source, [word]]) => [source, word]),
);

/** 统计, 统计局, 统计报表, 统计联网直报: what enterprises report for statistics, which serves statistics alone. */
const STATISTICAL = /统计|联网直报/;

export function readSource(text: string): ProductionSource | 'statistical' | null {
  return STATISTICAL.test(text) ? 'statistical' : (SOURCES_BY_WORD.get(text) ?? null);
}
