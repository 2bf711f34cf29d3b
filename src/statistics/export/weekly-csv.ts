import { headingsFor, NOTHING_TO_SAY, TOTAL_NAME } from './column-headings.js';
import type { WeeklyColumns } from '../table/columns.js';
import { BYTE_ORDER_MARK, csvLine } from '../../platform/spreadsheet/csv.js';
import { spreadsheetText } from '../../platform/spreadsheet/spreadsheet-text.js';
import type { WeeklyAnswer } from '../weekly-answer.js';

/** RFC 4180: the rows and the total, rates as they are answered. The same table gives the same bytes. */
export function weeklyCsv({ subject, rows, total }: WeeklyAnswer): string {
  const headings = headingsFor(subject);
  const figures = (columns: WeeklyColumns): string[] =>
    headings.map(({ column }) => String(columns[column] ?? NOTHING_TO_SAY));
  const lines = [
    ['代码', '名称', ...headings.map(({ heading }) => heading.replaceAll('\n', ''))],
    ...rows.map((row) => [spreadsheetText(row.key), spreadsheetText(row.name), ...figures(row)]),
    ['total', TOTAL_NAME, ...figures(total)],
  ];
  return BYTE_ORDER_MARK + lines.map(csvLine).join('');
}
