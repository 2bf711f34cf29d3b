import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { LadderWorld, rung } from '../support/ladder-world.js';
import { lockWaits } from '../support/lock-waits.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const DUE = '2021-11-05T18:00:00+08:00';
const CASES = 7;

const clock = new SetClock('2021-11-01T10:00:00+08:00');
let database: TestDatabase;
let world: ReminderWorld;
let ladders: LadderWorld;
let department: string;
let handler: string;
let cases: AssignedCase[];

Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  ladders = new LadderWorld(world);
  await world.open();
  department = await world.department('局');
  handler = await world.official(department, '承办');
});
afterAll(() => database.drop());

beforeEach(async () => {
  await world.query(`UPDATE cases SET status = 'terminated'`);
  await world.query('DELETE FROM reminder_policies WHERE version > 1');
  await world.policies.reload();
  cases = [];
  for (let made = 0; made < CASES; made += 1) cases.push(await world.assignedCase(department, handler, DUE));
  await world.announce(
    ...cases.map((made): [AssignedCase, [ReturnType<typeof handling>]] => [made, [handling(made)]]),
  );
});

const ids = () => cases.map(({ caseId }) => caseId).toSorted();
/** The rungs that the cases are armed with, one line for all that agree. */
const armed = async (): Promise<string[]> => {
  const rows = await world.query<{ line: string }>(
    `SELECT DISTINCT string_agg(rung || ' ' || policy_version, ', ' ORDER BY offset_working_days) AS line
       FROM reminders WHERE subject_id = ANY ($1) AND state = 'armed' GROUP BY subject_id ORDER BY line`,
    [ids()],
  );
  return rows.map(({ line }) => line);
};

describe('planning anew after an edit', () => {
  it('goes on where a dead worker stopped', async () => {
    const version = await ladders.save([rung('late', 1)]);
    const [dead, next] = [ladders.worker(), ladders.worker()];
    dead.planner.before = async (planned) => {
      if (planned === 4) throw new Error('killed');
    };
    await expect(dead.replan.run(2)).rejects.toThrow('killed');
    expect(await ladders.unfinished()).toEqual([version]);
    expect(await next.replan.run(2)).toBe('done');
    expect([...dead.planner.planned, ...next.planner.planned]).toEqual(ids());
    expect(await armed()).toEqual([`late ${version}`]);
    expect(await ladders.unfinished()).toEqual([]);
  });

  it('is done by one worker at a time, and each case once', async () => {
    const version = await ladders.save([rung('late', 1)]);
    const workers = [ladders.worker(), ladders.worker(), ladders.worker()];
    const outcomes = await Promise.all(workers.map(({ replan }) => replan.run(1)));
    expect(outcomes).toContain('done');
    for (const { replan } of workers) expect(await replan.run()).toBe('done');
    expect(workers.flatMap(({ planner }) => planner.planned).toSorted()).toEqual(ids());
    expect(await armed()).toEqual([`late ${version}`]);
  });

  it('follows an edit that comes meanwhile, and both are followed then', async () => {
    const first = await ladders.save([rung('late', 1)]);
    const worker = ladders.worker();
    let second = 0;
    worker.planner.before = async (planned) => {
      if (planned === 4) second = await ladders.save([rung('later', 2)]);
    };
    expect(await worker.replan.run(2)).toBe('done');
    expect(second).toBe(first + 1);
    expect(await armed()).toEqual([`later ${second}`]);
    expect(await ladders.unfinished()).toEqual([]);
  });

  it('waits for changes that began by the version before, whose cases it cannot see', async () => {
    const late = await world.assignedCase(department, handler, DUE);
    cases.push(late);
    const worker = ladders.worker();
    let version = 0;
    await world.transactions.run(async (tx) => {
      const change = {
        subjectId: late.caseId,
        caseId: late.caseId,
        problemId: null,
        clocks: [handling(late)],
      };
      await world.changes.announce(tx, [change]);
      version = await ladders.save([rung('late', 1)]);
      expect(await worker.replan.run()).toBe('waiting');
      expect(worker.planner.planned).toEqual([]);
    });
    expect(await worker.replan.run()).toBe('done');
    expect(await armed()).toEqual([`late ${version}`]);
  });

  it('waits for a change that holds a case, holds nobody else up meanwhile and plans what came of it', async () => {
    const [, , held] = cases;
    if (held === undefined) throw new Error('a third case');
    const version = await ladders.save([rung('late', 1)]);
    const worker = ladders.worker();
    // One that began by the version before would not be waited for here, but before anything is planned.
    let run: Promise<string> | undefined;
    const first = ladders.worker();
    first.planner.before = async (planned) => {
      if (planned === 1) throw new Error('killed');
    };
    await expect(first.replan.run(1)).rejects.toThrow('killed');
    await world.transactions.run(async (tx) => {
      await tx.query('SELECT 1 FROM cases WHERE id = $1 FOR UPDATE', [held.caseId]);
      run = worker.replan.run();
      await until(() => worker.planner.planned.length === 1);
      await until(async () => (await lockWaits(world)) === 1);
      const others = ids().filter((id) => id !== held.caseId);
      const free = await world.query('SELECT id FROM cases WHERE id = ANY ($1) FOR UPDATE SKIP LOCKED', [
        others,
      ]);
      expect(free).toHaveLength(others.length);
      await tx.query(`UPDATE cases SET status = 'on_hold' WHERE id = $1`, [held.caseId]);
    });
    expect(await run).toBe('done');
    const rows = await world.query<{ state: string }>(
      'SELECT DISTINCT state FROM reminders WHERE subject_id = $1',
      [held.caseId],
    );
    expect(rows).toEqual([{ state: 'cancelled' }]);
    expect(await armed()).toEqual([`late ${version}`]);
  });
});
