import { PassThrough, Readable } from 'node:stream';
import { weeklyCsv } from './csv.js';
import { EXPORTED_LISTS } from './exported-lists.js';
import type { ExportAsk } from './export-ask.js';
import type { ListExport } from './list-export.js';
import type { WeeklyReports } from './weekly-reports.js';
import { weeklyWorkbook } from './weekly-workbook.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import type { Words } from './words.js';

/** One form in which a week is given out. */
interface ExportFormat {
  mediaType: string;
  /** All tables of the week, or the one that is asked for. */
  holds: 'week' | 'table';
  /** Everything that can be refused is before it answers; what it answers then writes the file. */
  prepare: (ask: ExportAsk, reports: WeeklyReports, words: Words) => Promise<() => Readable>;
}

/** In which forms a week can be had; another one is a line here. */
const KNOWN = {
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    holds: 'week',
    prepare: async (ask, reports, words) => {
      const report = await reports.whole(ask);
      return () => {
        const content = new PassThrough();
        weeklyWorkbook(report, words, content).catch((error: Error) => content.destroy(error));
        return content;
      };
    },
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    holds: 'table',
    prepare: (ask, reports, words) =>
      oneTable(ask, reports, words, {
        table: (table) => weeklyCsv(table, words.texts),
        list: (list) => list.csv(),
      }),
  },
  json: {
    mediaType: 'application/json; charset=utf-8',
    holds: 'table',
    prepare: (ask, reports, words) =>
      oneTable(ask, reports, words, {
        table: (table) => JSON.stringify(table),
        list: (list, { week, subject, asOf, isProvisional }) =>
          list.json({ week, table: ask.table, subject, asOf, isProvisional }),
      }),
  },
} satisfies Record<string, ExportFormat>;

export type Format = keyof typeof KNOWN;
export const FORMATS: Readonly<Record<Format, ExportFormat>> = KNOWN;
export const FORMAT_NAMES = Object.keys(KNOWN) as Format[];

interface Written {
  table: (table: WeeklyAnswer) => string;
  list: (list: ListExport, table: WeeklyAnswer) => AsyncIterable<string>;
}

async function oneTable(
  ask: ExportAsk,
  reports: WeeklyReports,
  words: Words,
  written: Written,
): Promise<() => Readable> {
  const table = await reports.table(ask);
  if (ask.table === 'closure') return () => Readable.from([written.table(table)], { objectMode: false });
  const list = await EXPORTED_LISTS[ask.table]({ ask, table, reports, words });
  return () => Readable.from(written.list(list, table), { objectMode: false });
}
