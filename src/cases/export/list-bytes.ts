import type { Locale } from '../../platform/errors/message-text.js';
import type { ExportFormat } from '../../platform/spreadsheet/export-format.js';
import { BYTE_ORDER_MARK, csvRow } from '../../platform/spreadsheet/csv.js';
import { xlsxWorkbook } from '../../platform/spreadsheet/xlsx-workbook.js';
import type { LightMarks } from '../deadlines/light.js';
import type { SubjectKind } from '../lifecycle/states.js';
import { cellOf, type CellWording, jsonOf } from './list-cells.js';
import type { ListColumn } from './list-columns.js';
import { LIST_TITLES } from './list-words.js';

/** A whole list, read while it is written. */
export interface ExportedList<Row> {
  kind: SubjectKind;
  columns: ReadonlyArray<ListColumn<Row>>;
  /** By which lights and overdue ones are told. */
  marks: LightMarks;
  count: number;
  batches: AsyncIterable<readonly Row[]>;
}

export function listBytes<Row>(
  list: ExportedList<Row>,
  format: ExportFormat,
  wording: CellWording,
): AsyncIterable<Buffer | string> {
  if (format === 'json') return json(list);
  return format === 'csv' ? csv(list, wording) : xlsx(list, wording);
}

async function* json<Row>({ columns, marks, batches }: ExportedList<Row>): AsyncGenerator<string> {
  yield `{"asOf":${JSON.stringify(marks.now)},"items":[`;
  let between = '';
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield between + rows.map((row) => jsonOf(columns, row, marks)).join(',');
    between = ',';
  }
  yield ']}';
}

async function* csv<Row>(list: ExportedList<Row>, wording: CellWording): AsyncGenerator<string> {
  const { columns, marks, batches } = list;
  yield BYTE_ORDER_MARK + csvRow(columns.map((column) => column[wording.locale]));
  for await (const rows of batches) {
    yield rows.map((row) => csvRow(columns.map((column) => cellOf(column, row, marks, wording)))).join('');
  }
}

function xlsx<Row>(list: ExportedList<Row>, wording: CellWording): AsyncGenerator<Buffer> {
  const { kind, columns, marks, count, batches } = list;
  const { locale, minuteOf } = wording;
  const titles: Readonly<Record<string, string>> = LIST_TITLES[locale];
  async function* cells() {
    for await (const rows of batches)
      yield rows.map((row) => columns.map((column) => cellOf(column, row, marks, wording)));
  }
  return xlsxWorkbook([
    {
      name: titles[`${kind}Sheet`] ?? kind,
      title: titles[kind] ?? kind,
      note: noteOf(locale, minuteOf(marks.now), count),
      columns: columns.map((column) => ({ heading: column[locale], width: column.width })),
      rows: cells(),
    },
  ]);
}

const noteOf = (locale: Locale, at: string, rows: number): string =>
  LIST_TITLES[locale].note.replace('{at}', at).replace('{rows}', String(rows));
