import { mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type { Draft } from './draft.js';
import { fileStoreAway } from './file-store-away.js';
import { FileStore } from './file-store.js';

/** A folder that the API and the workers share. */
export class LocalFileStore extends FileStore {
  private readonly logger = new Logger(LocalFileStore.name);

  constructor(private readonly directory: string) {
    super(path.join(directory, 'incoming'));
  }

  /** On the disk before its name is: a name never stands for half a content. */
  async keep(draft: Draft): Promise<void> {
    const target = this.path(draft.sha256);
    if (await stat(target).catch(() => null)) return;
    try {
      await synced(draft.path);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(draft.path, target);
    } catch (error) {
      throw fileStoreAway(this.logger, error);
    }
  }

  async open(sha256: string): Promise<Readable> {
    try {
      const handle = await open(this.path(sha256), 'r');
      return handle.createReadStream();
    } catch (error) {
      throw fileStoreAway(this.logger, error);
    }
  }

  withFile<Result>(sha256: string, work: (path: string) => Promise<Result>): Promise<Result> {
    return work(this.path(sha256));
  }

  private path(sha256: string): string {
    return path.join(this.directory, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

async function synced(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
