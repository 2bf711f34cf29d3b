import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { latestSettled, onSnapshot } from '../platform/database/snapshot.js';
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
    const asOf = chooseAsOf(await latestSettled(this.dataSource, this.clock.now()));
    return onSnapshot(this.dataSource, (runner) => work(new KnownLedger(runner, asOf)));
  }
}
