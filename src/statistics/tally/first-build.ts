import type { EntityManager } from 'typeorm';
import { BEFORE_ALL_CHAINS, chainsAfter, type Common, linesOfChains, readCommon } from './chains-reader.js';
import { buildCells, LineStore } from './line-store.js';
import type { OfficeDays } from './office-days.js';
import { currentXid, moveOn, type Progress } from './progress.js';

/** What one transaction did, and whether another has to go on. */
export interface Step {
  changed: number;
  isMore: boolean;
}

/** A build that has begun: of what was recorded before a moment, after a chain. */
interface Begun {
  before: Date;
  through: string;
  seenXid: string;
}

/** Makes the lines of all chains, in the order of their ids, and from them the cells. */
export class FirstBuild {
  private readonly store: LineStore;

  constructor(
    private readonly manager: EntityManager,
    private readonly office: OfficeDays,
    private readonly chainsAtOnce: number,
  ) {
    this.store = new LineStore(manager, office.zone);
  }

  /** Where it was left, or from the beginning. */
  async begin({ buildBefore, builtThrough, seenXid }: Progress, settled: Date): Promise<Begun> {
    if (buildBefore !== null)
      return { before: buildBefore, through: builtThrough ?? BEFORE_ALL_CHAINS, seenXid: seenXid ?? '0' };
    const xid = await currentXid(this.manager);
    await this.manager.query('UPDATE tally_progress SET build_before = $1, seen_xid = $2', [settled, xid]);
    return { before: settled, through: BEFORE_ALL_CHAINS, seenXid: xid };
  }

  /** @param isAtOnce all of it now; else one part, to be committed before the next */
  async go(begun: Begun, isAtOnce: boolean): Promise<Step> {
    const common = await readCommon(this.manager, begun.before, this.office);
    let [changed, through] = [0, begun.through];
    for (;;) {
      const chains = await chainsAfter(this.manager, through, this.chainsAtOnce);
      const last = chains.at(-1);
      if (last === undefined) return this.end(begun, changed);
      changed += await this.insert(chains, begun.before, common);
      through = last;
      if (isAtOnce) continue;
      await this.manager.query('UPDATE tally_progress SET built_through = $1', [through]);
      return { changed, isMore: true };
    }
  }

  /** Cells come last, all at once. */
  private async end({ before, seenXid }: Begun, changed: number): Promise<Step> {
    await buildCells(this.manager, this.office.zone);
    await moveOn(this.manager, before, seenXid, true);
    return { changed, isMore: false };
  }

  private async insert(chains: readonly string[], before: Date, common: Common): Promise<number> {
    const lines = await linesOfChains(this.manager, chains, before, common);
    await this.store.insert(lines);
    return lines.length;
  }
}

export async function hasFewChains(manager: EntityManager, most: number): Promise<boolean> {
  if (most === Infinity) return false;
  const [row]: Array<{ chains: number }> = await manager.query(
    'SELECT count(*)::int AS chains FROM (SELECT 1 FROM case_events WHERE sequence = 1 LIMIT $1) chains',
    [most + 1],
  );
  return row !== undefined && row.chains <= most;
}

/** Everything that is derived, so that it is derived anew. */
export async function forgetLines(manager: EntityManager): Promise<void> {
  await manager.query('TRUNCATE tally_lines, tally_cells');
  await manager.query(
    `UPDATE tally_progress SET known_before = NULL, changed_at = NULL, seen_xid = NULL,
            build_before = NULL, built_through = NULL`,
  );
}
