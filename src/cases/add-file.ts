import { Injectable } from '@nestjs/common';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { assignments } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { FileStore, type StoredFile } from '../platform/files/file-store.js';
import { mediaTypeOf } from '../platform/files/media-type.js';
import type { CaseFile, EvidenceSource } from './case-file.entity.js';
import { insertEvents, nextEvent } from './event-chain.js';
import { lockSubject } from './subject-lock.js';
import { chainOwner, subjectColumns, SUBJECT_TABLES, type SubjectRef } from './subject.js';

/** A content in the file store, of a type that may be kept. */
export interface KeptFile extends StoredFile {
  mediaType: string;
}

export interface FileInput {
  name: string;
  kind: string;
  source: EvidenceSource;
  content: KeptFile;
}

/** Hangs a file on a case or problem; its content is kept once, by its hash. */
@Injectable()
export class AddFile {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly files: FileStore,
    private readonly config: AppConfig,
  ) {}

  /**
   * Stores a content before the transaction: one that no row names does no harm, and nobody's row waits for an upload.
   * @throws Refusal 413 FILE_TOO_LARGE, 400 FILE_EMPTY, 415 FILE_TYPE_REFUSED
   */
  async keep(content: Readable): Promise<KeptFile> {
    const stored = await this.files.put(content, this.config.uploadMaxBytes);
    const mediaType = mediaTypeOf(await firstBytes(this.files.path(stored.sha256)));
    if (mediaType === null) throw new Refusal(415, 'FILE_TYPE_REFUSED');
    return { ...stored, mediaType };
  }

  /** @throws Refusal 404 */
  run(actor: AccountActor, ref: SubjectRef, input: FileInput): Promise<CaseFile> {
    return this.transactions.run(async (tx) => {
      const subject = await lockSubject(tx, actor, ref);
      const owner = chainOwner(subject);
      const now = new Date(Math.max(this.clock.now().getTime(), subject.row.lastEventAt.getTime()));
      const file: CaseFile = {
        id: uuidv7(),
        ...subjectColumns(subject),
        name: input.name,
        ...input.content,
        kind: input.kind,
        source: input.source,
        uploadedAt: now,
        uploadedBy: actor.accountId,
      };
      const event = nextEvent(
        owner,
        {
          type: 'file_added',
          payload: { fileId: file.id, kind: file.kind, source: file.source, sha256: file.sha256 },
        },
        { subjectId: ref.id, subjectKind: ref.kind, effectiveAt: now, recordedAt: now, actor },
      );
      await bulkInsert(tx, 'case_files', [file]);
      await insertEvents(tx, [event]);
      const chainEnd = assignments({ lastSequence: owner.lastSequence, lastHash: owner.lastHash }, 2);
      const ownerTable = subject.case === null ? SUBJECT_TABLES[ref.kind] : SUBJECT_TABLES.case;
      await tx.query(`UPDATE ${ownerTable} SET ${chainEnd.sql} WHERE id = $1`, [
        owner.id,
        ...chainEnd.parameters,
      ]);
      await tx.query(`UPDATE ${SUBJECT_TABLES[ref.kind]} SET last_event_at = $2 WHERE id = $1`, [
        ref.id,
        now,
      ]);
      return file;
    });
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
