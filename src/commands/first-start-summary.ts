import type { WeeklyAnswer } from '../statistics/weekly-answer.js';
import type { Count, FirstStartFigures } from './first-start.js';
import { importSummary } from './import-summary.js';

const REFUSED_ROWS_SHOWN = 20;

interface Summary extends FirstStartFigures {
  table: WeeklyAnswer;
  file: string;
  /** Set where the reminders were sent as of an earlier moment, because now is outside office hours. */
  remindedAt: Date | null;
}

/** What a newcomer sees of the main job. */
export function firstStartSummary({
  taken,
  cases,
  reminders,
  deliveries,
  messages,
  table,
  file,
  remindedAt,
}: Summary): string {
  const { total } = table;
  const percent = (rate: number | null): string => (rate === null ? '—' : `${(rate * 100).toFixed(2)} %`);
  return [
    'Example ledger 示例台账',
    importSummary(taken, REFUSED_ROWS_SHOWN),
    '',
    `Cases 企业: ${counts(cases)}`,
    `Reminders by rung 催办: ${counts(reminders)}`,
    `Deliveries 送达: ${counts(deliveries)}`,
    `Messages 消息: ${counts(messages)}`,
    ...(remindedAt === null
      ? []
      : [`  (outside office hours: sent as of ${remindedAt.toISOString()}, the last working morning)`]),
    '',
    `${table.week} city row 全市: opening ${total.opening}, assigned ${total.assigned}, resolved ${total.resolved}, ` +
      `closing ${total.closing}, overdue ${total.overdue}, closure rate 销号率 ${percent(total.closureRate)}, ` +
      `on time 按期办结率 ${percent(total.onTimeRate)}`,
    `Weekly table 周报: ${file}`,
  ].join('\n');
}

const counts = (rows: readonly Count[]): string =>
  rows.length === 0 ? '0' : rows.map(({ key, count }) => `${key} ${count}`).join(', ');
