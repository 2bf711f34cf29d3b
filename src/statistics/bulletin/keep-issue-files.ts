import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { FileStore } from '../../platform/files/file-store.js';
import { Circulars } from '../circular/circulars.js';
import { ClosureReports } from '../export/closure-reports.js';
import { Words } from '../export/words.js';
import { type IssueContent, type IssueFile, ISSUED_IN } from './issue-content.js';
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
    private readonly circulars: Circulars,
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
    const words = new Words(ISSUED_IN, this.office);
    const circular = await this.circular(content);
    for (const { bytes, ...file } of await filesOf({ content, report, circular }, words)) {
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

  /** 通报 */
  private async circular({ week, asOf, number, corrections }: IssueContent): Promise<Buffer> {
    const knownAt = new Date(asOf);
    const { bytes } = await this.circulars.write({
      week,
      asOf: knownAt,
      locale: ISSUED_IN,
      reader: 'nobody',
      // Who approves it is known later, and what is approved is what was looked at: it is in the issue, not in its files.
      issue: { number, issuedOn: this.office.dateOf(knownAt), approvedBy: null, copiesTo: [] },
      // Of one table each: the other ones say the same of the same cases.
      corrections: corrections.filter(({ by }) => by === 'reportingUnit'),
    });
    return bytes;
  }
}
