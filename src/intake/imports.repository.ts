import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { insertion } from '../platform/database/rows.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import type { ImportError, SheetReport } from './import-report.js';
import type { ImportJob, ImportMode, LedgerImport, OnError } from './ledger-import.entity.js';

/** A worker that has not renewed it for so long is taken for dead; what it had not committed was never there. */
const LEASE_MS = 10_000;

export interface ImportRequest {
  fileName: string;
  /** Of the kept workbook. */
  sha256: string;
  mode: ImportMode;
  onError: OnError;
  createdBy: string | null;
  /** Days by which every date is moved, for the example ledger. */
  shiftDays?: number;
}

/** The rows of imports. Each method that writes is a transaction of its own, save where it is given one. */
@Injectable()
export class ImportsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

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

  /** Adds one that waits for a worker. @param ring called once it can be seen */
  add(request: ImportRequest, ring: () => void): Promise<ImportJob> {
    return this.insert(request, { status: 'pending', attempts: 0, leaseUntil: null }, ring);
  }

  /** Adds one that this process runs itself: its first attempt has begun. */
  addLeased(request: ImportRequest): Promise<ImportJob> {
    return this.insert(request, { status: 'running', attempts: 1, leaseUntil: this.leaseEnd() });
  }

  private insert(
    { shiftDays = 0, ...request }: ImportRequest,
    standing: Pick<LedgerImport, 'status' | 'attempts' | 'leaseUntil'>,
    afterwards?: () => void,
  ): Promise<ImportJob> {
    const id = uuidv7();
    const row = { id, ...request, shiftDays, ...standing, createdAt: this.clock.now() };
    return this.transactions.run(async (tx) => {
      const { sql, parameters } = insertion('imports', [row]);
      await tx.query(sql, parameters);
      if (afterwards !== undefined) tx.afterCommit(afterwards);
      const { sha256, mode, onError } = request;
      return { id, sha256, mode, onError, shiftDays };
    });
  }

  /**
   * The oldest import that waits, or whose worker is dead; one worker gets it.
   * @param mostAttempts one that so many workers have begun and none has ended is left to {@link giveUp}
   */
  claim(mostAttempts: number): Promise<ImportJob | undefined> {
    return this.transactions.run(async (tx) => {
      const [job] = await tx.query<ImportJob>(
        `UPDATE imports SET status = 'running', lease_until = $2, attempts = attempts + 1
          WHERE id = (SELECT id FROM imports
                       WHERE (status = 'pending' OR (status = 'running' AND lease_until < $1)) AND attempts < $3
                       ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING id, sha256, mode, on_error AS "onError", shift_days AS "shiftDays"`,
        [this.clock.now(), this.leaseEnd(), mostAttempts],
      );
      return job;
    });
  }

  /** Ends those of which the last worker they may have is dead as well. @returns their ids */
  giveUp(mostAttempts: number, error: ImportError): Promise<string[]> {
    return this.transactions.run(async (tx) => {
      const ended = await tx.query<{ id: string }>(
        `UPDATE imports SET status = 'failed', error = $2::jsonb, finished_at = $1, lease_until = NULL
          WHERE status = 'running' AND lease_until < $1 AND attempts >= $3 RETURNING id`,
        [this.clock.now(), JSON.stringify(error), mostAttempts],
      );
      return ended.map(({ id }) => id);
    });
  }

  async renew(id: string): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query('UPDATE imports SET lease_until = $2 WHERE id = $1 AND finished_at IS NULL', [
        id,
        this.leaseEnd(),
      ]),
    );
  }

  /** Seen at once by whoever waits, whatever becomes of the import; what is finished is left as it is. */
  async progress(id: string, done: number, of: number): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query('UPDATE imports SET rows_done = $2, rows_total = $3 WHERE id = $1 AND finished_at IS NULL', [
        id,
        done,
        of,
      ]),
    );
  }

  async isFinished(tx: Transaction, id: string): Promise<boolean> {
    const found = await tx.query('SELECT 1 FROM imports WHERE id = $1 AND finished_at IS NOT NULL', [id]);
    return found.length > 0;
  }

  /** In the transaction of what it has written. */
  async finish(
    tx: Transaction,
    id: string,
    { sheets, error, rows }: { sheets: readonly SheetReport[]; error: ImportError | null; rows: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE imports SET status = $2, sheets = $3::jsonb, error = $4::jsonb, finished_at = $5,
              rows_done = $6, rows_total = $6, lease_until = NULL
        WHERE id = $1`,
      [
        id,
        error === null ? 'done' : 'failed',
        JSON.stringify(sheets),
        error && JSON.stringify(error),
        this.clock.now(),
        rows,
      ],
    );
  }

  async fail(id: string, error: ImportError): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query(
        `UPDATE imports SET status = 'failed', error = $2::jsonb, finished_at = $3, lease_until = NULL
          WHERE id = $1 AND finished_at IS NULL`,
        [id, JSON.stringify(error), this.clock.now()],
      ),
    );
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }
}
