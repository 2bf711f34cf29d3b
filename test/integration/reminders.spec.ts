import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { asOwner } from '../support/as-owner.js';
import { pairedCase } from '../support/paired-case.js';
import { reminderRows } from '../support/reminder-rows.js';
import { handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Friday, 5 November 2021 18:00: overdue from Monday the 8th, supervised from the 12th, escalated from the 19th. */
const DUE = '2021-11-05T18:00:00+08:00';

let database: TestDatabase;
let world: ReminderWorld;
const clock = new SetClock('2021-11-01T10:00:00+08:00');

const { remindersOf, statesOf, deliveriesOf } = reminderRows(() => world);

let department: string;
let handler: string;
let leader: string;

// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  await world.official(world.taskForceId, '专班一');
  const government = await world.department('市政府');
  leader = await world.official(government, '领导', { duty: 'leader' });
});
afterAll(() => database.drop());

beforeEach(async () => {
  await world.query('UPDATE deliveries SET status = $1 WHERE status = $2', ['suppressed', 'pending']);
  await world.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
  department = await world.department(`局${uuidv7()}`);
  handler = await world.official(department, '承办');
  await world.official(department, '联络', { duty: 'liaison' });
  await world.official(department, '局长', { duty: 'head' });
  clock.set('2021-11-01T10:00:00+08:00');
});

const runningCase = (dueAt = DUE) => pairedCase(world, { department, handler, leader, dueAt });

describe('planning', () => {
  it('arms the ladder of a clock that runs, and cancels it when the clock stops', async () => {
    const made = await runningCase();
    expect(await statesOf(made)).toBe(
      'due_soon armed, due_today armed, overdue armed, supervise armed, escalate armed, expose armed',
    );
    await world.announce([made, []]);
    expect(new Set((await remindersOf(made)).map(({ state }) => state))).toEqual(new Set(['cancelled']));
  });

  it('re-arms in place what applies again under the same version', async () => {
    const made = await runningCase();
    const before = await world.query('SELECT id FROM reminders WHERE subject_id = $1 ORDER BY id', [
      made.caseId,
    ]);
    await world.announce([made, []]);
    await world.announce([made, [handling(made)]]);
    expect(new Set((await remindersOf(made)).map(({ state }) => state))).toEqual(new Set(['armed']));
    expect(
      await world.query('SELECT id FROM reminders WHERE subject_id = $1 ORDER BY id', [made.caseId]),
    ).toEqual(before);
  });

  it('cancels the old version of a deadline and arms the new one', async () => {
    const made = await runningCase();
    await world.announce([made, [handling(made, 2, new Date('2021-11-12T18:00:00+08:00'))]]);
    const rows = await remindersOf(made);
    expect(rows.filter(({ version }) => version === 1).every(({ state }) => state === 'cancelled')).toBe(
      true,
    );
    expect(rows.filter(({ version }) => version === 2).every(({ state }) => state === 'armed')).toBe(true);
    expect(rows).toHaveLength(12);
  });

  it('does not arm due_soon when its moment is past, but keeps one that was armed in time', async () => {
    clock.set('2021-11-04T10:00:00+08:00');
    const late = await runningCase();
    expect(await statesOf(late)).not.toContain('due_soon');
    clock.set('2021-11-01T10:00:00+08:00');
    const early = await runningCase();
    clock.set('2021-11-02T09:00:20+08:00');
    await world.announce([early, [handling(early)]]);
    expect(await statesOf(early)).toContain('due_soon armed');
  });

  it('never repeats what was recorded, stopped or not', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    await world.announce([made, []]);
    await world.announce([made, [handling(made)]]);
    expect(await statesOf(made)).toBe(
      'due_soon superseded, due_today superseded, overdue recorded, supervise armed, escalate armed, expose armed',
    );
    const before = await deliveriesOf(made);
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual(before);
  });

  it('suppresses what was recorded and not claimed when the clock stops', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    expect((await deliveriesOf(made)).filter((line) => line.endsWith('pending'))).toHaveLength(6);
    await world.announce([made, []]);
    const lines = await deliveriesOf(made);
    expect(lines.filter((line) => line.startsWith('overdue'))).toHaveLength(6);
    expect(
      lines.filter((line) => line.startsWith('overdue')).every((line) => line.endsWith('CLOCK_STOPPED')),
    ).toBe(true);
  });

  it('is undone with the transaction of the change', async () => {
    const made = await runningCase();
    const change = { subjectId: made.caseId, caseId: made.caseId, problemId: null, clocks: [] };
    const broken = world.transactions.run(async (tx) => {
      await world.changes.announce(tx, [change]);
      throw new Error('refused after all');
    });
    await expect(broken).rejects.toThrow('refused after all');
    expect(await statesOf(made)).toContain('overdue armed');
  });
});

