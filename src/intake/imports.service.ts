import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { AppConfig } from '../platform/config/app-config.js';
import { textOf } from '../platform/errors/message-text.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { Draft } from '../platform/files/draft.js';
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

/** A workbook as it came in, not yet kept. */
export interface ReceivedLedger extends Omit<ImportRequest, 'sha256'> {
  draft: Draft;
}

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

  /** @throws Refusal 413 FILE_TOO_LARGE, 400 FILE_EMPTY, 503 FILE_STORE_AWAY */
  receive(content: Readable): Promise<Draft> {
    return this.files.receive(content, this.config.uploadMaxBytes);
  }

  /** Takes a workbook in for a worker to run. @throws Refusal 400, 413 or 415 when it is no ledger workbook */
  async submit(ledger: ReceivedLedger): Promise<string> {
    const { id } = await this.imports.add(await this.kept(ledger), () => this.wakeUps.ring(TASK));
    return id;
  }

  /**
   * Takes a workbook in and runs it here, for the command line.
   * @param onBegun told which import it is, before its first row is read
   * @returns its id. @throws Refusal when it is no ledger workbook
   */
  async runNow({ content, ...request }: LocalImport, onBegun?: (id: string) => void): Promise<string> {
    const draft = await this.receive(content);
    try {
      const job = await this.imports.addLeased(await this.kept({ ...request, draft }));
      onBegun?.(job.id);
      await this.runLeased(job);
      return job.id;
    } finally {
      await draft.discard();
    }
  }

  /** @throws Refusal 404 */
  get(id: string): Promise<LedgerImport> {
    return this.imports.get(id);
  }

  private async kept({ draft, ...request }: ReceivedLedger): Promise<ImportRequest> {
    (await openLedger(draft.path)).close();
    await this.files.keep(draft);
    return { ...request, sha256: draft.sha256 };
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
