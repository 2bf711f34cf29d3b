import { transformFile } from '@swc/core';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../src/local/ports.js';
import { UNLIMITED } from './unlimited.js';
import { until } from './until.js';
import { TEST_PERSONAL_DATA_KEYS } from './personal-data.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const HOST = '127.0.0.1';

/** Real API processes of the sources as they are now, on one database: they can be killed, and their heirs started. */
export class ApiProcesses {
  private readonly running = new Map<string, ChildProcess>();
  private readonly secret = randomUUID() + randomUUID();
  private readonly prefix = `{test-${randomUUID()}}`;

  private constructor(
    private readonly folder: string,
    private readonly databaseUrl: string,
  ) {}

  static async on(databaseUrl: string): Promise<ApiProcesses> {
    const folder = await mkdtemp(path.join(tmpdir(), 'shukun-api-'));
    await compileSources(folder);
    return new ApiProcesses(folder, databaseUrl);
  }

  /** Runs a command of the command line to its end. */
  async command(...args: string[]): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, [path.join(this.folder, 'src/cli.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...this.environment(), LOCALE: 'en' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, said };
  }

  /** @returns its address, once it answers there */
  async start(): Promise<string> {
    const port = await freePort(HOST);
    const url = `http://${HOST}:${port}`;
    const child = spawn(process.execPath, [path.join(this.folder, 'src/main.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...this.environment(), HOST, PORT: String(port) },
    });
    this.running.set(url, child);
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('exit', () => this.running.delete(url));
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the API process ended: ${complaint}`);
      return fetch(`${url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
    return url;
  }

  /** Without a chance to say goodbye. */
  async kill(url: string): Promise<void> {
    const child = this.running.get(url);
    if (child === undefined) throw new Error(`no API process runs at ${url}`);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async close(): Promise<void> {
    for (const url of this.running.keys()) await this.kill(url);
    await rm(this.folder, { recursive: true, force: true });
  }

  private environment(): Record<string, string> {
    const { PATH = '', REDIS_URL = '' } = process.env;
    return {
      PATH,
      REDIS_URL,
      DATABASE_URL: this.databaseUrl,
      REDIS_PREFIX: this.prefix,
      TOKEN_SECRET: this.secret,
      PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
      FILES_DIR: this.folder,
      LOG_LEVEL: 'silent',
      ...UNLIMITED,
    };
  }
}

/** By the compiler that the tests are run with; `dist` may be older than the sources, or not be there. */
async function compileSources(folder: string): Promise<void> {
  for (const part of ['src', 'migrations']) {
    const files = await readdir(path.join(ROOT, part), { recursive: true });
    for (const file of files.filter((name) => /(?<!\.spec)\.(ts|json)$/.test(name))) {
      const source = path.join(ROOT, part, file);
      const target = path.join(folder, part, file.replace(/\.ts$/, '.js'));
      await mkdir(path.dirname(target), { recursive: true });
      if (target.endsWith('.json')) await copyFile(source, target);
      else await writeFile(target, (await transformFile(source, { cwd: ROOT })).code);
    }
  }
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  for (const beside of ['node_modules', 'templates'])
    await symlink(path.join(ROOT, beside), path.join(folder, beside));
}
