import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { AppConfig } from '../platform/config/app-config.js';
import { textOf } from '../platform/errors/message-text.js';
import { Refusal } from '../platform/errors/refusal.js';
import { FileStore } from '../platform/files/file-store.js';
import { Tasks } from '../platform/queue/tasks.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { ImportRunner } from './import-runner.js';
import { type ImportRequest, ImportsRepository } from './imports.repository.js';
import type { ImportJob, LedgerImport } from './ledger-import.entity.js';
import { openLedger } from './ledger/read-ledger.js';

const TASK = 'import';
const POLL_MS = 5_000;
const RENEW_MS = 3_000;
/** A workbook that takes its worker down with it would take down every other after it. */
const MOST_ATTEMPTS = 3;

/** A workbook that is run where it is taken in. */
export interface LocalImport extends Omit<ImportRequest, 'sha256'> {
  content: Readable;
}

/** Imports as rows: taken in by a request, run by a worker, read by whoever waits. */
@Injectable()
export class ImportsService implements OnModuleInit {
  private readonly logger = new Logger(ImportsService.name);

  constructor(
    private readonly imports: ImportsRepository,
    private readonly files: FileStore,
    private readonly config: AppConfig,
    private readonly runner: ImportRunner,
    private readonly tasks: Tasks,
    private readonly wakeUps: WakeUps,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.runReady());
    this.tasks.every(TASK, POLL_MS);
  }

  /**
   * Stores a workbook before anything is written of it.
   * @returns its hash. @throws Refusal 400, 413 or 415 when it is no ledger workbook
   */
  async keep(content: Readable): Promise<string> {
    const { sha256 } = await this.files.put(content, this.config.uploadMaxBytes);
    (await openLedger(this.files.path(sha256))).close();
    return sha256;
  }

  /** Takes a kept workbook in for a worker to run. */
  async submit(request: ImportRequest): Promise<string> {
    const { id } = await this.imports.add(request, () => this.wakeUps.ring(TASK));
    return id;
  }

  /**
   * Takes a workbook in and runs it here, for the command line.
   * @param onBegun told which import it is, before its first row is read
   * @returns its id. @throws Refusal when it is no ledger workbook
   */
  async runNow({ content, ...request }: LocalImport, onBegun?: (id: string) => void): Promise<string> {
    const sha256 = await this.keep(content);
    const job = await this.imports.addLeased({ ...request, sha256 });
    onBegun?.(job.id);
    await this.runLeased(job);
    return job.id;
  }

  /** @throws Refusal 404 */
  get(id: string): Promise<LedgerImport> {
    return this.imports.get(id);
  }

  private async runReady(): Promise<void> {
    await this.giveUp();
    for (let job = await this.next(); job !== undefined; job = await this.next()) await this.runLeased(job);
  }

  private next(): Promise<ImportJob | undefined> {
    return this.imports.claim(MOST_ATTEMPTS);
  }

  private async giveUp(): Promise<void> {
    const { code, params } = new Refusal(503, 'IMPORT_GIVEN_UP', { attempts: MOST_ATTEMPTS });
    const detail = textOf(code, params, this.config.locale);
    for (const importId of await this.imports.giveUp(MOST_ATTEMPTS, { code, detail })) {
      this.logger.error({ importId }, 'an import was given up: every worker that ran it has died');
    }
  }

  /** A long ledger keeps its lease as long as this process lives; a killed worker's is free within seconds. */
  private async runLeased(job: ImportJob): Promise<void> {
    const renewal = setInterval(() => void this.renew(job.id), RENEW_MS);
    try {
      await this.runner.run(job);
    } finally {
      clearInterval(renewal);
    }
  }

  private async renew(id: string): Promise<void> {
    try {
      await this.imports.renew(id);
    } catch (error) {
      this.logger.warn({ err: error }, 'the lease of an import was not renewed');
    }
  }
}
