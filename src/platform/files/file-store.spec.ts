import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalFileStore } from './file-store.js';

const MOST = 1_000_000;
const content = Buffer.from('营业执照 evidence');
const sha256 = createHash('sha256').update(content).digest('hex');

let folder: string;
let store: LocalFileStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'shukun-files-'));
  store = new LocalFileStore(folder);
});

afterEach(() => rm(folder, { recursive: true }));

/** Every file below the store's folder, drafts included. */
async function filesKept(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('LocalFileStore', () => {
  it('keeps a content under its hash and gives it back whole', async () => {
    await expect(store.put(content, MOST)).resolves.toEqual({ sha256, size: content.length });
    expect(await buffer(store.open(sha256))).toEqual(content);
    expect(await readFile(store.path(sha256))).toEqual(content);
    expect(await filesKept()).toEqual([sha256]);
  });

  it('takes a stream in pieces as it takes a buffer', async () => {
    const pieces = Readable.from([content.subarray(0, 3), content.subarray(3)]);
    await expect(store.put(pieces, MOST)).resolves.toEqual({ sha256, size: content.length });
    expect(await buffer(store.open(sha256))).toEqual(content);
  });

  it('keeps the same content once, and the first file as it was', async () => {
    await store.put(content, MOST);
    const first = await stat(store.path(sha256));
    await store.put(content, MOST);
    expect((await stat(store.path(sha256))).ino).toBe(first.ino);
    expect(await filesKept()).toEqual([sha256]);
  });

  it('keeps one of many that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.put(content, MOST)));
    expect(new Set(answers.map((answer) => answer.sha256))).toEqual(new Set([sha256]));
    expect(await filesKept()).toEqual([sha256]);
  });

  it('takes exactly the most it may, and refuses one byte more, keeping nothing', async () => {
    await expect(store.put(content, content.length)).resolves.toMatchObject({ size: content.length });
    await rm(store.path(sha256));
    await expect(store.put(content, content.length - 1)).rejects.toMatchObject({
      status: 413,
      code: 'FILE_TOO_LARGE',
      params: { maxBytes: content.length - 1 },
    });
    expect(await filesKept()).toEqual([]);
  });

  it('stops reading a stream that is too large', async () => {
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given += 1_000;
          yield Buffer.alloc(1_000);
        }
      })(),
    );
    await expect(store.put(endless, 10_000)).rejects.toMatchObject({ status: 413 });
    expect(given).toBeLessThan(MOST);
    expect(endless.destroyed).toBe(true);
    expect(await filesKept()).toEqual([]);
  });

  it.each([
    ['buffer', () => Buffer.alloc(0)],
    ['stream', () => Readable.from([])],
  ])('refuses an empty %s, keeping nothing', async (_what, empty) => {
    await expect(store.put(empty(), MOST)).rejects.toMatchObject({ status: 400, code: 'FILE_EMPTY' });
    expect(await filesKept()).toEqual([]);
  });

  it('keeps nothing of a stream that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield content;
        throw new Error('connection lost');
      })(),
    );
    await expect(store.put(broken, MOST)).rejects.toThrow('connection lost');
    expect(await filesKept()).toEqual([]);
  });
});
