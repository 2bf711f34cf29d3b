import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { OPEN_WRITES_LAG, READER_NAME, settledAt } from '../platform/database/open-writes.js';
import { KnownLedger } from './known-ledger.js';

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

  /** Now, or the start of the oldest transaction that may still write: the table of that moment stays the same. */
  private async latestSettled(runner: QueryRunner): Promise<Date> {
    const now = this.clock.now();
    const [row]: Array<{ lag: number }> = await runner.query(OPEN_WRITES_LAG);
    return settledAt(now, row?.lag);
  }
}
