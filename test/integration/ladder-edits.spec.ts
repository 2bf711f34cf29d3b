import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { editedLadder, LadderWorld, rung } from '../support/ladder-world.js';
import { pairedCase } from '../support/paired-case.js';
import { reminderRows } from '../support/reminder-rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Friday, 5 November 2021 18:00: overdue from Monday the 8th, supervised from the 12th, escalated from the 19th. */
const DUE = '2021-11-05T18:00:00+08:00';
const ARMED = '2021-11-01T10:00:00+08:00';

const clock = new SetClock(ARMED);
let database: TestDatabase;
let world: ReminderWorld;
let ladders: LadderWorld;
let department: string;
let handler: string;
let leader: string;
const { statesOf, deliveriesOf } = reminderRows(() => world);

Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  ladders = new LadderWorld(world);
  await world.open();
  await world.official(world.taskForceId, '专班一');
});
afterAll(() => database.drop());

beforeEach(async () => {
  clock.set(ARMED);
  await world.query(`UPDATE cases SET status = 'terminated'`);
  await world.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
  await world.query('DELETE FROM reminder_policies WHERE version > 1');
  await world.policies.reload();
  department = await world.department(`局${uuidv7()}`);
  handler = await world.official(department, '承办');
  await world.official(department, '联络', { duty: 'liaison' });
  await world.official(department, '局长', { duty: 'head' });
  leader = await world.official(department, '领导', { duty: 'leader' });
});

const runningCase = (dueAt = DUE) => pairedCase(world, { department, handler, leader, dueAt });

describe('an edit of the ladder', () => {
  it('arms what is new, moves what moved, cancels what is gone and leaves what was recorded', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    const before = await deliveriesOf(made);
    const moved = rung('escalate', 8, { recipients: ['head'] });
    await ladders.edit(editedLadder(['overdue', 'supervise', 'escalate'], rung('nudge', 3), moved));
    expect(await statesOf(made)).toBe(
      'due_soon superseded, due_today superseded, overdue recorded, nudge armed, supervise cancelled, escalate armed, expose armed',
    );
    const [escalate] = await world.query<{ firesAt: Date }>(
      `SELECT fires_at AS "firesAt" FROM reminders WHERE subject_id = $1 AND rung = 'escalate'`,
      [made.caseId],
    );
    expect(escalate?.firesAt).toEqual(new Date('2021-11-17T09:00:00+08:00'));
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual(before);
    clock.set('2021-11-17T09:00:00+08:00');
    await world.query(`UPDATE deliveries SET status = 'sent' WHERE status = 'pending'`);
    await world.sweep.run();
    expect((await deliveriesOf(made)).filter((line) => line.endsWith('pending'))).toEqual([
      'escalate 局长 email pending',
      'escalate 承办 email pending',
    ]);
  });

  it('sends of new rungs that are past the highest alone', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    await world.query(`UPDATE deliveries SET status = 'sent' WHERE status = 'pending'`);
    clock.set('2021-11-11T10:00:00+08:00');
    await ladders.edit(editedLadder([], rung('nudge', 2), rung('press', 3)));
    expect(await world.sweep.run()).toMatchObject({ recorded: { press: 1 }, superseded: 1 });
    expect(await statesOf(made)).toContain(
      'overdue recorded, nudge superseded, press recorded, supervise armed',
    );
  });

  it('sends nothing that stands below what has gone already', async () => {
    const made = await runningCase();
    clock.set('2021-11-12T09:00:00+08:00');
    await world.sweep.run();
    await ladders.edit(editedLadder(['expose'], rung('nudge', 2), rung('expose', 3)));
    expect(await statesOf(made)).toBe(
      'due_soon superseded, due_today superseded, overdue superseded, supervise recorded, escalate armed, expose cancelled',
    );
    expect(await world.sweep.run()).toMatchObject({ recorded: {} });
  });

  it('leaves nothing armed of a rung before the deadline that it moves into the past', async () => {
    const made = await runningCase();
    await ladders.edit(editedLadder(['due_soon'], rung('due_soon', -5, { recipients: ['head'] })));
    expect(await statesOf(made)).toContain('due_soon cancelled');
    clock.set('2021-11-02T09:00:00+08:00');
    expect(await world.sweep.run()).toMatchObject({ recorded: {} });
  });

  it('takes nothing back that fell due in time and no sweep has found', async () => {
    const made = await runningCase();
    clock.set('2021-11-02T09:00:00+08:00');
    await ladders.edit(editedLadder(['expose']));
    expect(await statesOf(made)).toContain('due_soon armed');
    expect(await world.sweep.run()).toMatchObject({ recorded: { due_soon: 1 } });
  });

  it('takes a rung back that comes again, in place', async () => {
    const made = await runningCase();
    await ladders.edit(editedLadder(['supervise']));
    expect(await statesOf(made)).toContain('supervise cancelled');
    const version = await ladders.edit(editedLadder([]));
    expect(await statesOf(made)).toContain('supervise armed');
    expect(await ladders.versionsOf(made)).toContain(`supervise ${version}`);
  });

  it('is not yet followed: what falls due meanwhile goes by the ladder that it was armed by', async () => {
    const made = await runningCase();
    clock.set('2021-11-08T09:00:00+08:00');
    await ladders.save(editedLadder(['overdue'], rung('overdue', 1, { recipients: ['task_force'] })));
    await world.sweep.run();
    const before = await deliveriesOf(made);
    expect(before.filter((line) => line.startsWith('overdue'))).toHaveLength(6);
    await ladders.worker().replan.run();
    await world.sweep.run();
    expect(await deliveriesOf(made)).toEqual(before);
  });

  it('is in force at once for what is armed after it, in whatever process', async () => {
    const elsewhere = new ReminderWorld(database.dataSource, clock);
    await elsewhere.open();
    await elsewhere.policies.reload();
    const version = await ladders.save(editedLadder(['expose']));
    const made = await pairedCase(elsewhere, { department, handler, leader, dueAt: DUE });
    expect(await statesOf(made)).not.toContain('expose armed');
    expect((await ladders.versionsOf(made)).every((line) => line.endsWith(` ${version}`))).toBe(true);
  });

  it('is recorded with who, when and what', async () => {
    const version = await ladders.save([rung('late', 1)], 'complex');
    const [event] = await ladders.trail();
    expect(event).toMatchObject({
      actorId: ladders.editor.id,
      payload: { appliesTo: 'complex', version, basedOnVersion: 1, rungs: [rung('late', 1)] },
    });
    const [row] = await world.query(
      'SELECT recorded_at, recorded_by FROM reminder_policies WHERE version = $1',
      [version],
    );
    expect(row).toEqual({ recorded_at: clock.now(), recorded_by: ladders.editor.id });
    expect(world.rings.heard).toContain('replan');
  });

  it('of two people at once is that of one of them; the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const seen = await ladders.inForce('default');
      const edits = ['one', 'other'].map((code) => ladders.saveOver(seen, [rung(code, 1)]));
      const outcomes = await Promise.allSettled(edits);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = outcomes.find(({ status }) => status === 'rejected');
      expect(refused).toMatchObject({
        reason: {
          status: 409,
          code: 'LADDER_STALE',
          params: { basedOnVersion: seen, versionInForce: seen + 1 },
        },
      });
    }
  });
});

