import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Children } from '../../src/local/children.js';
import { DataFolder } from '../../src/local/data-folder.js';
import { startRedis } from '../../src/local/redis.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PASSWORD = 'only-for-tests';

/** A Redis server that harms nobody else when it is emptied, stopped and started again on the same port. */
export class OwnRedis {
  private readonly data = new DataFolder(mkdtempSync(path.join(os.tmpdir(), 'shukun-faults-')));
  private children: Children | null = null;
  private port = 0;

  static async start(): Promise<OwnRedis> {
    const own = new OwnRedis();
    own.data.make();
    await own.start();
    return own;
  }

  get url(): string {
    return `redis://:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    // Which process it was is of interest to a launcher that finds it later; here it is stopped by who started it.
    this.children = new Children(this.data, () => null);
    const { port } = await startRedis({
      data: this.data,
      children: this.children,
      password: PASSWORD,
      preferredPort: this.port,
      packageFolders: [path.join(ROOT, '.local')],
      env: process.env,
      note: () => undefined,
    });
    if (this.port !== 0 && this.port !== port) throw new Error(`another has taken the port ${this.port}`);
    this.port = port;
  }

  async stop(): Promise<void> {
    await this.children?.stopAll();
  }

  async empty(): Promise<void> {
    const client = new Redis(this.url);
    await client.flushall();
    client.disconnect();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.data.folder, { recursive: true });
  }
}
