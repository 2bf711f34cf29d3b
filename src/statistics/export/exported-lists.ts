import type { WeeklyAnswer } from '../weekly-answer.js';
import type { ExportAsk, ExportedTable } from './export-ask.js';
import { type ListExport, listExport } from './list-export.js';
import { overdueList } from './lists/overdue-list.js';
import { standingList, standingRows } from './lists/standing-list.js';
import { targetsList } from './lists/targets-list.js';
import type { WeeklyReports } from './weekly-reports.js';
import type { Words } from './words.js';

type ExportedList = Exclude<ExportedTable, 'closure'>;
/** One list of a week, and which week that is. */
interface Listed {
  ask: ExportAsk;
  table: WeeklyAnswer;
  reports: WeeklyReports;
  words: Words;
}

/** Every list that can be had by itself; another one is a line here. */
export const EXPORTED_LISTS: Record<ExportedList, (listed: Listed) => Promise<ListExport> | ListExport> = {
  overdue: ({ ask, table, reports, words }) => {
    reports.requireLists(ask);
    return listExport(overdueList(table, words, false), () => reports.overdue(ask, table));
  },
  distressed: async ({ table, reports, words }) => {
    const rows = standingRows(await reports.standing(table));
    return listExport(
      standingList(table, words),
      () => [rows],
      (row) => row,
    );
  },
  targets: async ({ table, reports, words }) => {
    const rows = await reports.pace(table);
    return listExport(targetsList(table, words), () => [rows]);
  },
};
