import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { OfficeTime } from '../../calendar/office-time.js';
import { READER_NAME } from '../../platform/database/open-writes.js';
import { BYS } from '../table/groupings.js';
import { BEFORE_ALL_CHAINS, chainsAfter, linesOfChains, readCommon } from './chains-reader.js';
import { wrongCell } from './counting-statements.js';
import { LineStore } from './line-store.js';
import { OfficeDays } from './office-days.js';
import { readProgress } from './progress.js';

const CHAINS_AT_ONCE = 2_000;

export interface TallyVerification {
  /** `null` while no lines have been made. */
  knownBefore: Date | null;
  chains: number;
  lines: number;
  /** The first chain whose lines are not those that follow from its events. */
  wrongChain: string | null;
  /** The first sum that is not that of its lines, in words. */
  wrongCell: string | null;
}

/** Makes every line anew from the events, in memory, and compares it with what is stored; then all sums with all lines. */
@Injectable()
export class VerifyTally {
  private readonly office: OfficeDays;

  constructor(
    private readonly dataSource: DataSource,
    office: OfficeTime,
  ) {
    this.office = new OfficeDays(office.zone);
  }

  async run(): Promise<TallyVerification> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query(
        `SELECT set_config('application_name', $1, true), set_config('statement_timeout', '0', true)`,
        [READER_NAME],
      );
      const { knownBefore } = await readProgress(manager);
      if (knownBefore === null)
        return { knownBefore, chains: 0, lines: 0, wrongChain: null, wrongCell: null };
      const lines = await this.verifyLines(manager, knownBefore);
      return { knownBefore, ...lines, wrongCell: await this.firstWrongCell(manager) };
    });
  }

  private async verifyLines(
    manager: EntityManager,
    before: Date,
  ): Promise<Pick<TallyVerification, 'chains' | 'lines' | 'wrongChain'>> {
    const common = await readCommon(manager, before, this.office);
    const store = new LineStore(manager, this.office.zone);
    let [chains, lines, through] = [0, 0, BEFORE_ALL_CHAINS];
    for (;;) {
      const ids = await chainsAfter(manager, through, CHAINS_AT_ONCE);
      const last = ids.at(-1);
      if (last === undefined) return { chains, lines, wrongChain: null };
      const rows = await linesOfChains(manager, ids, before, common);
      const { missing, left } = await store.differences(ids, rows);
      const [wrongChain] = [...missing, ...left].map(({ chainId }) => chainId).toSorted();
      if (wrongChain !== undefined) return { chains, lines, wrongChain };
      [chains, lines, through] = [chains + ids.length, lines + rows.length, last];
    }
  }

  private async firstWrongCell(manager: EntityManager): Promise<string | null> {
    for (const by of BYS) {
      const [wrong]: Array<{ cell: string }> = await manager.query(wrongCell(by), [this.office.zone]);
      if (wrong !== undefined) return wrong.cell;
    }
    return null;
  }
}
