import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ClosureReport } from '../export/closure-report.js';
import { weeklyCsv } from '../export/csv.js';
import { weeklyWorkbook } from '../export/weekly-workbook.js';
import type { Words } from '../export/words.js';
import type { IssueContent, IssueFile } from './issue-content.js';

/** A file before it is kept. */
export interface DraftFile extends Omit<IssueFile, 'sha256' | 'size'> {
  bytes: Buffer;
}

type Drafted = Pick<DraftFile, 'subject' | 'by' | 'bytes'>;

/** What an issue says, and the report that its files are made from. */
interface StatedIssue {
  content: IssueContent;
  report: ClosureReport;
  circular: Buffer;
}

interface IssueFormat {
  mediaType: string;
  /** The same issue gives the same bytes. */
  files: (issue: StatedIssue, words: Words) => Promise<Drafted[]> | Drafted[];
}

/** In which forms an issue is given out; another one is a line here. */
const FORMATS = {
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    files: async ({ report }, words) => [{ bytes: await workbookBytes(report, words) }],
  },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    files: ({ circular }) => [{ bytes: circular }],
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    files: ({ report }, words) =>
      report.tables.map((table) => ({
        subject: table.subject,
        by: table.by,
        bytes: Buffer.from(weeklyCsv(table, words.texts)),
      })),
  },
  json: {
    mediaType: 'application/json; charset=utf-8',
    files: ({ content }) => [{ bytes: Buffer.from(JSON.stringify(content)) }],
  },
} satisfies Record<string, IssueFormat>;

export type IssueFormatName = keyof typeof FORMATS;
export const ISSUE_FORMATS = Object.keys(FORMATS) as IssueFormatName[];
export const ISSUE_MEDIA_TYPES = Object.values(FORMATS).map(({ mediaType }) => mediaType);

/** All files of an issue, in the order of the formats. */
export async function filesOf(issue: StatedIssue, words: Words): Promise<DraftFile[]> {
  const { week, number } = issue.content;
  const drafts: DraftFile[] = [];
  for (const format of ISSUE_FORMATS) {
    const { mediaType, files }: IssueFormat = FORMATS[format];
    for (const { bytes, ...cut } of await files(issue, words)) {
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

async function workbookBytes(report: ClosureReport, words: Words): Promise<Buffer> {
  const target = new PassThrough();
  const [bytes] = await Promise.all([buffer(target), weeklyWorkbook(report, words, target)]);
  return bytes;
}
