import type { Locale } from '../../platform/errors/message-text.js';
import { CalendarCell, type Cell } from '../../platform/spreadsheet/cell.js';
import type { LightMarks } from '../deadlines/light.js';
import type { ListColumn } from './list-columns.js';
import { LIST_WORDS } from './list-words.js';

const BETWEEN: Readonly<Record<Locale, string>> = { 'zh-CN': '、', en: ', ' };

/** How rows become cells: in one language, by the office's clock. */
export interface CellWording {
  locale: Locale;
  /** `2021-10-26 09:30`. */
  minuteOf: (instant: Date) => string;
}

export function cellOf<Row>(
  column: ListColumn<Row>,
  row: Row,
  marks: LightMarks,
  { locale, minuteOf }: CellWording,
): Cell {
  const value = column.value(row, marks);
  if (value === null) return null;
  if (value instanceof Date) return new CalendarCell(minuteOf(value));
  if (typeof value === 'object') return value.join(BETWEEN[locale]);
  if (column.words !== undefined) {
    const words: Readonly<Record<string, string>> = LIST_WORDS[locale][column.words];
    return words[String(value)] ?? String(value);
  }
  return typeof value === 'boolean' ? String(value) : value;
}

/** The same row as JSON has it: codes of closed lists, instants in UTC. */
export const jsonOf = <Row>(columns: ReadonlyArray<ListColumn<Row>>, row: Row, marks: LightMarks): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ key, value }) => [key, value(row, marks)])));