describe('a deadline class', () => {
  it('climbs its own ladder, else the default, and the default again when its own is taken away', async () => {
    const simple = await ladders.classed('simple', department, handler, DUE);
    const complex = await ladders.classed('complex', department, handler, DUE);
    const plain = await runningCase();
    const own = await ladders.edit([rung('hurry', 1)], 'simple');
    const later = await ladders.classed('simple', department, handler, DUE);
    for (const made of [simple, later]) expect(await ladders.versionsOf(made)).toEqual([`hurry ${own}`]);
    for (const made of [complex, plain])
      expect(await statesOf(made)).toContain('due_soon armed, due_today armed');
    clock.set('2021-11-08T09:00:00+08:00');
    const byDefault = await ladders.edit([rung('late', 2)]);
    expect(await ladders.versionsOf(simple)).toEqual([`hurry ${own}`]);
    for (const made of [complex, plain])
      expect(await ladders.versionsOf(made)).toEqual([`late ${byDefault}`]);
    await ladders.edit([], 'simple');
    expect(await ladders.versionsOf(simple)).toEqual([`late ${byDefault}`]);
    expect(await ladders.inForce('simple')).toBe(byDefault);
  });

  it('has at most what the sweep knows whom to remind of', async () => {
    const simple = await ladders.classed('simple', department, handler, DUE);
    await ladders.edit([rung('hurry', 1, { recipients: ['head'], channels: ['sms'] })], 'simple');
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    expect(await deliveriesOf(simple)).toEqual(['hurry 局长 sms pending']);
  });
});

describe('a case that is closed', () => {
  it('is not planned anew', async () => {
    const made = await runningCase();
    await world.announce([made, []]);
    await world.query(`UPDATE cases SET status = 'resolved' WHERE id = $1`, [made.caseId]);
    await ladders.edit(editedLadder(['overdue'], rung('nudge', 2)));
    expect(await statesOf(made)).not.toContain('armed');
    await world.announce([made, [handling(made)]]);
    expect(await statesOf(made)).toContain('nudge armed');
  });
});
