import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { READER_NAME } from '../../platform/database/open-writes.js';
import { latestSettled } from '../../platform/database/snapshot.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { linesOfChains, readCommon } from './chains-reader.js';
import { FirstBuild, forgetLines, hasFewChains, type Step } from './first-build.js';
import { LineStore } from './line-store.js';
import { OfficeDays } from './office-days.js';
import { currentXid, moveOn, type Progress, readProgress } from './progress.js';
import { catchUpSeconds } from './tally-metrics.js';
import { touchedChains } from './touched-chains.js';

/** Any number, the same in every process: whoever brings the tally up to date, others wait for. */
const TALLY_LOCK = 7_264_061;
/** Chains whose lines are made at a time: what it costs in memory does not grow with the ledger. */
const CHAINS_AT_ONCE = 2_000;
/** More than that a request does not wait for: it takes a few seconds. */
const MOST_IN_A_REQUEST = 10_000;
const MOST_AT_ALL = 2_000_000_000;
/** A request waits so long for others that are at it. */
const WAIT_IN_A_REQUEST = '5s';
const RETRY_AFTER_SECONDS = 10;
const DONE: Step = { changed: 0, isMore: false };

/**
 * Keeps lines and cells up to date with what was recorded. What is settled is taken in one transaction, so that a
 * process that dies leaves all of it or nothing; only the first making of all lines is committed chain by chain, and goes
 * on where it was left. Lines write nothing that tables are made from: others need not wait for these transactions.
 */
@Injectable()
export class CatchUp {
  private readonly logger = new Logger(CatchUp.name);
  private readonly office: OfficeDays;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    office: OfficeTime,
  ) {
    this.office = new OfficeDays(office.zone);
  }

  /**
   * Before a table is read. @throws Refusal 503 STATISTICS_CATCHING_UP where there is so much to take in that a worker
   * has to.
   */
  async forRequest(): Promise<void> {
    await this.run(MOST_IN_A_REQUEST);
  }

  /** Takes in everything that is settled. @returns how many lines came and went */
  async run(most = Infinity): Promise<number> {
    // Before anything is read: what was open then shows in what is settled, and what had ended is there.
    const settled = await latestSettled(this.dataSource, this.clock.now());
    const startedAt = performance.now();
    let changed = 0;
    for (let isMore = true; isMore;) {
      const step = await this.inTransaction(most !== Infinity, (manager) =>
        this.step(manager, settled, most),
      );
      changed += step.changed;
      ({ isMore } = step);
    }
    const ms = Math.round(performance.now() - startedAt);
    catchUpSeconds.observe(ms / 1_000);
    if (changed > 0)
      this.logger.log(
        { lines: changed, before: settled.toISOString(), ms },
        'the tally was brought up to date',
      );
    return changed;
  }

  /** Has all lines made anew, by this process; until they are there, tables are refused. */
  async rebuild(): Promise<number> {
    await this.inTransaction(false, forgetLines);
    return this.run();
  }

  private async step(manager: EntityManager, settled: Date, most: number): Promise<Step> {
    const progress = await readProgress(manager);
    if (progress.knownBefore === null) return this.build(manager, progress, settled, most);
    // A clock that is behind that of whoever was here before has nothing to add.
    if (settled <= progress.knownBefore) return DONE;
    const common = await readCommon(manager, settled, this.office);
    const seenXid = await currentXid(manager);
    const since = { since: progress.knownBefore, before: settled, seenXid: progress.seenXid ?? seenXid };
    const chains = await touchedChains(manager, since, common, Math.min(most + 1, MOST_AT_ALL));
    if (chains.length > most) throw catchingUp();
    let changed = 0;
    const store = new LineStore(manager, this.office.zone);
    for (let from = 0; from < chains.length; from += CHAINS_AT_ONCE) {
      const some = chains.slice(from, from + CHAINS_AT_ONCE);
      changed += await store.replace(some, await linesOfChains(manager, some, settled, common));
    }
    await moveOn(manager, settled, seenXid, changed > 0);
    return { changed, isMore: false };
  }

  /** The first making of all lines; where few are to be made, all of it in the transaction of a request. */
  private async build(
    manager: EntityManager,
    progress: Progress,
    settled: Date,
    most: number,
  ): Promise<Step> {
    const isSmall = progress.buildBefore === null && (await hasFewChains(manager, most));
    if (most !== Infinity && !isSmall) throw catchingUp();
    const build = new FirstBuild(manager, this.office, CHAINS_AT_ONCE);
    const begun = await build.begin(progress, settled);
    return build.go(begun, isSmall && most !== Infinity);
  }

  private async inTransaction<Result>(
    isRequest: boolean,
    work: (manager: EntityManager) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        `SELECT set_config('application_name', $1, true), set_config('statement_timeout', '0', true),
                set_config('lock_timeout', $2, true), set_config('jit', 'off', true),
                set_config('work_mem', '128MB', true)`,
        [READER_NAME, isRequest ? WAIT_IN_A_REQUEST : '0'],
      );
      try {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [TALLY_LOCK]);
      } catch (error) {
        if (isRequest && isLockTimeout(error)) throw catchingUp();
        throw error;
      }
      return work(manager);
    });
  }
}

const isLockTimeout = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '55P03';

const catchingUp = (): Refusal =>
  new Refusal(503, 'STATISTICS_CATCHING_UP', { seconds: RETRY_AFTER_SECONDS }, [], RETRY_AFTER_SECONDS);
