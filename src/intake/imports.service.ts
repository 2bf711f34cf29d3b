import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Reader } from '../platform/database/reader.js';
import { insertion } from '../platform/database/rows.js';
import { notFound } from '../platform/errors/refusal.js';
import type { Draft } from '../platform/files/draft.js';
import { FileStore } from '../platform/files/file-store.js';
import { Tasks } from '../platform/queue/tasks.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { type ImportJob, ImportRunner } from './import-runner.js';
import type { ImportMode, LedgerImport, OnError } from './ledger-import.entity.js';
import { openLedger } from './ledger/read-ledger.js';

const TASK = 'import';
const POLL_MS = 5_000;
/** A worker that has not renewed it for so long is taken for dead; what it had not committed was never there. */
const LEASE_MS = 10_000;
const RENEW_MS = 3_000;

export interface ImportRequest {
  fileName: string;
  draft: Draft;
  mode: ImportMode;
  onError: OnError;
  createdBy: string | null;
}

/** A workbook that is run where it is taken in; the example ledger moves its dates. */
export interface LocalImport extends Omit<ImportRequest, 'draft'> {
  content: Readable;
}

/** Imports as rows: taken in by a request, run by a worker, read by whoever waits. */
@Injectable()
export class ImportsService implements OnModuleInit {
  private readonly logger = new Logger(ImportsService.name);

  constructor(
    private readonly reader: Reader,
    private readonly files: FileStore,
    private readonly clock: Clock,
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
  async submit(request: ImportRequest): Promise<string> {
    const job = await this.add(request, null, 0);
    this.wakeUps.ring(TASK);
    return job.id;
  }

  /** Takes a workbook in and runs it here, for the command line. @throws Refusal when it is no ledger workbook */
  async runNow({ content, ...request }: LocalImport, shiftDays = 0): Promise<string> {
    const draft = await this.receive(content);
    try {
      const job = await this.add({ ...request, draft }, this.leaseEnd(), shiftDays);
      await this.runLeased(job);
      return job.id;
    } finally {
      await draft.discard();
    }
  }

  /** @throws Refusal 404 */
  async get(id: string): Promise<LedgerImport> {
    const [found] = await this.reader.query<LedgerImport>(
      `SELECT id, file_name AS "fileName", sha256, mode, on_error AS "onError", status, rows_done AS "rowsDone",
              rows_total AS "rowsTotal", sheets, error, created_at AS "createdAt", finished_at AS "finishedAt"
         FROM imports WHERE id = $1`,
      [id],
    );
    if (found === undefined) throw notFound('import', id);
    return found;
  }

  private async add(request: ImportRequest, leaseUntil: Date | null, shiftDays: number): Promise<ImportJob> {
    const { fileName, draft, mode, onError, createdBy } = request;
    const { sha256 } = draft;
    (await openLedger(draft.path)).close();
    await this.files.keep(draft);
    const job: ImportJob = { id: uuidv7(), sha256, mode, onError, shiftDays };
    const status = leaseUntil === null ? 'pending' : 'running';
    const row = { ...job, fileName, status, createdBy, createdAt: this.clock.now(), leaseUntil };
    const { sql, parameters } = insertion('imports', [row]);
    await this.reader.query(sql, parameters);
    return job;
  }

  private async runReady(): Promise<void> {
    for (let job = await this.claim(); job !== undefined; job = await this.claim()) await this.runLeased(job);
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
      await this.reader.query('UPDATE imports SET lease_until = $2 WHERE id = $1 AND finished_at IS NULL', [
        id,
        this.leaseEnd(),
      ]);
    } catch (error) {
      this.logger.warn({ err: error }, 'the lease of an import was not renewed');
    }
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }

  /** The oldest import that waits, or whose worker is dead; one worker gets it. */
  private async claim(): Promise<ImportJob | undefined> {
    const [job] = await this.reader.query<ImportJob>(
      `UPDATE imports SET status = 'running', lease_until = $2
        WHERE id = (SELECT id FROM imports
                     WHERE status = 'pending' OR (status = 'running' AND lease_until < $1)
                     ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, sha256, mode, on_error AS "onError", shift_days AS "shiftDays"`,
      [this.clock.now(), this.leaseEnd()],
    );
    return job;
  }
}
