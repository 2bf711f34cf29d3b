import { byAccount } from '../../src/access/security-trail.js';
import { TrailRecorder } from '../../src/audit/trail-recorder.js';
import { v7 as uuidv7 } from 'uuid';
import type { ClocksChanged } from '../../src/cases/case-changes.js';
import type { Complexity } from '../../src/cases/lifecycle/states.js';
import type { Transaction } from '../../src/platform/database/transactions.js';
import { Tasks } from '../../src/platform/queue/tasks.js';
import { ChangePolicy } from '../../src/reminders/change-policy.js';
import { DEFAULT_RUNGS, type DeadlineClass, type Rung } from '../../src/reminders/ladder.js';
import { Policies } from '../../src/reminders/policies.js';
import { PreviewPolicy } from '../../src/reminders/preview-policy.js';
import type { PolicyPreviewView } from '../../src/reminders/preview.dto.js';
import { RecipientFinder } from '../../src/reminders/recipients.js';
import { ReminderPlanner } from '../../src/reminders/reminder-planner.js';
import { Replan } from '../../src/reminders/replan.js';
import { testConfig } from './delivery-world.js';
import { type AssignedCase, handling, type ReminderWorld } from './reminder-world.js';

/** Somebody of the task force. */
const EDITOR = uuidv7();

export const rung = (code: string, offset: number, values: Partial<Rung> = {}): Rung => ({
  code,
  clock: 'handle',
  offsetWorkingDays: offset,
  recipients: ['official'],
  channels: ['email'],
  ...values,
});

/** The default ladder without some of its rungs, and with others. */
export const editedLadder = (without: readonly string[], ...others: Rung[]): Rung[] => [
  ...DEFAULT_RUNGS.filter(({ code }) => !without.includes(code)),
  ...others,
];

/** Whose plans are counted, and stopped where a test wants it. */
class WatchedPlanner extends ReminderPlanner {
  readonly planned: string[] = [];
  before: (planned: number) => Promise<void> = async () => undefined;

  override async plan(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    await this.before(this.planned.length);
    await super.plan(tx, changes);
    this.planned.push(...changes.map(({ subjectId }) => subjectId));
  }
}

/** Edits of the ladders around a {@link ReminderWorld}, and workers that have its reminders follow. */
export class LadderWorld {
  private readonly changing: ChangePolicy;
  private readonly previewing: PreviewPolicy;

  constructor(private readonly world: ReminderWorld) {
    const { transactions, policies, clock, rings, reader, calendars, office } = world;
    const trail = new TrailRecorder(transactions, clock, testConfig({ eventHash: 'sha256' }));
    this.changing = new ChangePolicy(transactions, policies, clock, trail, rings);
    const finder = new RecipientFinder(reader);
    this.previewing = new PreviewPolicy(reader, policies, calendars, office, clock, finder);
  }

  /** A worker of another process, with a memory of its own. */
  worker(): { planner: WatchedPlanner; replan: Replan } {
    const { reader, clock, changes, calendars, office, transactions } = this.world;
    const policies = new Policies(reader, clock);
    const planner = new WatchedPlanner(changes, policies, calendars, office, clock);
    return { planner, replan: new Replan(transactions, planner, clock, new Tasks()) };
  }

  /** Saves a ladder over the one in force, and has what is armed follow it. @returns its version */
  async edit(rungs: readonly Rung[], appliesTo: DeadlineClass = 'default'): Promise<number> {
    const version = await this.save(rungs, appliesTo);
    expectDone(await this.worker().replan.run());
    return version;
  }

  async save(rungs: readonly Rung[], appliesTo: DeadlineClass = 'default'): Promise<number> {
    return this.changing.run(EDITOR, { appliesTo, rungs, basedOnVersion: await this.inForce(appliesTo) });
  }

  saveOver(basedOnVersion: number, rungs: readonly Rung[]): Promise<number> {
    return this.changing.run(EDITOR, { appliesTo: 'default', rungs, basedOnVersion });
  }

  async inForce(appliesTo: DeadlineClass): Promise<number> {
    await this.world.policies.reload();
    return (await this.world.policies.inForce()).of(appliesTo).version;
  }

  preview(
    rungs: readonly Rung[],
    appliesTo: DeadlineClass = 'default',
    withinMs?: number,
  ): Promise<PolicyPreviewView> {
    return this.previewing.run(appliesTo, rungs, withinMs);
  }

  /** A case of an assignment of this complexity, its handling clock announced. */
  async classed(
    complexity: Complexity,
    department: string,
    official: string,
    dueAt: string,
  ): Promise<AssignedCase> {
    const made = await this.world.assignedCase(department, official, dueAt);
    await this.world.query('UPDATE assignments SET complexity = $2 WHERE id = $1', [
      made.assignmentId,
      complexity,
    ]);
    await this.world.announce([made, [{ ...handling(made), complexity }]]);
    return made;
  }

  /** Rungs of a case that are not cancelled, each with the version it is armed by. */
  async versionsOf({ caseId }: AssignedCase): Promise<string[]> {
    const rows = await this.world.query<{ line: string }>(
      `SELECT rung || ' ' || policy_version AS line FROM reminders
        WHERE subject_id = $1 AND state <> 'cancelled' ORDER BY offset_working_days`,
      [caseId],
    );
    return rows.map(({ line }) => line);
  }

  async unfinished(): Promise<number[]> {
    const rows = await this.world.query<{ version: number }>(
      'SELECT version FROM reminder_policies WHERE replanned_at IS NULL ORDER BY version',
    );
    return rows.map(({ version }) => version);
  }

  /** What the trail says of edits, newest first. */
  async trail(): Promise<Array<{ actorId: string; payload: Record<string, unknown> }>> {
    return this.world.query(
      `SELECT actor_id AS "actorId", payload FROM audit_events WHERE type = 'reminder_policy_changed'
        ORDER BY sequence DESC`,
    );
  }

  readonly editor = byAccount(EDITOR);
}

function expectDone(outcome: string): void {
  if (outcome !== 'done') throw new Error(`planning anew ended ${outcome}`);
}
