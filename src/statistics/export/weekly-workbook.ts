import { addWeeklySheet } from './weekly-sheet.js';
import type { WeeklyAnswer } from '../weekly-answer.js';

/** An xlsx workbook with a sheet for each table. */
export async function weeklyWorkbook(tables: readonly WeeklyAnswer[], zone: string): Promise<Buffer> {
  // Loaded when it is wanted: it takes a seventh of the time in which a process starts.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '纾困 Shukun';
  const [first] = tables;
  // Dated by what it tells of, not by when it was asked for.
  if (first !== undefined) workbook.created = workbook.modified = new Date(first.asOf);
  for (const table of tables) addWeeklySheet(workbook, table, zone);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
