import type ExcelJS from 'exceljs';
import { cellText } from '../cells/cell-text.js';
import { COLUMNS } from '../columns.js';
import { headingOf } from '../headings.js';
import type { ClosureReport } from '../closure-report.js';
import type { Words } from '../words.js';
import { addSheet, styleCell, styleHeading, writeTitle } from './sheet-frame.js';

/** The first sheet: what the file tells of, how its figures came about, and what each column means. */
export function addCoverSheet(
  workbook: ExcelJS.Workbook,
  report: ClosureReport,
  words: Words,
): ExcelJS.Worksheet {
  const { texts } = words;
  const { cover } = texts;
  const sheet = addSheet(workbook, cover.sheet, words);
  sheet.columns = [{ width: 22 }, { width: 110 }];
  const [table] = report.tables;
  if (table === undefined) return sheet;
  writeTitle(sheet, { title: cover.title, subtitle: words.subtitle(table) }, 2, words);
  for (const line of factsOf(report, words)) addLine(sheet, line, words);
  sheet.addRow([]);
  const heading = sheet.addRow([cover.columns, cover.meaning]);
  heading.eachCell((cell) => styleHeading(cell, words));
  for (const { column } of COLUMNS)
    addLine(sheet, [headingOf(column, texts), texts.columns[column].meaning], words);
  return sheet;
}

function factsOf(
  { tables, issue, calendarConfirmedUntil }: ClosureReport,
  words: Words,
): Array<[string, string]> {
  const [table] = tables;
  if (table === undefined) return [];
  const { cover, yes, no } = words.texts;
  const { facts } = cover;
  const published: Array<[string, string]> =
    issue === null
      ? [[facts.issue, cover.notIssued]]
      : [
          [
            facts.issue,
            issue.hash === undefined ? cover.issueNumber(issue.number) : cover.publishedAs(issue.number),
          ],
          ...factIf(facts.publishedAt, issue.publishedAt && words.minuteOf(new Date(issue.publishedAt))),
          ...factIf(facts.hash, issue.hash),
        ];
  return [
    [facts.period, words.texts.period(table)],
    [facts.asOf, table.asOf],
    [facts.isProvisional, table.isProvisional ? yes : no],
    [facts.timeZone, words.office.zone],
    [facts.calendar, cover.confirmedUntil(calendarConfirmedUntil)],
    ...published,
  ];
}

const factIf = (name: string, text: string | undefined): Array<[string, string]> =>
  text === undefined ? [] : [[name, text]];

function addLine(sheet: ExcelJS.Worksheet, [name, text]: readonly [string, string], words: Words): void {
  const row = sheet.addRow([name, cellText(text)]);
  row.eachCell((cell) => {
    styleCell(cell, words, { isText: true });
    cell.alignment = { ...cell.alignment, wrapText: true };
  });
  // A line of Chinese is as wide as twice as many letters; programs do not fit rows that are written by others.
  const width = [...text].reduce((sum, letter) => sum + (letter > '\u2E7F' ? 2 : 1), 0);
  row.height = 18 * Math.max(1, Math.ceil(width / 108));
}
