import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { Refusal } from '../errors/refusal.js';

export interface StoredFile {
  /** Hex; also the name under which the content is kept. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Keeps contents by their hash: the same content twice is stored once, and what is stored never changes. */
export abstract class FileStore {
  /** @throws Refusal 413 FILE_TOO_LARGE past `maxBytes`, 400 FILE_EMPTY; nothing is kept then. */
  abstract put(content: Readable | Buffer, maxBytes: number): Promise<StoredFile>;
  abstract open(sha256: string): Readable;
  /** Where the content lies on the local disk, for readers that need a file. */
  abstract path(sha256: string): string;
}

export class LocalFileStore extends FileStore {
  constructor(private readonly directory: string) {
    super();
  }

  async put(content: Readable | Buffer, maxBytes: number): Promise<StoredFile> {
    const incoming = path.join(this.directory, 'incoming');
    await mkdir(incoming, { recursive: true });
    const draft = path.join(incoming, uuidv7());
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > maxBytes) return done(new Refusal(413, 'FILE_TOO_LARGE', { maxBytes }));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(Readable.from(content), measure, createWriteStream(draft));
      if (size === 0) throw new Refusal(400, 'FILE_EMPTY');
      const sha256 = hash.digest('hex');
      await this.keep(draft, sha256);
      return { sha256, size };
    } finally {
      await rm(draft, { force: true });
    }
  }

  open(sha256: string): Readable {
    return createReadStream(this.path(sha256));
  }

  path(sha256: string): string {
    return path.join(this.directory, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** On the disk before its name is: a name never stands for half a content. */
  private async keep(draft: string, sha256: string): Promise<void> {
    const target = this.path(sha256);
    if (await stat(target).catch(() => null)) return;
    const handle = await open(draft, 'r');
    await handle.sync();
    await handle.close();
    await mkdir(path.dirname(target), { recursive: true });
    await rename(draft, target);
  }
}
