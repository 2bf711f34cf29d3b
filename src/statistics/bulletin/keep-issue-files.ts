import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { FileStore } from '../../platform/files/file-store.js';
import { ClosureReports } from '../export/closure-reports.js';
import { Words } from '../export/words.js';
import type { IssueContent, IssueFile } from './issue-content.js';
import { filesOf } from './issue-formats.js';

/** Bytes; what it is measured against is a workbook with a hundred thousand rows. */
const LARGEST = 64 * 1024 * 1024;

/** Writes the files of an issue into the store. Those that no issue comes to name do no harm: nobody can ask for them. */
@Injectable()
export class KeepIssueFiles {
  constructor(
    private readonly files: FileStore,
    private readonly office: OfficeTime,
    private readonly reports: ClosureReports,
  ) {}

  /** @throws Refusal 503 FILE_STORE_AWAY */
  async run(content: IssueContent): Promise<IssueFile[]> {
    const kept: IssueFile[] = [];
    const { week, asOf, tables, number, corrections, parameters } = content;
    const report = await this.reports.issued({
      tables: tables.map((table) => ({ week, asOf, isProvisional: false, issue: null, ...table })),
      issue: { number },
      corrections,
      calendarConfirmedUntil: parameters.calendar.confirmedUntil,
    });
    const words = new Words('zh-CN', this.office);
    for (const { bytes, ...file } of await filesOf({ content, report }, words)) {
      const draft = await this.files.receive(bytes, LARGEST);
      try {
        await this.files.keep(draft);
      } finally {
        await draft.discard();
      }
      kept.push({ ...file, sha256: draft.sha256, size: draft.size });
    }
    return kept;
  }
}
