import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { Tasks } from '../queue/tasks.js';
import { FilesModule } from './files.module.js';
import { LocalFileStore } from './local-file-store.js';

const NOW = new Date('2021-11-03T09:00:00+08:00');
const HOUR_MS = 60 * 60 * 1000;

describe('what a killed upload has left', () => {
  let folder: string;
  let store: LocalFileStore;
  let forget: () => Promise<unknown>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'shukun-drafts-'));
    store = new LocalFileStore(folder);
    const tasks = new Tasks();
    new FilesModule(store, new FakeClock(NOW), tasks).onModuleInit();
    expect(tasks.repeated()).toEqual([['forget-drafts', HOUR_MS]]);
    forget = () => tasks.handlerOf('forget-drafts')(null);
  });

  afterEach(() => rm(folder, { recursive: true }));

  const draftOf = async (ageMs: number): Promise<string> => {
    const draft = await store.receive(Buffer.from('half a ledger'), 1_000);
    const written = new Date(NOW.getTime() - ageMs);
    await utimes(draft.path, written, written);
    return path.basename(draft.path);
  };

  it('is removed after a day, and nothing younger', async () => {
    await draftOf(24 * HOUR_MS + 1_000);
    const young = await draftOf(24 * HOUR_MS - 1_000);
    expect(await forget()).toBe(1);
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([young]);
  });

  it('leaves alone what is kept, however old', async () => {
    const draft = await store.receive(Buffer.from('evidence'), 1_000);
    await store.keep(draft);
    const { sha256 } = draft;
    await store.withFile(sha256, (file) => utimes(file, 0, 0));
    expect(await forget()).toBe(0);
    expect((await buffer(await store.open(sha256))).toString()).toBe('evidence');
  });

  it('is nothing where nothing has come in yet', async () => {
    expect(await forget()).toBe(0);
  });
});
