import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { Refusal } from '../errors/refusal.js';

/** Enough to know a type by. */
const HEAD_BYTES = 4096;

/** A content that has come in whole and is not kept yet; a file on the local disk. */
export class Draft {
  constructor(
    readonly path: string,
    /** Hex. */
    readonly sha256: string,
    /** Bytes. */
    readonly size: number,
    /** Its first bytes. */
    readonly head: Buffer,
  ) {}

  /** Once it has been kept, and where it will not be. */
  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** @throws Refusal 413 FILE_TOO_LARGE, 400 FILE_EMPTY; nothing is left in the folder then */
export async function receiveDraft(
  folder: string,
  content: Readable | Buffer,
  maxBytes: number,
): Promise<Draft> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, uuidv7());
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(new Refusal(413, 'FILE_TOO_LARGE', { maxBytes }));
      hash.update(chunk);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(content), measure, createWriteStream(file));
    if (size === 0) throw new Refusal(400, 'FILE_EMPTY');
    return new Draft(file, hash.digest('hex'), size, head);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Removes what uploads have left whose process was killed: whatever is written to is younger.
 * @returns how many
 */
export async function removeDraftsBefore(folder: string, moment: Date): Promise<number> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // Nothing has come in yet.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let removed = 0;
  for (const name of names) {
    const file = path.join(folder, name);
    const written = await stat(file).catch(() => null);
    if (written === null || written.mtime >= moment) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}
