import type { WeeklyColumns } from '../table/columns.js';
import { BYTE_ORDER_MARK, csvRow } from '../../platform/spreadsheet/csv.js';
import type { PeriodAnswer } from '../weekly-answer.js';
import { columnsFor, NOTHING_TO_SAY } from './columns.js';
import { headingOf } from './headings.js';
import type { ListTable } from './lists/list-table.js';
import { nameOf } from './row-name.js';
import type { ExportTexts } from './texts/export-texts.js';

/** RFC 4180: the rows and the total, rates as they are answered. The same table gives the same bytes. */
export function weeklyCsv({ subject, by, rows, total }: PeriodAnswer, texts: ExportTexts): string {
  const columns = columnsFor(subject);
  const figures = (of: WeeklyColumns): Array<string | number> =>
    columns.map(({ column }) => of[column] ?? NOTHING_TO_SAY);
  const { key, name } = texts.weekly;
  return (
    BYTE_ORDER_MARK +
    csvRow([key, name, ...columns.map(({ column }) => headingOf(column, texts))]) +
    rows.map((row) => csvRow([row.key, nameOf(row, by, texts), ...figures(row)])).join('') +
    csvRow(['total', texts.total, ...figures(total)])
  );
}

/** The same of a list, a batch at a time. */
export async function* listCsv<Row>(
  { columns }: ListTable<Row>,
  batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRow(columns.map(({ heading }) => heading));
  let index = 0;
  for await (const batch of batches)
    yield batch
      .map((row) => {
        const place = index++;
        return csvRow(columns.map(({ value }) => value(row, place)));
      })
      .join('');
}
