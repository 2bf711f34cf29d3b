import type { ExportAsk } from './export-ask.js';

/** Which file of a week or another period; of one table where it holds one. */
export type FileParts = Pick<ExportAsk, 'period' | 'isWeek'> &
  ({ table?: never } | ({ table: ExportAsk['table'] } & ExportAsk['cut']));

/** Without its ending, in ASCII. */
export function plainName(parts: FileParts): string {
  const whole = `${parts.isWeek ? 'weekly' : 'period'}-${parts.period}`;
  if (parts.table === undefined) return whole;
  const { table, subject, by } = parts;
  if (table === 'closure') return `${whole}-${subject}-${by}`;
  return table === 'overdue' ? `${whole}-overdue-${subject}` : `${whole}-${table}`;
}
