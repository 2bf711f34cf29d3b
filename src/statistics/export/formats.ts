import { PassThrough, Readable } from 'node:stream';
import { weeklyCsv } from './csv.js';
import { EXPORTED_LISTS } from './exported-lists.js';
import type { ExportAsk } from './export-ask.js';
import type { ListExport } from './list-export.js';
import type { AnsweredTable, ClosureReports } from './closure-reports.js';
import { weeklyWorkbook } from './weekly-workbook.js';
import type { PeriodAnswer } from '../weekly-answer.js';
import type { Words } from './words.js';

/** One form in which a week is given out. */
interface ExportFormat {
  mediaType: string;
  /** All tables of the week, or the one that is asked for. */
  holds: 'week' | 'table';
  /** Everything that can be refused is before it answers; what it answers then writes the file. */
  prepare: (ask: ExportAsk, reports: ClosureReports, words: Words) => Promise<Prepared>;
}

interface Prepared {
  /** RFC 3339: what its figures were known at. */
  asOf: string;
  content: () => Readable;
}

/** In which forms a week can be had; another one is a line here. */
const KNOWN = {
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    holds: 'week',
    prepare: async (ask, reports, words) => {
      const report = await reports.whole(ask);
      const content = (): Readable => {
        const bytes = new PassThrough();
        weeklyWorkbook(report, words, bytes).catch((error: Error) => bytes.destroy(error));
        return bytes;
      };
      return { asOf: report.tables[0]?.asOf ?? '', content };
    },
  },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    holds: 'week',
    prepare: async (ask, reports) => {
      const { bytes, asOf } = await reports.circular(ask);
      return { asOf: asOf.toISOString(), content: () => Readable.from([bytes], { objectMode: false }) };
    },
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    holds: 'table',
    prepare: (ask, reports, words) =>
      oneTable(ask, reports, words, {
        table: ({ table }) => weeklyCsv(table, words.texts),
        list: (list) => list.csv(),
      }),
  },
  json: {
    mediaType: 'application/json; charset=utf-8',
    holds: 'table',
    prepare: (ask, reports, words) =>
      oneTable(ask, reports, words, {
        table: ({ answer }) => JSON.stringify(answer),
        list: (list, { period, subject, asOf, isProvisional }) =>
          list.json({
            [ask.isWeek ? 'week' : 'period']: period,
            table: ask.table,
            subject,
            asOf,
            isProvisional,
          }),
      }),
  },
} satisfies Record<string, ExportFormat>;

export type Format = keyof typeof KNOWN;
export const FORMATS: Readonly<Record<Format, ExportFormat>> = KNOWN;
export const FORMAT_NAMES = Object.keys(KNOWN) as Format[];

interface Written {
  table: (table: AnsweredTable) => string;
  list: (list: ListExport, table: PeriodAnswer) => AsyncIterable<string>;
}

async function oneTable(
  ask: ExportAsk,
  reports: ClosureReports,
  words: Words,
  written: Written,
): Promise<Prepared> {
  const answered = await reports.table(ask);
  const { table } = answered;
  const { asOf } = table;
  if (ask.table === 'closure')
    return { asOf, content: () => Readable.from([written.table(answered)], { objectMode: false }) };
  const list = await EXPORTED_LISTS[ask.table]({ ask, table, reports, words });
  return { asOf, content: () => Readable.from(written.list(list, table), { objectMode: false }) };
}
