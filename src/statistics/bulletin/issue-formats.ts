import { weeklyCsv } from '../export/weekly-csv.js';
import { weeklyWorkbook } from '../export/weekly-workbook.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import type { IssueContent, IssueFile } from './issue-content.js';

/** A file before it is kept. */
export interface DraftFile extends Omit<IssueFile, 'sha256' | 'size'> {
  bytes: Buffer;
}

type Drafted = Pick<DraftFile, 'subject' | 'by' | 'bytes'>;

interface IssueFormat {
  mediaType: string;
  /** The same content gives the same bytes. @param zone of the office */
  files: (content: IssueContent, zone: string) => Promise<Drafted[]> | Drafted[];
}

/** In which forms an issue is given out; another one is a line here. */
const FORMATS = {
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    files: async (content, zone) => [{ bytes: await weeklyWorkbook(answersOf(content), zone) }],
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    files: (content) =>
      answersOf(content).map((table) => ({
        subject: table.subject,
        by: table.by,
        bytes: Buffer.from(weeklyCsv(table)),
      })),
  },
  json: {
    mediaType: 'application/json; charset=utf-8',
    files: (content) => [{ bytes: Buffer.from(JSON.stringify(content)) }],
  },
} satisfies Record<string, IssueFormat>;

export type IssueFormatName = keyof typeof FORMATS;
export const ISSUE_FORMATS = Object.keys(FORMATS) as IssueFormatName[];

/** All files of an issue, in the order of the formats. */
export async function filesOf(content: IssueContent, zone: string): Promise<DraftFile[]> {
  const { week, number } = content;
  const drafts: DraftFile[] = [];
  for (const format of ISSUE_FORMATS) {
    const { mediaType, files }: IssueFormat = FORMATS[format];
    for (const { bytes, ...cut } of await files(content, zone)) {
      const part = cut.subject === undefined ? '' : `-${cut.subject}-${cut.by}`;
      drafts.push({
        format,
        ...cut,
        name: `销号周报-${week}-第${number}期${part}.${format}`,
        mediaType,
        bytes,
      });
    }
  }
  return drafts;
}

/** As exports are made from. */
const answersOf = ({ week, asOf, tables }: IssueContent): WeeklyAnswer[] =>
  tables.map((table) => ({ week, asOf, isProvisional: false, ...table, issue: null }));