describe('the sweep', () => {
  it('reminds each by the channels of the rung, once', async () => {
    const made = await runningCase();
    clock.set('2021-11-05T09:00:00+08:00');
    await world.sweep.run();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.query(`UPDATE deliveries SET status = 'sent' WHERE status = 'pending'`);
    await world.sweep.run();
    await world.sweep.run();
    expect((await deliveriesOf(made)).filter((line) => line.startsWith('overdue'))).toEqual([
      'overdue 承办 email pending',
      'overdue 承办 sms pending',
      'overdue 联络 email pending',
      'overdue 联络 sms pending',
      'overdue 领导 email pending',
      'overdue 领导 sms pending',
    ]);
  });

  it('of several due rungs sends the highest, to the recipients of all of them by their own channels', async () => {
    const made = await runningCase('2021-10-08T18:00:00+08:00');
    const result = await world.sweep.run();
    expect(result).toMatchObject({ outcome: 'done', recorded: { expose: 1 }, superseded: 4 });
    expect(await statesOf(made)).toBe(
      'due_today superseded, overdue superseded, supervise superseded, escalate superseded, expose recorded',
    );
    const lines = await deliveriesOf(made);
    expect(lines.filter((line) => line.startsWith('expose'))).toEqual([
      'expose 专班一 email pending',
      'expose 专班一 sms pending',
      'expose 局长 email pending',
      'expose 局长 sms pending',
      'expose 承办 email pending',
      'expose 承办 sms pending',
      'expose 联络 email pending',
      'expose 联络 sms pending',
      'expose 领导 email pending',
      'expose 领导 sms pending',
    ]);
    expect(
      lines.filter((line) => !line.startsWith('expose')).every((line) => line.endsWith('SUPERSEDED')),
    ).toBe(true);
    expect(lines).toHaveLength(10 + 4 + 6 + 4 + 6);
  });

  it('takes over what a lower rung recorded earlier has not got rid of yet', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    await world.query(
      `UPDATE deliveries d SET status = 'sent' FROM officials o, reminders r
        WHERE o.id = d.official_id AND r.id = d.reminder_id AND r.subject_id = $1 AND d.status = 'pending'
          AND o.name = '承办'`,
      [made.caseId],
    );
    clock.set('2021-11-12T09:00:00+08:00');
    await world.sweep.run();
    expect((await deliveriesOf(made)).filter((line) => !line.startsWith('due_'))).toEqual([
      'overdue 承办 email sent',
      'overdue 承办 sms sent',
      'overdue 联络 email suppressed SUPERSEDED',
      'overdue 联络 sms suppressed SUPERSEDED',
      'overdue 领导 email suppressed SUPERSEDED',
      'overdue 领导 sms suppressed SUPERSEDED',
      'supervise 专班一 email pending',
      'supervise 专班一 sms pending',
      'supervise 局长 email pending',
      'supervise 局长 sms pending',
      'supervise 联络 email pending',
      'supervise 联络 sms pending',
      'supervise 领导 email pending',
      'supervise 领导 sms pending',
    ]);
    expect(await statesOf(made)).toContain('overdue recorded, supervise recorded');
  });

  it('makes one message of all that one person gets over one channel', async () => {
    const cases = [await runningCase(), await runningCase(), await runningCase()];
    clock.set('2021-11-08T09:00:00+08:00');
    expect(await world.sweep.run()).toMatchObject({ recorded: { overdue: 3 }, messages: 6 });
    const [row] = await world.query<{ messages: number; deliveries: number }>(
      `SELECT count(DISTINCT d.message_id)::int AS messages, count(*)::int AS deliveries
         FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
        WHERE r.subject_id = ANY($1) AND d.status = 'pending'`,
      [cases.map(({ caseId }) => caseId)],
    );
    expect(row).toEqual({ messages: 6, deliveries: 18 });
    expect(world.rings.heard).toContain('deliver');
  });

  it('goes on where a broken-off one stopped', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    await world.query(
      `WITH gone AS (SELECT DISTINCT message_id AS id FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
                      WHERE r.subject_id = $1 AND message_id IS NOT NULL),
            loose AS (UPDATE deliveries SET message_id = NULL WHERE message_id IN (SELECT id FROM gone))
       DELETE FROM messages WHERE id IN (SELECT id FROM gone)`,
      [made.caseId],
    );
    expect(await world.sweep.run()).toMatchObject({ recorded: {}, deliveries: 0, messages: 6 });
  });

  it.each([
    ['at night', '2021-11-08T21:00:00+08:00', '2021-11-09T09:00:00+08:00'],
    ['on a Saturday', '2021-11-13T10:00:00+08:00', '2021-11-15T09:00:00+08:00'],
  ])('records nothing %s and does so at the next 09:00', async (_when, found, next) => {
    const made = await runningCase();
    clock.set(found);
    expect(await world.sweep.run()).toMatchObject({ outcome: 'quiet' });
    clock.set(new Date(new Date(next).getTime() - 1_000));
    await world.sweep.run();
    expect(await statesOf(made)).toContain('overdue armed');
    clock.set(next);
    await world.sweep.run();
    expect(await statesOf(made)).not.toContain('overdue armed');
  });

  it('goes at once when it is found late on a working day', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T20:59:59+08:00');
    await world.sweep.run();
    expect(await statesOf(made)).toContain('overdue recorded');
  });

  it('is done by one at a time', async () => {
    await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.anotherSweep().run()));
    const recorded = outcomes.reduce((sum, { recorded }) => sum + (recorded['overdue'] ?? 0), 0);
    expect(recorded).toBe(1);
    expect(outcomes.every(({ outcome }) => outcome === 'done' || outcome === 'busy')).toBe(true);
  });

  it('leaves alone a reminder that a change holds, and waits for nobody', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.transactions.run(async (tx) => {
      await world.changes.announce(tx, [
        { subjectId: made.caseId, caseId: made.caseId, problemId: null, clocks: [] },
      ]);
      expect(await world.sweep.run()).toMatchObject({ outcome: 'done', recorded: {} });
    });
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual([]);
    expect(await statesOf(made)).toContain('overdue cancelled');
  });
});

