import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Transactions } from '../platform/database/transactions.js';
import { refusalOfDatabaseFault } from '../platform/errors/database-faults.js';
import { textOf } from '../platform/errors/message-text.js';
import { Refusal } from '../platform/errors/refusal.js';
import { FileStore } from '../platform/files/file-store.js';
import { PlanCommit } from './commit/commit-plan.js';
import { LedgerOvertaken } from './commit/lock-touched.js';
import type { ImportError } from './import-report.js';
import { ImportsRepository } from './imports.repository.js';
import { decideLedger } from './ledger/decide-ledger.js';
import { ledgerKeys } from './ledger/ledger-keys.js';
import type { LedgerPlan } from './ledger/ledger-plan.js';
import { openLedger, readLedger } from './ledger/read-ledger.js';
import type { Ledger } from './ledger/rows.js';
import type { ImportJob } from './ledger-import.entity.js';
import { KnownLoader } from './load-known.js';

/** Any number, the same in every process: ledgers are decided and written one after the other. */
const INTAKE_LOCK = 7_264_003;
/** How long to wait before asking again whether it is this ledger's turn. */
const TURN_MS = 250;
/** A live action may come between the decision and the writing; then the ledger is decided anew, the last time under locks. */
const MOST_TRIES = 3;
/** SQLSTATE of what live work beside it can do to it: a duplicate, a serialisation failure, a deadlock, a lock time-out. */
const COLLISIONS: ReadonlySet<unknown> = new Set(['23505', '40001', '40P01', '55P03']);

/** Takes a workbook in: reads it, decides each row, and in mode `commit` writes all that may be written at once. */
@Injectable()
export class ImportRunner {
  private readonly logger = new Logger(ImportRunner.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly imports: ImportsRepository,
    private readonly files: FileStore,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly calendars: CalendarService,
    private readonly known: KnownLoader,
    private readonly commit: PlanCommit,
    private readonly config: AppConfig,
  ) {}

  /** Runs an import to its end and records what came of it; an import that is done already is left as it is. */
  async run(job: ImportJob): Promise<void> {
    try {
      const ledger = await this.read(job);
      await this.imports.progress(job.id, 0, ledger.rowCount);
      await this.untilTaken(job, ledger);
    } catch (error) {
      // Nothing is wrong with the workbook: the lease runs out, and a worker takes it up again.
      if (isAway(error)) throw error;
      await this.fail(job.id, error);
    }
  }

  private async read(job: ImportJob): Promise<Ledger> {
    const workbook = await this.files.withFile(job.sha256, (file) => openLedger(file));
    try {
      const today = this.office.dateOf(this.clock.now());
      return await readLedger(workbook, { today, shiftDays: job.shiftDays });
    } finally {
      workbook.close();
    }
  }

  private async untilTaken(job: ImportJob, ledger: Ledger): Promise<void> {
    for (let tries = 1; ;) {
      try {
        if (await this.take(job, ledger, tries === MOST_TRIES)) return;
        // Outside any transaction: an open one would hold back what the statistics may call settled.
        await wait(TURN_MS);
      } catch (error) {
        if (!isCollision(error) || tries === MOST_TRIES) throw error;
        tries += 1;
      }
    }
  }

  /**
   * Decision, writing and report in one transaction: killed at any moment, the import is either done or still to do.
   * @returns whether the import is finished; another ledger may be under way
   */
  private async take(job: ImportJob, ledger: Ledger, isLocked: boolean): Promise<boolean> {
    const calendar = await this.calendars.current();
    return this.transactions.run(async (tx) => {
      const [turn] = await tx.query<{ isOurs: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isOurs"', [
        INTAKE_LOCK,
      ]);
      if (turn?.isOurs !== true) return false;
      // Its lease may have passed to another worker, which was faster.
      if (await this.imports.isFinished(tx, job.id)) return true;
      const keys = ledgerKeys(ledger);
      const seen = await this.known.versions(tx, keys, isLocked);
      const plan = await decideLedger(ledger, await this.known.load(tx, keys, calendar), this.config.locale);
      const isRefused =
        job.onError === 'reject_all' && plan.sheets.some((sheet) => sheet.rejected.length > 0);
      if (job.mode === 'commit' && !isRefused) {
        const onRows = (rows: number): void => this.tell(job.id, rows, ledger.rowCount);
        await this.commit.run(plan, {
          tx,
          importId: job.id,
          now: this.clock.now(),
          calendar,
          algorithm: this.config.eventHash,
          seen,
          onRows,
        });
      }
      const error = isRefused && job.mode === 'commit' ? this.errorOf(rowsRejected(plan)) : null;
      await this.imports.finish(tx, job.id, { sheets: plan.sheets, error, rows: ledger.rowCount });
      return true;
    });
  }

  /** Nobody waits for it: inside a transaction, waiting for a second connection could lock the pool. */
  private tell(id: string, done: number, of: number): void {
    this.imports
      .progress(id, done, of)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'progress was not told'));
  }

  private async fail(id: string, error: unknown): Promise<void> {
    if (!(error instanceof Refusal)) this.logger.error({ err: error, importId: id }, 'an import failed');
    const told = error instanceof Refusal ? error : new Refusal(503, 'IMPORT_FAILED');
    await this.imports.fail(id, this.errorOf(told));
  }

  private errorOf(refusal: Refusal): ImportError {
    return { code: refusal.code, detail: textOf(refusal.code, refusal.params, this.config.locale) };
  }
}

const isAway = (error: unknown): boolean =>
  (error instanceof Refusal && error.code === 'FILE_STORE_AWAY') ||
  refusalOfDatabaseFault(error)?.code === 'DATABASE_AWAY';

function rowsRejected(plan: LedgerPlan): Refusal {
  const count = plan.sheets.reduce((sum, sheet) => sum + sheet.rejected.length, 0);
  return new Refusal(409, 'ROWS_REJECTED', { count });
}

const isCollision = (error: unknown): boolean =>
  error instanceof LedgerOvertaken ||
  (typeof error === 'object' && error !== null && 'code' in error && COLLISIONS.has(error.code));
