import { execFile } from 'node:child_process';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExampleAccounts } from '../../src/access/example-accounts.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The commands of a README's tour. */
function tourOf(readme: string): string {
  const text = readFileSync(path.join(root, readme), 'utf8');
  const tour = /<!-- tour -->\n```bash\n([\s\S]*?)```/.exec(text)?.[1];
  if (tour === undefined) throw new Error(`${readme} has no tour`);
  return tour;
}

const commandsOf = (readme: string): string => tourOf(readme).replaceAll(/(^|\s)#.*$/gm, '');

let folder: string;
let product: TestApp;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-tour-'));
  product = await createTestApp();
  await product.app.get(ImportsService).runNow({
    fileName: 'ledger.xlsx',
    content: createReadStream(path.join(root, 'test/fixtures/ledger-2021-11.xlsx')),
    mode: 'commit',
    onError: 'keep_valid',
    createdBy: null,
  });
  const accounts = await product.app.get(ExampleAccounts).createMissing();
  mkdirSync(path.join(folder, '.local'));
  writeFileSync(path.join(folder, '.local/run.json'), JSON.stringify({ api: product.url, accounts }));
});

afterAll(async () => {
  await product.close();
  rmSync(folder, { recursive: true });
});

describe('the README’s tour', () => {
  it('does what it says, as a newcomer pastes it', async () => {
    const script = `set -euo pipefail\n${tourOf('README.md')}`;
    // Not the synchronous one: the product answers from this very process.
    const { stdout } = await promisify(execFile)('bash', ['-c', script], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      timeout: 120_000,
    });
    for (const status of ['assigned', 'in_progress', 'verifying', 'resolved']) {
      expect(stdout).toContain(`"status": "${status}"`);
    }
    expect(stdout).toContain('"outcome": "recovered"');
    const [workbook] = readdirSync(folder).filter((name) => name.endsWith('.xlsx'));
    expect(
      readFileSync(path.join(folder, workbook ?? 'no workbook'))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  it('is the same in both languages', () => {
    expect(commandsOf('README.zh-CN.md')).toBe(commandsOf('README.md'));
  });
});
