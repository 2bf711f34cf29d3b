import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OfficeTime } from '../../calendar/office-time.js';
import { onSnapshot } from '../../platform/database/snapshot.js';
import { CatchUp } from './catch-up.js';
import { KnownTally } from './known-tally.js';
import { readProgress } from './progress.js';

/** Reads the tally as known at a moment, in one snapshot. */
@Injectable()
export class TallyReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catchUp: CatchUp,
    private readonly office: OfficeTime,
  ) {}

  /**
   * @param chooseAsOf is given the latest moment that all is counted of, and answers that or an earlier one
   * @param work runs in a read-only transaction on one snapshot
   * @throws Refusal 503 STATISTICS_CATCHING_UP
   */
  async read<Result>(
    chooseAsOf: (latest: Date) => Date,
    work: (tally: KnownTally) => Promise<Result>,
  ): Promise<Result> {
    await this.catchUp.forRequest();
    return onSnapshot(this.dataSource, async (runner) => {
      // Compiling a statement of so many sums takes longer than the sums.
      await runner.query(`SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`);
      const { knownBefore, changedAt } = await readProgress(runner);
      if (knownBefore === null) throw new Error('the tally was forgotten while it was read');
      const asOf = chooseAsOf(knownBefore);
      // What was known then is what is known now, where nothing was learnt since.
      const isNow = asOf >= knownBefore || (changedAt !== null && changedAt < asOf);
      return work(new KnownTally(runner, asOf, isNow, this.office));
    });
  }
}
