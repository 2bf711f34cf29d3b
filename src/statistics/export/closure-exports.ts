import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { parsePeriod } from '../period.js';
import { parseWeek } from '../week.js';
import { ClosureReports } from './closure-reports.js';
import type { ExportAsk } from './export-ask.js';
import { type FileParts, plainName } from './file-name.js';
import { type Format, FORMATS } from './formats.js';
import { Words } from './words.js';

/** A file that can be written now: whatever it may be refused for is behind. */
export interface ExportFile {
  /** In the language of the file. */
  name: string;
  /** The same in ASCII. */
  plainName: string;
  mediaType: string;
  /** RFC 3339: what its figures were known at; asked for again with it, it is the same. */
  asOf: string;
  /** Begins to write it; destroyed before its end, it stops. */
  content: () => Readable;
}

/** A week, or another period, as a file. */
@Injectable()
export class ClosureExports {
  constructor(
    private readonly reports: ClosureReports,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal what the table is refused for; 403 FORBIDDEN for a list that is not for keys */
  async prepare(format: Format, ask: ExportAsk): Promise<ExportFile> {
    const { mediaType, holds, prepare } = FORMATS[format];
    const { period, isWeek, table, cut, locale } = ask;
    const words = new Words(locale, this.office, isWeek);
    const { asOf, content } = await prepare(ask, this.reports, words);
    const { name } = isWeek ? parseWeek(period) : parsePeriod(period);
    const whole = { period: name, isWeek };
    const parts: FileParts = holds === 'week' ? whole : { ...whole, table, ...cut };
    return {
      name: `${words.texts.fileName(parts)}.${format}`,
      plainName: `${plainName(parts)}.${format}`,
      mediaType,
      asOf,
      content,
    };
  }
}
