import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../platform/database/transactions.js';

/** Any number, the same in every process. */
const SWEEP_LOCK = 7_264_010;

/**
 * Waits for a sweep under way and holds the next one off until the transaction ends. Asked for before any row is
 * locked: a sweep waits for rows in one session and holds this in another, which PostgreSQL cannot see to be a circle.
 */
export async function holdSweepsOff(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SWEEP_LOCK]);
}

/**
 * One sweeper at a time: a second one would compose what the first has only half recorded, and a person would get
 * several messages instead of one digest. Rows are safe without it. PostgreSQL frees the lock when its holder dies.
 */
@Injectable()
export class SweepLock {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns `null` when another sweeper is at work. */
  async tryWith<Result>(work: () => Promise<Result>): Promise<Result | null> {
    const session = this.dataSource.createQueryRunner();
    try {
      const rows: { held: boolean }[] = await session.query('SELECT pg_try_advisory_lock($1) AS held', [
        SWEEP_LOCK,
      ]);
      if (rows[0]?.held !== true) return null;
      try {
        return await work();
      } finally {
        await session.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK]);
      }
    } finally {
      await session.release();
    }
  }
}