describe('recipients', () => {
  it('are the task force where nobody holds the duty, and the reminder says so', async () => {
    const bare = await world.department(`空局${uuidv7()}`);
    const official = await world.official(bare, '独一人', { isActive: false });
    const made = await world.assignedCase(bare, official, DUE);
    await world.announce([made, [handling(made)]]);
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    expect((await deliveriesOf(made)).filter((line) => line.startsWith('overdue'))).toEqual([
      'overdue 专班一 email pending',
      'overdue 专班一 sms pending',
    ]);
    const [row] = await world.query<{ empty: string[] }>(
      `SELECT empty_duties AS empty FROM reminders WHERE subject_id = $1 AND rung = 'overdue'`,
      [made.caseId],
    );
    expect(row?.empty).toEqual(['liaison', 'official', 'paired_leader']);
  });

  it('without an address are shown as suppressed', async () => {
    const official = await world.official(department, '无手机', { email: null, mobile: '09153333333' });
    const made = await world.assignedCase(department, official, DUE);
    await world.announce([made, [handling(made)]]);
    clock.set('2021-11-02T09:00:00+08:00');
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual([
      'due_soon 无手机 email suppressed NO_ADDRESS',
      'due_soon 无手机 sms suppressed NO_ADDRESS',
    ]);
  });

  it('of the other clocks are those of the ladder', async () => {
    const made = await world.assignedCase(department, handler, DUE);
    const coHandlerId = uuidv7();
    const other = await world.department(`配合局${uuidv7()}`);
    await world.official(other, '配合联络', { duty: 'liaison' });
    await world.query(
      'INSERT INTO co_handlers (id, assignment_id, department_id, due_at) VALUES ($1, $2, $3, $4)',
      [coHandlerId, made.assignmentId, other, made.dueAt],
    );
    const common = { assignmentId: made.assignmentId, deadlineAt: made.dueAt, deadlineVersion: 1, complexity: null };
    await world.announce([
      made,
      [
        { kind: 'assign', runId: uuidv7(), ...common, assignmentId: null },
        { kind: 'sign', runId: made.assignmentId, ...common },
        { kind: 'verify', runId: uuidv7(), ...common },
        { kind: 'co_handle', runId: coHandlerId, ...common },
      ],
    ]);
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    const lines = (await deliveriesOf(made)).filter((line) => line.includes('email')).toSorted();
    expect(lines).toEqual([
      'assign_overdue 专班一 email pending',
      'co_handle_overdue 配合联络 email pending',
      'sign_overdue 局长 email pending',
      'sign_overdue 联络 email pending',
      'verify_overdue 专班一 email pending',
    ]);
    const [row] = await world.query<{ defects: number }>(
      `SELECT count(*)::int AS defects FROM reminders WHERE subject_id = $1 AND empty_duties <> '{}'`,
      [made.caseId],
    );
    expect(row?.defects).toBe(0);
  });
});

