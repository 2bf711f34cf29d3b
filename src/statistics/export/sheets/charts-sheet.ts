import type ExcelJS from 'exceljs';
import type { WeeklyColumns } from '../../table/columns.js';
import { cellText } from '../cells/cell-text.js';
import type { PlacedChart } from '../package/add-charts.js';
import type { BarChart, CellRange } from '../package/chart-xml.js';
import { nameOf } from '../row-name.js';
import type { Words } from '../words.js';
import { addSheet, writeTitle } from './sheet-frame.js';
import type { TablePlace } from './weekly-sheet.js';

const COLUMNS = 16;
const BLUE = '4F81BD';
const RED = 'C00000';
/** Rows of the sheet that a chart takes besides one for each of its bars. */
const ROWS_AROUND = 9;
const GAP = 1;

/** The sheet that charts of the first tables stand on, two beside one another for each table, and what they are. */
export function addChartsSheet(
  workbook: ExcelJS.Workbook,
  places: readonly TablePlace[],
  words: Words,
): { sheetId: number; charts: PlacedChart[] } {
  const { texts } = words;
  const sheet = addSheet(workbook, texts.charts.sheet, words);
  // Rows are only what charts stand on: a page that ends between two would cut one in half.
  sheet.pageSetup.fitToHeight = 1;
  const [first] = places;
  if (first === undefined) return { sheetId: sheet.id, charts: [] };
  sheet.columns = Array.from({ length: COLUMNS }, () => ({ width: 9 }));
  writeTitle(sheet, { title: texts.charts.title, subtitle: words.subtitle(first.table) }, COLUMNS, words);
  let row = 2;
  const charts = places
    .filter(({ table }) => table.rows.length > 0)
    .flatMap((place) => {
      const top = row;
      row += ROWS_AROUND + place.table.rows.length + GAP;
      return [closureRate(place, words), overdue(place, words)].map((chart, index) => ({
        chart,
        from: { column: (index * COLUMNS) / 2, row: top },
        to: { column: ((index + 1) * COLUMNS) / 2, row: row - GAP },
      }));
    });
  return { sheetId: sheet.id, charts };
}

const closureRate = (place: TablePlace, words: Words): BarChart => ({
  ...frameOf(place, words),
  title: words.texts.charts.closureRate(aboutOf(place, words)),
  formats: { axis: '0%', labels: '0.00%' },
  series: [seriesOf(place, words, 'closureRate', BLUE)],
  most: 1,
});

const overdue = (place: TablePlace, words: Words): BarChart => ({
  ...frameOf(place, words),
  title: words.texts.charts.overdue(aboutOf(place, words)),
  // A label of nothing would stand on the name of its bar.
  formats: { axis: '0', labels: '0;;' },
  series: [seriesOf(place, words, 'closing', BLUE), seriesOf(place, words, 'overdue', RED)],
  most: null,
});

const aboutOf = ({ table: { subject, by } }: TablePlace, { texts }: Words): string =>
  `${texts.subjects[subject].name}·${texts.bys[by].title}`;

const rangeOf = ({ sheet, first, last }: TablePlace, letter: string): CellRange => ({
  sheet,
  letter,
  first,
  last,
});

const frameOf = (place: TablePlace, { texts }: Words): Pick<BarChart, 'font' | 'categories'> => ({
  font: texts.fonts.body,
  categories: {
    cells: rangeOf(place, 'A'),
    names: place.table.rows.map((row) => cellText(nameOf(row, place.table.by, texts))),
  },
});

const seriesOf = (
  place: TablePlace,
  { texts }: Words,
  column: keyof WeeklyColumns,
  color: string,
): BarChart['series'][number] => ({
  name: texts.columns[column].heading.replaceAll('\n', ''),
  color,
  cells: rangeOf(place, place.letterOf(column)),
  values: place.table.rows.map((row) => row[column] ?? null),
});
