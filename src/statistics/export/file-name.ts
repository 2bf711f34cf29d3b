import type { ExportAsk } from './export-ask.js';

/** Which file of a week; of one table where it holds one. */
export type FileParts = { week: string } & (
  { table?: never } | ({ table: ExportAsk['table'] } & ExportAsk['cut'])
);

/** Without its ending, in ASCII. */
export function plainName(parts: FileParts): string {
  if (parts.table === undefined) return `weekly-${parts.week}`;
  const { week, table, subject, by } = parts;
  if (table === 'closure') return `weekly-${week}-${subject}-${by}`;
  return table === 'overdue' ? `weekly-${week}-overdue-${subject}` : `weekly-${week}-${table}`;
}
