import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { KnownLedger } from './known-ledger.js';

/** Readers of tables write nothing; under this name they are told from transactions that may. */
const READER_NAME = 'shukun-statistics';

/** Reads the ledger as known at a moment, in one snapshot. */
@Injectable()
export class StatisticsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * @param chooseAsOf is given the latest moment that is settled, and answers that or an earlier one
   * @param work runs in a read-only transaction on one snapshot
   */
  async read<Result>(
    chooseAsOf: (latest: Date) => Date,
    work: (ledger: KnownLedger) => Promise<Result>,
  ): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      // Before the snapshot is taken: what was open then shows in the lag, and what had ended shows in the snapshot.
      const asOf = chooseAsOf(await this.latestSettled(runner));
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SET TRANSACTION READ ONLY');
      await runner.query(`SELECT set_config('application_name', $1, true)`, [READER_NAME]);
      const result = await work(new KnownLedger(runner, asOf));
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
   * Now, but not later than the start of the oldest transaction that may still write: what it writes is recorded at
   * its start or later, so nothing recorded before this moment can appear after it, and the table stays the same.
   */
  private async latestSettled(runner: QueryRunner): Promise<Date> {
    const now = this.clock.now().getTime();
    // The database's own clock alone measures the age; the two clocks need not agree.
    const [row]: Array<{ lag: number }> = await runner.query(
      `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000, 0)::float8 AS lag
       FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND datname = current_database() AND usename = current_user
         AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND application_name <> $1`,
      [READER_NAME],
    );
    return new Date(now - Math.ceil(Math.max(0, row?.lag ?? 0)));
  }
}