describe('the unique index', () => {
  it('makes a repeat harmless, and nothing else does', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    const once = await deliveriesOf(made);
    // What a lost answer or a restored backup would do: the same reminder falls due again.
    const repeat = (): Promise<unknown> =>
      world.query(`UPDATE reminders SET state = 'armed' WHERE subject_id = $1 AND rung = 'overdue'`, [
        made.caseId,
      ]);
    await repeat();
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual(once);

    const own = await createTestDatabase();
    try {
      const { rowCount } = await withoutIndex(own);
      expect(rowCount).toBe(2);
    } finally {
      await own.drop();
    }
  });

  /** The same repeat in a database without the index: how many rows the one delivery then has. */
  async function withoutIndex(own: TestDatabase): Promise<{ rowCount: number }> {
    const there = new ReminderWorld(own.dataSource, new SetClock('2021-11-02T09:00:00+08:00'));
    await there.open();
    await asOwner(own, 'DROP INDEX deliveries_key');
    const office = await there.department('局');
    const made = await there.assignedCase(
      office,
      await there.official(office, '承办', { mobile: null }),
      DUE,
    );
    there.clock.set('2021-11-01T09:00:00+08:00');
    await there.announce([made, [handling(made)]]);
    there.clock.set('2021-11-02T09:00:00+08:00');
    await there.sweep.run();
    await there.query(`UPDATE reminders SET state = 'armed' WHERE rung = 'due_soon'`);
    await there.sweep.run();
    const [row] = await there.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM deliveries WHERE channel = 'email'`,
    );
    return { rowCount: row?.rows ?? 0 };
  }
});
