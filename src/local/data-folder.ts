import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LaunchFault } from './launch.js';

/** What one product keeps on disk; `--fresh` removes all of it but the unpacked Redis, which is a download. */
export class DataFolder {
  readonly postgres: string;
  readonly redis: string;
  readonly files: string;
  readonly recorded: string;
  readonly reports: string;
  readonly log: string;
  readonly pids: string;
  readonly secretsFile: string;
  readonly stateFile: string;
  readonly accountsFile: string;
  readonly summaryFile: string;
  readonly runFile: string;
  /** The settings of the running product, for commands that join it. */
  readonly environmentFile: string;
  readonly lockFile: string;

  constructor(readonly folder: string) {
    const at = (name: string): string => path.join(folder, name);
    this.postgres = at('postgres');
    this.redis = at('redis');
    this.files = at('files');
    this.recorded = at('recorded');
    this.reports = at('reports');
    this.log = at('log');
    this.pids = at('pids');
    this.secretsFile = at('secrets.json');
    this.stateFile = at('state.json');
    this.accountsFile = at('accounts.json');
    this.summaryFile = at('first-start.txt');
    this.runFile = at('run.json');
    this.environmentFile = at('environment.json');
    this.lockFile = at('lock');
  }

  make(): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      for (const folder of [this.redis, this.files, this.recorded, this.reports, this.log, this.pids]) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      }
    } catch (error) {
      throw new LaunchFault(
        `The data folder ${this.folder} cannot be used: ${describe(error)}. It may belong to another user (an earlier start as root?); remove it or choose another with --data DIR.`,
      );
    }
  }

  /**
   * The servers must be stopped. Only names of ours are removed: DIR may be a folder that holds other things.
   * @param isDatabaseOurs else the secrets stay, of which this is the only copy: a database that stays holds what they
   * have sealed.
   */
  empty(isDatabaseOurs: boolean): void {
    // PostgreSQL's folder may be a link to a place that its user can reach.
    if (existsSync(this.postgres)) rmSync(realpathSync(this.postgres), { recursive: true, force: true });
    const folders = [this.postgres, this.redis, this.files, this.recorded, this.reports, this.log, this.pids];
    const files = [this.stateFile, this.accountsFile, this.summaryFile];
    const secrets = isDatabaseOurs ? [this.secretsFile] : [];
    for (const item of [...folders, ...files, ...secrets]) rmSync(item, { recursive: true, force: true });
    this.forgetRun();
    this.make();
  }

  /** What tells scripts and commands of a product that runs. */
  forgetRun(): void {
    for (const file of [this.runFile, this.environmentFile]) rmSync(file, { force: true });
  }

  /** What root wrote into an ordinary user's folder belongs to that user, who may start again as himself. */
  giveToOwner(): void {
    const { uid, gid } = statSync(this.folder);
    if (process.getuid?.() !== 0 || uid === 0) return;
    for (const name of readdirSync(this.folder)) {
      // PostgreSQL ran as that user anyway.
      if (name !== 'postgres') lchownSync(path.join(this.folder, name), uid, gid);
    }
    for (const folder of [this.redis, this.files, this.recorded, this.reports, this.log, this.pids]) {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        lchownSync(path.join(folder, name), uid, gid);
      }
    }
  }
}

/** The object in the file over the defaults; the defaults alone when there is no such file. */
export function readJson<T extends object>(file: string, defaults: T): T {
  if (!existsSync(file)) return defaults;
  try {
    const kept: Partial<T> = JSON.parse(readFileSync(file, 'utf8'));
    return { ...defaults, ...kept };
  } catch (error) {
    throw new LaunchFault(`${file} cannot be read: ${describe(error)}`);
  }
}

/** Whole or not at all, and for the owner only. */
export function writeJson(file: string, value: unknown): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
