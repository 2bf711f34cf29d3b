import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { parseWeek } from '../week.js';
import type { ExportAsk } from './export-ask.js';
import { type FileParts, plainName } from './file-name.js';
import { type Format, FORMATS } from './formats.js';
import { WeeklyReports } from './weekly-reports.js';
import { Words } from './words.js';

/** A file that can be written now: whatever it may be refused for is behind. */
export interface ExportFile {
  /** In the language of the file. */
  name: string;
  /** The same in ASCII. */
  plainName: string;
  mediaType: string;
  /** Begins to write it; destroyed before its end, it stops. */
  content: () => Readable;
}

/** A week as a file. */
@Injectable()
export class WeeklyExports {
  constructor(
    private readonly reports: WeeklyReports,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal what the table is refused for; 403 FORBIDDEN for a list that is not for keys */
  async prepare(format: Format, ask: ExportAsk): Promise<ExportFile> {
    const { mediaType, holds, prepare } = FORMATS[format];
    const words = new Words(ask.locale, this.office);
    const content = await prepare(ask, this.reports, words);
    const { name: week } = parseWeek(ask.week);
    const parts: FileParts = holds === 'week' ? { week } : { week, table: ask.table, ...ask.cut };
    return {
      name: `${words.texts.fileName(parts)}.${format}`,
      plainName: `${plainName(parts)}.${format}`,
      mediaType,
      content,
    };
  }
}
