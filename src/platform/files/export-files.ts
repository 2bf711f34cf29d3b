import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';
import type { Draft } from './draft.js';
import { FileStore } from './file-store.js';

/** Each holds a connection and a core while it is written; the others of a process are for everybody else. */
const MOST_AT_ONCE = 2;
const RETRY_SECONDS = 5;
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Writes an export to the local disk before any of it is given out: a slow reader holds no snapshot, what fails is an
 * error and no torn file, and what is recorded of it is known by then.
 */
@Injectable()
export class ExportFiles {
  private underWay = 0;

  constructor(private readonly files: FileStore) {}

  /**
   * @param work is given what takes the bytes, and answers what it made of them
   * @throws Refusal 503 EXPORTS_BUSY
   */
  async write<Result>(
    work: (save: (bytes: AsyncIterable<Buffer | string>) => Promise<Draft>) => Promise<Result>,
  ): Promise<Result> {
    if (this.underWay >= MOST_AT_ONCE) throw new Refusal(503, 'EXPORTS_BUSY', {}, [], RETRY_SECONDS);
    this.underWay += 1;
    try {
      return await work((bytes) =>
        this.files.receive(Readable.from(bytes, { objectMode: false }), MOST_BYTES),
      );
    } finally {
      this.underWay -= 1;
    }
  }
}

/** The content, from its beginning; its name is gone at once, so that nothing is left behind, whoever dies. */
export async function givenOut(draft: Draft): Promise<Readable> {
  const handle = await open(draft.path, 'r');
  await rm(draft.path, { force: true });
  return handle.createReadStream();
}
