import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Children } from './children.js';
import { DataFolder } from './data-folder.js';
import type { Launch } from './launch.js';
import { LocalProduct } from './local-product.js';
import { loadSecrets } from './secrets.js';

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder(mkdtempSync(path.join(os.tmpdir(), 'shukun-fresh-')));
  data.make();
});
afterEach(() => rmSync(data.folder, { recursive: true }));

/** A start that goes no further than to its faulty settings. */
async function startFresh(env: NodeJS.ProcessEnv): Promise<void> {
  const launch: Launch = {
    root: data.folder,
    args: [],
    env: { ...env, LOCALE: 'fr' },
    progress: { note: () => undefined, step: (_name, work) => work() },
    takeLock: () => ({ release: () => undefined }),
    identityOf: () => null,
  };
  const options = { isFresh: true, isEmpty: false, isExit: true, dataFolder: data.folder };
  const product = new LocalProduct(launch, options, data, new Children(data, launch.identityOf));
  await expect(product.bringUp()).rejects.toThrow('LOCALE must be one of');
}

describe('--fresh', () => {
  it("keeps the secrets of the user's own database, and nothing else", async () => {
    const secrets = loadSecrets(data.secretsFile);
    const evidence = path.join(data.files, 'evidence');
    for (const file of [evidence, data.accountsFile]) writeFileSync(file, '[]');
    await startFresh({ DATABASE_URL: 'postgres://127.0.0.1/theirs' });
    expect(loadSecrets(data.secretsFile)).toEqual(secrets);
    expect([evidence, data.accountsFile].map((file) => existsSync(file))).toEqual([false, false]);
  });

  it('makes new secrets for an embedded database, also where the old ones cannot be read', async () => {
    const old = loadSecrets(data.secretsFile);
    await startFresh({});
    expect(loadSecrets(data.secretsFile).tokenSecret).not.toBe(old.tokenSecret);
    writeFileSync(data.secretsFile, '{"tokenSecret": ');
    await startFresh({});
    expect(JSON.parse(readFileSync(data.secretsFile, 'utf8'))).toMatchObject({
      personalDataKeys: expect.stringMatching(/^k[0-9a-f]{8}:/),
    });
  });
});
