import type { Writable } from 'node:stream';
import type ExcelJS from 'exceljs';
import { inCell } from './cells/cell-text.js';
import { correctionsList } from './lists/corrections-list.js';
import { overdueList } from './lists/overdue-list.js';
import { standingList, standingRows } from './lists/standing-list.js';
import { targetsList } from './lists/targets-list.js';
import { type Additions, packWorkbook } from './package/pack-workbook.js';
import { addChartsSheet } from './sheets/charts-sheet.js';
import { addCoverSheet } from './sheets/cover-sheet.js';
import { addListSheet, addPatternSheet } from './sheets/list-sheet.js';
import { addWeeklySheet } from './sheets/weekly-sheet.js';
import type { WeeklyReport } from './weekly-report.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import type { By } from '../table/groupings.js';
import type { Words } from './words.js';

/** Rows of a list that one opens in a spreadsheet program; the CSV has all of them. */
export const MOST_LIST_ROWS = 100_000;

/** Tables 1 and 2 of the weekly bulletin; one cut in another way follows them under the number of the first. */
const numberOf = (by: By): number => (by === 'leadDepartment' ? 2 : 1);

/** The week as an xlsx workbook, written as it comes: tables 1 to 5, charts, corrections, and what all of it is. */
export async function weeklyWorkbook(report: WeeklyReport, words: Words, target: Writable): Promise<void> {
  // Loaded when it is wanted: it takes a seventh of the time in which a process starts.
  const { default: excel } = await import('exceljs');
  const { texts } = words;
  const { standing, campaigns, corrections } = report;
  const tables = report.tables.toSorted((one, other) => numberOf(one.by) - numberOf(other.by));
  const [first] = tables;
  if (first === undefined) throw new Error('a workbook of no table');
  const workbook = new excel.Workbook();
  workbook.creator = workbook.lastModifiedBy = '纾困 Shukun';
  // Dated by what it tells of, not by when it was asked for.
  workbook.created = workbook.modified = new Date(first.asOf);
  addCoverSheet(workbook, report, words);
  const places = tables.map((table) => addWeeklySheet(workbook, table, words, numberOf(table.by)));
  const subjects = new Map(tables.map((table) => [table.subject, table]));
  const streamed = [...subjects.values()].flatMap((table) =>
    report.overdue === null ? [] : [addOverdueSheet(workbook, table, report.overdue, report, words)],
  );
  addListSheet(workbook, standingList(first, words), standingRows(standing), texts.standing.none, words);
  addListSheet(workbook, targetsList(first, words), campaigns, texts.targets.none, words);
  const charts = addChartsSheet(
    workbook,
    places.filter(({ table }) => table.subject === 'case'),
    words,
  );
  if (corrections !== undefined)
    addListSheet(workbook, correctionsList(first, words), corrections, texts.corrections.none, words);
  const on = words.office.dateOf(new Date(first.asOf));
  await packWorkbook(workbook, { streamed, charts, on }, target);
}

/** Table 3, of which only its frame is in memory. */
function addOverdueSheet(
  workbook: ExcelJS.Workbook,
  table: WeeklyAnswer,
  entries: NonNullable<WeeklyReport['overdue']>,
  { isInSight }: WeeklyReport,
  words: Words,
): Additions['streamed'][number] {
  const list = overdueList(table, words, isInSight);
  const { none, more } = words.texts.overdue;
  let isCut = false;
  async function* batches(): AsyncGenerator<Array<Array<string | number>>> {
    let written = 0;
    for await (const batch of entries(table.subject)) {
      const taken = batch.slice(0, MOST_LIST_ROWS - written);
      yield taken.map((entry, index) =>
        list.columns.map(({ value }) => inCell(value(entry, written + index))),
      );
      written += taken.length;
      isCut = taken.length < batch.length;
      if (isCut) return;
    }
  }
  return {
    ...addPatternSheet(workbook, list, words),
    batches: batches(),
    noteOn: (rows) => (rows === 0 ? none : isCut ? more(rows) : null),
  };
}
