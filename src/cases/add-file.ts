import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../access/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Draft } from '../platform/files/draft.js';
import { FileStore } from '../platform/files/file-store.js';
import type { CaseFile, EvidenceSource } from './case-file.entity.js';
import { requireWorker } from './case-file/who-may.js';
import { SubjectDesk } from './subject-desk.js';
import { lockSubject } from './subject-lock.js';
import { subjectColumns, type SubjectRef } from './subject.js';

export interface FileInput {
  name: string;
  kind: string;
  source: EvidenceSource;
  /** By its first bytes. */
  mediaType: string;
  draft: Draft;
}

/** Hangs a file on a case or problem; its content is kept once, by its hash. */
@Injectable()
export class AddFile {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly transactions: Transactions,
    private readonly files: FileStore,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Before a byte of it is taken in: who may not add it need not send it. @throws Refusal 404, 403 ACTION_NOT_YOURS */
  async allow(actor: Caller, ref: SubjectRef): Promise<void> {
    await this.transactions.run(async (tx) => {
      const subject = await lockSubject(tx, actor, ref);
      await requireWorker({ tx, actor, subject, now: this.clock.now() }, 'add_file');
    });
  }

  /** @throws Refusal 413 FILE_TOO_LARGE, 400 FILE_EMPTY, 503 FILE_STORE_AWAY */
  receive(content: Readable): Promise<Draft> {
    return this.files.receive(content, this.config.uploadMaxBytes);
  }

  /**
   * Judged anew, for the case may have gone to others while the content came in; it is kept when nothing is left that
   * could refuse it.
   * @throws Refusal 404, 403 ACTION_NOT_YOURS, 503 FILE_STORE_AWAY
   */
  async run(actor: Caller, ref: SubjectRef, { draft, ...input }: FileInput): Promise<CaseFile> {
    const { sha256, size } = draft;
    const file = { id: uuidv7(), ...input, sha256, size };
    let added: CaseFile | undefined;
    await this.desk.note({ actor, ref }, async (open) => {
      await requireWorker(open, 'add_file');
      // Which portal it was, the event says.
      const uploadedBy = actor.kind === 'account' ? actor.accountId : null;
      added = { ...file, ...subjectColumns(open.subject), uploadedAt: open.now, uploadedBy };
      await bulkInsert(open.tx, 'case_files', [added]);
      await this.files.keep(draft);
      const { id: fileId, kind, source } = file;
      return { event: { type: 'file_added', payload: { fileId, kind, source, sha256 } } };
    });
    if (added === undefined) throw new Error('a file was not added');
    return added;
  }
}
