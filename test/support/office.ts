import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ImportsService } from '../../src/intake/imports.service.js';
import { type Client, createTestApp, type TestApp } from './test-app.js';

const LEDGER = path.resolve(import.meta.dirname, '../fixtures/ledger-2021-11.xlsx');
/** Comma, double quote, UTF-8, from the first line, cells as they are shown, every sheet into a file of its own. */
export const EVERY_SHEET_AS_CSV =
  'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
/** How a spreadsheet program is told that a CSV is in UTF-8, with commas. */
export const OPENED_AS_CSV = 'CSV:44,34,76,1';
export const WEEK = '2021-W44';

/** The product with the example ledger in it, and LibreOffice beside it, which opens files as a person's program would. */
export class OfficeWorld {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'shukun-office-'));

  private constructor(
    readonly product: TestApp,
    readonly client: Client,
  ) {}

  static async open(): Promise<OfficeWorld> {
    const product = await createTestApp();
    await product.app.get(ImportsService).runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream(LEDGER),
      mode: 'commit',
      onError: 'keep_valid',
      createdBy: null,
    });
    return new OfficeWorld(product, await product.as('task_force'));
  }

  async close(): Promise<void> {
    await this.product.close();
    rmSync(this.folder, { recursive: true });
  }

  /** A file of the week, downloaded. @returns where it is */
  async exported(query: string, name: string): Promise<string> {
    const response = await fetch(`${this.product.url}/api/v1/statistics/weekly/${WEEK}/export?${query}`, {
      headers: { authorization: `Bearer ${this.client.token}` },
    });
    if (response.status !== 200) throw new Error(`${query}: ${response.status} ${await response.text()}`);
    const file = path.join(this.folder, name);
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    return file;
  }

  /** What LibreOffice makes of a file, by file name in their order; nothing is a fault. */
  converted(file: string, to: string, infilter?: string): Map<string, string> {
    const out = mkdtempSync(path.join(this.folder, 'out-'));
    const profile = pathToFileURL(path.join(this.folder, 'profile')).href;
    const opened = infilter === undefined ? [] : [`--infilter=${infilter}`];
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=${profile}`,
        '--headless',
        ...opened,
        '--convert-to',
        to,
        '--outdir',
        out,
        file,
      ],
      { stdio: 'pipe', env: { ...process.env, HOME: this.folder }, timeout: 240_000 },
    );
    const made = readdirSync(out).toSorted();
    if (made.length === 0) throw new Error(`LibreOffice could not open ${path.basename(file)}`);
    return new Map(made.map((name) => [name, path.join(out, name)]));
  }

  /** The same as text. */
  textsOf(file: string, to: string, infilter?: string): string[] {
    return [...this.converted(file, to, infilter).values()].map((made) => readFileSync(made, 'utf8'));
  }

  scratch(name: string): string {
    return path.join(this.folder, name);
  }
}
