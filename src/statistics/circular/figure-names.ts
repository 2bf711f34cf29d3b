import type { Locale } from '../../platform/errors/message-text.js';
import type { WeeklyColumns } from '../table/columns.js';

export type Column = keyof WeeklyColumns;

/** What each figure is called in a sentence or a list. */
export const FIGURE_NAMES: Record<Column, Record<Locale, string>> = {
  opening: { 'zh-CN': '上周结转', en: 'opening' },
  assigned: { 'zh-CN': '本周新增', en: 'assigned' },
  reopened: { 'zh-CN': '重新交办', en: 'reopened' },
  transferredIn: { 'zh-CN': '转入', en: 'moved in' },
  transferredOut: { 'zh-CN': '转出', en: 'moved out' },
  resolved: { 'zh-CN': '本周销号', en: 'closed' },
  recovered: { 'zh-CN': '恢复生产', en: 'recovered' },
  solved: { 'zh-CN': '已解决', en: 'solved' },
  explained: { 'zh-CN': '解释说明', en: 'explained' },
  unstated: { 'zh-CN': '未注明结果', en: 'outcome not stated' },
  terminated: { 'zh-CN': '终止', en: 'terminated' },
  closing: { 'zh-CN': '在办', en: 'on the books' },
  onHold: { 'zh-CN': '挂账', en: 'on hold' },
  overdue: { 'zh-CN': '超期', en: 'overdue' },
  longestOverdueWorkingDays: { 'zh-CN': '最长超期工作日', en: 'longest overdue, working days' },
  cumulativeAssigned: { 'zh-CN': '累计交办', en: 'assigned to date' },
  cumulativeResolved: { 'zh-CN': '累计销号', en: 'closed to date' },
  closureRate: { 'zh-CN': '销号率', en: 'closure rate' },
  onTimeRate: { 'zh-CN': '按期办结率', en: 'on-time rate' },
  meanHandlingWorkingDays: { 'zh-CN': '平均办理工作日', en: 'mean handling, working days' },
  acknowledgedInTimeRate: { 'zh-CN': '签收及时率', en: 'signed for in time' },
  sentBack: { 'zh-CN': '退回重办', en: 'sent back' },
  extended: { 'zh-CN': '延期', en: 'extended' },
  satisfactionRate: { 'zh-CN': '满意率', en: 'satisfaction' },
  score: { 'zh-CN': '得分', en: 'score' },
  rank: { 'zh-CN': '名次', en: 'rank' },
  rankChange: { 'zh-CN': '升降', en: 'change of rank' },
  netResolved: { 'zh-CN': '净销号', en: 'closed and not reopened' },
  cumulativeClosures: { 'zh-CN': '累计销号次数', en: 'closures to date' },
};

export const COLUMNS = Object.keys(FIGURE_NAMES) as Column[];

/** An empty denominator: neither 0 % nor 100 %. */
export const NOTHING = '—';
const DECIMALS: Partial<Record<Column, number>> = { meanHandlingWorkingDays: 1, score: 2 };
const RATES: ReadonlySet<Column> = new Set([
  'closureRate',
  'onTimeRate',
  'acknowledgedInTimeRate',
  'satisfactionRate',
]);

/** As many digits as are answered: fewer would round what is rounded already. */
export const percent = (rate: number): string => `${(Math.round(rate * 10_000) / 100).toFixed(2)}%`;

export function figureText(column: Column, value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (RATES.has(column)) return percent(value);
  if (column === 'rankChange') return value > 0 ? `↑${value}` : value < 0 ? `↓${-value}` : '0';
  const decimals = DECIMALS[column];
  return decimals === undefined ? String(value) : value.toFixed(decimals);
}
