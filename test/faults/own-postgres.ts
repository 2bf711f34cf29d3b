import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Children } from '../../src/local/children.js';
import { DataFolder } from '../../src/local/data-folder.js';
import { startPostgres } from '../../src/local/postgres.js';

const PASSWORD = 'only-for-tests';

/** A PostgreSQL server that waits for its disk, to be killed at any moment and started again on the same port. */
export class OwnPostgres {
  private readonly data = new DataFolder(mkdtempSync(path.join(os.tmpdir(), 'shukun-faults-')));
  private children: Children | null = null;
  private port = 0;
  /** A superuser's. */
  url = '';

  static async start(): Promise<OwnPostgres> {
    const own = new OwnPostgres();
    own.data.make();
    await own.start();
    return own;
  }

  /** The first time on an empty folder, then on what the last kill left. */
  async start(): Promise<void> {
    // Which process it was is of interest to a launcher that finds it later; here it is stopped by who started it.
    this.children = new Children(this.data, () => null);
    const { children, data, port: preferredPort } = this;
    const server = await startPostgres({
      data,
      children,
      password: PASSWORD,
      isDurable: true,
      preferredPort,
    });
    if (this.port !== 0 && this.port !== server.port)
      throw new Error(`another has taken the port ${this.port}`);
    this.port = server.port;
    this.url = server.url('postgres', PASSWORD, 'postgres');
  }

  /** All its processes at once and without a word, as when the power fails. */
  async kill(): Promise<void> {
    const { pid }: { pid: number } = JSON.parse(
      readFileSync(path.join(this.data.pids, 'postgresql.json'), 'utf8'),
    );
    // It leads a group of its own, to which every process of the server belongs.
    process.kill(-pid, 'SIGKILL');
    await this.children?.stopAll();
  }

  async close(): Promise<void> {
    await this.children?.stopAll();
    this.data.empty(true);
    rmSync(this.data.folder, { recursive: true, force: true });
  }
}
