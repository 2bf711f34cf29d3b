import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { S3Settings } from '../../src/platform/config/app-config.js';
import { S3FileStore } from '../../src/platform/files/s3-file-store.js';
import { S3Server } from '../support/s3-server.js';

const MOST = 10_000_000;
/** Only where a server hangs: elsewhere a busy machine may be slower than this. */
const SHORT = { connect: 200, answer: 200, put: 200, idle: 200 };
const content = Buffer.from('%PDF-1.7 营业执照 evidence');
const sha256 = createHash('sha256').update(content).digest('hex');
const AWAY = { status: 503, code: 'FILE_STORE_AWAY', retryAfter: 5 };

describe('S3FileStore, on a server that speaks S3', () => {
  let folder: string;
  let server: S3Server;
  let store: S3FileStore;

  beforeEach(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(path.join(os.tmpdir(), 'shukun-files-'));
    server = await S3Server.start();
    store = connect();
  });
  afterEach(async () => {
    store.onModuleDestroy();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const connect = (over: Partial<S3Settings> = {}, timeouts?: typeof SHORT): S3FileStore =>
    new S3FileStore(folder, { ...server.settings, ...over }, timeouts);
  const put = async (given: Buffer): Promise<void> => {
    const draft = await store.receive(given, MOST);
    try {
      await store.keep(draft);
    } finally {
      await draft.discard();
    }
  };
  const onDisk = (): Promise<string[]> => readdir(path.join(folder, 'incoming'));

  it('keeps a content under its hash, gives it back as a stream, and nothing stays on the disk', async () => {
    await put(content);
    expect([...server.objects]).toEqual([[sha256, content]]);
    expect(await buffer(await store.open(sha256))).toEqual(content);
    expect(await store.withFile(sha256, (file) => readFile(file))).toEqual(content);
    expect(await onDisk()).toEqual([]);
  });

  it('takes what is larger than a packet', async () => {
    const large = Buffer.alloc(5_000_000, '稳增长');
    await put(large);
    const [kept, ...others] = server.objects.values();
    expect([kept?.equals(large), others]).toEqual([true, []]);
  });

  it('sends the same content once', async () => {
    await put(content);
    await put(content);
    expect(server.asked).toEqual([`HEAD ${sha256}`, `PUT ${sha256}`, `HEAD ${sha256}`]);
    await Promise.all([1, 2, 3].map(() => put(Buffer.from('at once'))));
    expect(server.objects.size).toBe(2);
  });

  it('says of what content a key is, so that no other can come there', async () => {
    const draft = await store.receive(content, MOST);
    await writeFile(draft.path, Buffer.alloc(content.length, 'x'));
    await expect(store.keep(draft)).rejects.toMatchObject(AWAY);
    expect(server.objects.size).toBe(0);
  });

  it.each([
    ['another secret', { secretAccessKey: 'guessed' }],
    ['another key id', { accessKeyId: 'AKIAOTHER' }],
    ['another bucket', { bucket: 'elsewhere' }],
  ])('is refused with %s', async (_what, over) => {
    store.onModuleDestroy();
    store = connect(over);
    await expect(put(content)).rejects.toMatchObject(AWAY);
    await expect(store.open(sha256)).rejects.toMatchObject(AWAY);
    expect([server.objects.size, await onDisk()]).toEqual([0, []]);
  });

  it.each(['failing', 'hanging'] as const)(
    'says so within its time-outs where the server is %s',
    async (trouble) => {
      const draft = await store.receive(content, MOST);
      await put(Buffer.from('there before'));
      store.onModuleDestroy();
      store = connect({}, SHORT);
      server.trouble = trouble;
      await expect(store.keep(draft)).rejects.toMatchObject(AWAY);
      await draft.discard();
      await expect(put(content)).rejects.toMatchObject(AWAY);
      await expect(store.open(sha256)).rejects.toMatchObject(AWAY);
      expect([server.objects.size, await onDisk()]).toEqual([1, []]);
      server.trouble = null;
      store.onModuleDestroy();
      store = connect();
      await put(content);
      expect(server.objects.get(sha256)).toEqual(content);
    },
  );

  it('says so where there is no server', async () => {
    await server.stop();
    await expect(put(content)).rejects.toMatchObject(AWAY);
    expect(await onDisk()).toEqual([]);
  });

  it('never takes half a content for a whole one', async () => {
    await put(content);
    server.trouble = 'breaking_off';
    await expect(buffer(await store.open(sha256))).rejects.toThrow();
    await expect(store.withFile(sha256, (file) => readFile(file))).rejects.toMatchObject(AWAY);
    expect(await onDisk()).toEqual([]);
  });

  it('asks nothing of the server for what is refused anyway', async () => {
    await expect(store.receive(Buffer.alloc(0), MOST)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(store.receive(content, 5)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect([server.asked, await onDisk()]).toEqual([[], []]);
  });
});
