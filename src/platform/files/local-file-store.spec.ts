import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { LocalFileStore } from './local-file-store.js';

const MOST = 1_000_000;
const content = Buffer.from('营业执照 evidence');
const sha256 = createHash('sha256').update(content).digest('hex');

let folder: string;
let store: LocalFileStore;

beforeEach(async () => {
  Logger.overrideLogger(false);
  folder = await mkdtemp(path.join(os.tmpdir(), 'shukun-files-'));
  store = new LocalFileStore(folder);
});

afterEach(() => rm(folder, { recursive: true }));

/** Every file below the store's folder, drafts included. */
async function filesKept(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function put(given: Buffer | Readable, most = MOST): Promise<void> {
  const draft = await store.receive(given, most);
  await store.keep(draft);
  await draft.discard();
}
const place = (): Promise<string> => store.withFile(sha256, async (file) => file);

describe('LocalFileStore', () => {
  it('keeps a content under its hash and gives it back whole', async () => {
    const draft = await store.receive(content, MOST);
    expect(draft).toMatchObject({ sha256, size: content.length, head: content });
    await store.keep(draft);
    await draft.discard();
    expect(await buffer(await store.open(sha256))).toEqual(content);
    expect(await readFile(await place())).toEqual(content);
    expect(await filesKept()).toEqual([sha256]);
  });

  it('keeps nothing of what is discarded', async () => {
    const draft = await store.receive(content, MOST);
    expect(await filesKept()).toEqual([path.basename(draft.path)]);
    await draft.discard();
    expect(await filesKept()).toEqual([]);
  });

  it('takes a stream in pieces as it takes a buffer', async () => {
    const pieces = Readable.from([content.subarray(0, 3), content.subarray(3)]);
    const draft = await store.receive(pieces, MOST);
    expect(draft).toMatchObject({ sha256, size: content.length, head: content });
    await store.keep(draft);
    expect(await buffer(await store.open(sha256))).toEqual(content);
  });

  it('shows the first bytes of a long content, and no more', async () => {
    const long = Buffer.alloc(100_000, 'x');
    expect((await store.receive(long, MOST)).head).toEqual(long.subarray(0, 4096));
  });

  it('keeps the same content once, and the first file as it was', async () => {
    await put(content);
    const first = await stat(await place());
    await put(content);
    expect((await stat(await place())).ino).toBe(first.ino);
    expect(await filesKept()).toEqual([sha256]);
  });

  it('keeps one of many that come at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => put(content)));
    expect(await filesKept()).toEqual([sha256]);
  });

  it('takes exactly the most it may, and refuses one byte more, keeping nothing', async () => {
    const draft = await store.receive(content, content.length);
    expect(draft).toMatchObject({ size: content.length });
    await draft.discard();
    await expect(store.receive(content, content.length - 1)).rejects.toMatchObject({
      status: 413,
      code: 'FILE_TOO_LARGE',
      params: { maxBytes: content.length - 1 },
    });
    expect(await filesKept()).toEqual([]);
  });

  it('says that it is away where a content cannot be read', async () => {
    await expect(store.open(sha256)).rejects.toMatchObject({ status: 503, code: 'FILE_STORE_AWAY' });
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
    await expect(store.receive(endless, 10_000)).rejects.toMatchObject({ status: 413 });
    expect(given).toBeLessThan(MOST);
    expect(endless.destroyed).toBe(true);
    expect(await filesKept()).toEqual([]);
  });

  it.each([
    ['buffer', () => Buffer.alloc(0)],
    ['stream', () => Readable.from([])],
  ])('refuses an empty %s, keeping nothing', async (_what, empty) => {
    await expect(store.receive(empty(), MOST)).rejects.toMatchObject({ status: 400, code: 'FILE_EMPTY' });
    expect(await filesKept()).toEqual([]);
  });

  it('keeps nothing of a stream that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield content;
        throw new Error('connection lost');
      })(),
    );
    await expect(store.receive(broken, MOST)).rejects.toThrow('connection lost');
    expect(await filesKept()).toEqual([]);
  });
});
