import { createWriteStream } from 'node:fs';
import { access, link, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../run-process.js';

const STANDARD_OUTPUT = '-';
const taken = (file: string): UsageError =>
  new UsageError(`${file} exists; --force overwrites it, --out FILE names another`);

/** @throws UsageError where there is such a file already */
export async function requireFree(file: string, force: boolean): Promise<void> {
  if (force || file === STANDARD_OUTPUT) return;
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw taken(file);
}

/**
 * Writes all of it under the name, or nothing: until it is whole it stands beside it. Answers how many bytes.
 * @param file `-` is the standard output
 */
export async function writeOut(content: Readable, file: string, force: boolean): Promise<number> {
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  if (file === STANDARD_OUTPUT) {
    await pipeline(content, counted, process.stdout, { end: false });
    return bytes;
  }
  const part = `${file}.${process.pid}.part`;
  try {
    await pipeline(content, counted, createWriteStream(part, { flags: 'wx' }));
    if (force) await rename(part, file);
    else
      await link(part, file).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? taken(file) : error;
      });
  } finally {
    await rm(part, { force: true });
  }
  return bytes;
}
