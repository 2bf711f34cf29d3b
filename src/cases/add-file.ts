import { Injectable } from '@nestjs/common';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { AppConfig } from '../platform/config/app-config.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { Refusal } from '../platform/errors/refusal.js';
import { FileStore, type StoredFile } from '../platform/files/file-store.js';
import { mediaTypeOf } from '../platform/files/media-type.js';
import type { CaseFile, EvidenceSource } from './case-file.entity.js';
import { requireWorker } from './case-file/who-may.js';
import { SubjectDesk } from './subject-desk.js';
import { subjectColumns, type SubjectRef } from './subject.js';

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
    private readonly desk: SubjectDesk,
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

  /** @throws Refusal 404, 403 ACTION_NOT_YOURS */
  async run(actor: AccountActor, ref: SubjectRef, input: FileInput): Promise<CaseFile> {
    const file = { id: uuidv7(), name: input.name, kind: input.kind, source: input.source, ...input.content };
    let added: CaseFile | undefined;
    await this.desk.note({ actor, ref }, async (open) => {
      await requireWorker(open, 'add_file');
      added = { ...file, ...subjectColumns(open.subject), uploadedAt: open.now, uploadedBy: actor.accountId };
      await bulkInsert(open.tx, 'case_files', [added]);
      const { id: fileId, kind, source, sha256 } = file;
      return { event: { type: 'file_added', payload: { fileId, kind, source, sha256 } } };
    });
    if (added === undefined) throw new Error('a file was not added');
    return added;
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
