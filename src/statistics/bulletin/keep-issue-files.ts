import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { FileStore } from '../../platform/files/file-store.js';
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
  ) {}

  /** @throws Refusal 503 FILE_STORE_AWAY */
  async run(content: IssueContent): Promise<IssueFile[]> {
    const kept: IssueFile[] = [];
    for (const { bytes, ...file } of await filesOf(content, this.office.zone)) {
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
