import type { DataSource, QueryRunner } from 'typeorm';

/** Long readers write nothing; under this name they are told from transactions that may. */
export const READER_NAME = 'shukun-reader';

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
 * Now, but not later than the start of the oldest transaction that may still write: what it writes is recorded at its
 * start or later, so nothing recorded before this moment can appear after it. To be asked before a snapshot is taken:
 * what was open then shows in the lag, and what had ended shows in the snapshot.
 */
export async function latestSettled(dataSource: DataSource, now: Date): Promise<Date> {
  // The database's own clock alone measures the age; the two clocks need not agree.
  const [row]: Array<{ lag: number }> = await dataSource.query(
    `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000, 0)::float8 AS lag
       FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND datname = current_database() AND usename = current_user
        AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND application_name <> $1`,
    [READER_NAME],
  );
  return new Date(now.getTime() - Math.ceil(Math.max(0, row?.lag ?? 0)));
}
