import type { DataSource, QueryRunner } from 'typeorm';
import { OPEN_WRITES_LAG, READER_NAME, settledAt } from './open-writes.js';

/** One read-only transaction on one snapshot. */
export async function onSnapshot<Result>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('SET TRANSACTION READ ONLY');
    await runner.query(`SELECT set_config('application_name', $1, true)`, [READER_NAME]);
    const result = await work(runner);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

/**
 * Now, but not later than the start of the oldest transaction that may still write. To be asked before a snapshot is
 * taken.
 */
export async function latestSettled(dataSource: DataSource, now: Date): Promise<Date> {
  const [row]: Array<{ lag: number }> = await dataSource.query(OPEN_WRITES_LAG);
  return settledAt(now, row?.lag);
}
