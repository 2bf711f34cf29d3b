import { Injectable, type OnModuleInit } from '@nestjs/common';
import { bearersOf, nextLive } from '../cases/live-subjects.js';
import type { SubjectRef } from '../cases/subject.js';
import { subjectClocks } from '../cases/subject-clocks.js';
import { Clock } from '../platform/clock/clock.js';
import { IS_WRITE_OPEN } from '../platform/database/open-writes.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Tasks } from '../platform/queue/tasks.js';
import { ReminderPlanner } from './reminder-planner.js';

export const REPLAN_TASK = 'replan';
const EVERY_MS = 5_000;
/** Cases and problems a transaction: a change of one of them waits for no more than this. */
const SUBJECTS_A_BATCH = 200;

/**
 * The highest version that the reminders have not followed yet: who plans anew plans by all ladders in force, so this
 * one takes along those before it. Locked by who does it, in any process; his place in the row is his last batch's.
 */
const OPEN_VERSION = `
SELECT version, replan_from::text AS "from", replan_position AS position
  FROM reminder_policies
 WHERE version = (SELECT max(version) FROM reminder_policies WHERE replanned_at IS NULL)
   FOR NO KEY UPDATE SKIP LOCKED`;

const BEGIN = 'UPDATE reminder_policies SET replan_from = clock_timestamp() WHERE version = $1';
const GO_ON = 'UPDATE reminder_policies SET replan_position = $2 WHERE version = $1';
const FINISH = 'UPDATE reminder_policies SET replanned_at = $2 WHERE version <= $1 AND replanned_at IS NULL';

interface OpenVersion {
  version: number;
  /** As text: the clock of the database counts finer than ours. */
  from: string | null;
  position: string | null;
}

/**
 * `held`: a change holds the next one. `waiting`: for transactions that began before the edit was known, and may have
 * planned by the version before. `busy`: another worker is at it.
 */
type Step = 'more' | 'held' | 'waiting' | 'done' | 'busy';

/**
 * Has the reminders that are armed follow an edit of a ladder: every live case and problem is planned anew, a few at a
 * time, by the planner of all changes. What has been recorded stays. A worker that dies leaves its place in the row.
 */
@Injectable()
export class Replan implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly planner: ReminderPlanner,
    private readonly clock: Clock,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(REPLAN_TASK, () => this.run());
    this.tasks.every(REPLAN_TASK, EVERY_MS);
  }

  async run(subjectsABatch = SUBJECTS_A_BATCH): Promise<'waiting' | 'done' | 'busy'> {
    let isPatient = false;
    for (;;) {
      const step = await this.transactions.run((tx) => this.step(tx, isPatient, subjectsABatch));
      if (step !== 'more' && step !== 'held') return step;
      isPatient = step === 'held';
    }
  }

  /** @param isPatient waits for the change that holds the next one, and takes that one alone: nobody waits for us */
  private async step(tx: Transaction, isPatient: boolean, subjectsABatch: number): Promise<Step> {
    const [open] = await tx.query<OpenVersion>(OPEN_VERSION);
    if (open === undefined) return (await isAnyOpen(tx)) ? 'busy' : 'done';
    if (open.from === null) {
      await tx.query(BEGIN, [open.version]);
      return 'more';
    }
    if (open.position === null) {
      const [write] = await tx.query<{ isOpen: boolean }>(IS_WRITE_OPEN, [open.from]);
      if (write?.isOpen === true) return 'waiting';
    }
    const next = await nextLive(tx, open.position, isPatient ? 1 : subjectsABatch);
    if (next.length === 0) {
      await tx.query(FINISH, [open.version, this.clock.now()]);
      return 'done';
    }
    const last = await this.planAnew(tx, next, isPatient);
    if (last === undefined) return 'held';
    await tx.query(GO_ON, [open.version, last.id]);
    return 'more';
  }

  /** @returns the last of those, in their order, that could be locked; `undefined` where the first is held */
  private async planAnew(
    tx: Transaction,
    next: readonly SubjectRef[],
    isPatient: boolean,
  ): Promise<SubjectRef | undefined> {
    const bearers = await bearersOf(tx, next, isPatient ? 'wait' : 'skip_locked');
    const byId = new Map(bearers.map((bearer) => [bearer.row.id, bearer]));
    const held = next.findIndex(({ id }) => !byId.has(id));
    const ready = held < 0 ? next : next.slice(0, held);
    await this.planner.plan(
      tx,
      ready.flatMap(({ id }) => byId.get(id) ?? []).map((bearer) => subjectClocks(bearer)),
    );
    return ready.at(-1);
  }
}

async function isAnyOpen(tx: Transaction): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM reminder_policies WHERE replanned_at IS NULL LIMIT 1');
  return rows.length > 0;
}
