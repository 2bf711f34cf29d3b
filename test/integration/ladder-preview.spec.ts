import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { DeadlineClass, Rung } from '../../src/reminders/ladder.js';
import type { PolicyPreviewView } from '../../src/reminders/preview.dto.js';
import { ReminderWorld, SetClock } from '../support/reminder-world.js';
import { editedLadder, LadderWorld, rung } from '../support/ladder-world.js';
import { pairedCase } from '../support/paired-case.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** A Thursday: of what is due on 5 November three working days are over, of what is due on the 1st seven. */
const NOW = '2021-11-11T10:00:00+08:00';

const clock = new SetClock(NOW);
let database: TestDatabase;
let world: ReminderWorld;
let ladders: LadderWorld;

Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  ladders = new LadderWorld(world);
  await world.open();
  await world.official(world.taskForceId, '专班一');
  await world.official(world.taskForceId, '专班二', { mobile: null });
});
afterAll(() => database.drop());
beforeEach(async () => {
  await world.query(`UPDATE cases SET status = 'terminated'`);
  await world.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
  await world.query(`UPDATE deliveries SET status = 'sent' WHERE status = 'pending'`);
  await world.query('DELETE FROM reminder_policies WHERE version > 1');
  await world.policies.reload();
});

/** A department with a case due on each of some days, some without a liaison; what was due by the 9th has been sent. */
const books = async (): Promise<void> => {
  clock.set('2021-10-11T10:00:00+08:00');
  for (const hasLiaison of [true, false]) {
    const department = await world.department(`局${uuidv7()}`);
    const handler = await world.official(department, '承办', hasLiaison ? {} : { email: null });
    await world.official(department, '局长', { duty: 'head' });
    const leader = await world.official(department, '领导', { duty: 'leader' });
    if (hasLiaison) await world.official(department, '联络', { duty: 'liaison' });
    for (const day of ['10-25', '11-01', '11-05', '11-11', '11-16']) {
      await pairedCase(world, { department, handler, leader, dueAt: `2021-${day}T18:00:00+08:00` });
      await ladders.classed('simple', department, handler, `2021-${day}T18:00:00+08:00`);
    }
  }
  clock.set('2021-11-09T10:00:00+08:00');
  await world.sweep.run();
  clock.set(NOW);
};

/** What has just been recorded of the live cases of a class, as the preview would say it. */
const recorded = async (appliesTo: DeadlineClass): Promise<string[]> => {
  const rows = await world.query<{ line: string }>(
    `SELECT c.number || ' ' || r.rung || ' ' || o.name || ' ' || d.channel AS line
       FROM reminders r JOIN deliveries d ON d.reminder_id = r.id JOIN officials o ON o.id = d.official_id
       JOIN cases c ON c.id = r.case_id JOIN assignments a ON a.id = r.assignment_id
      WHERE r.state = 'recorded' AND r.recorded_at = $1 AND c.status <> 'terminated'
        AND ($2 = 'default' OR a.complexity = $2)`,
    [clock.now(), appliesTo],
  );
  return rows.map(({ line }) => line).toSorted();
};

const previewed = ({ items }: PolicyPreviewView): string[] =>
  items
    .flatMap(({ number, rung: code, recipients }) =>
      recipients.flatMap(({ name, channels }) =>
        channels.map((channel) => `${number} ${code} ${name} ${channel}`),
      ),
    )
    .toSorted();

const NUDGE = rung('nudge', 2, { recipients: ['official', 'liaison'] });
const PRESS = rung('press', 3, { recipients: ['head', 'paired_leader'], channels: ['sms'] });

describe('the preview of a ladder', () => {
  it.each<[string, DeadlineClass, Rung[]]>([
    ['with more rungs', 'default', editedLadder(['due_soon'], NUDGE, rung('press', 8))],
    ['with fewer', 'default', editedLadder(['supervise'], rung('soon', -2, { recipients: ['task_force'] }))],
    ['of one class', 'simple', [rung('hurry', 0), PRESS]],
    ['of a class that gives its own up', 'simple', []],
  ])('%s says what a sweep records once it is saved', async (_what, appliesTo, rungs) => {
    if (rungs.length === 0) await ladders.edit([rung('own', -10)], appliesTo);
    await books();
    const preview = await ladders.preview(rungs, appliesTo);
    await ladders.edit(rungs, appliesTo);
    const result = await world.sweep.run();
    expect(previewed(preview)).toEqual(await recorded(appliesTo));
    expect(preview).toMatchObject({ isComplete: true, isSendingToday: true, sendsOn: '2021-11-11' });
    expect(preview.items.length).toBeGreaterThan(0);
    expect(preview.deliveries).toBe(previewed(preview).length);
    expect(preview.reminders).toBe(preview.items.length);
    if (appliesTo === 'default') {
      const counts = preview.byRung.map(({ rung: code, reminders }) => [code, reminders]);
      expect(result).toMatchObject({
        recorded: Object.fromEntries(counts),
        superseded: preview.superseded,
        deliveries: expect.any(Number),
      });
    }
  });

  it('counts the deliveries that what has not been sent adds, as the sweep does', async () => {
    await books();
    await world.query(`UPDATE deliveries SET status = 'pending' WHERE status = 'sent' AND official_id = $1`, [
      (
        await world.query<{ id: string }>(
          `SELECT official_id AS id FROM deliveries WHERE status = 'sent' LIMIT 1`,
        )
      )[0]?.id,
    ]);
    const rungs = editedLadder([], NUDGE);
    const preview = await ladders.preview(rungs);
    await ladders.edit(rungs);
    await world.sweep.run();
    expect(previewed(preview)).toEqual(await recorded('default'));
  });

  it('changes nothing, and waits for nobody', async () => {
    await books();
    const state = () =>
      world.query(
        `SELECT (SELECT jsonb_agg(to_jsonb(r) ORDER BY id) FROM reminders r) AS reminders,
                (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM reminder_policies) AS policies`,
      );
    const before = await state();
    await world.transactions.run(async (tx) => {
      await tx.query('LOCK TABLE reminders, deliveries, cases IN ROW EXCLUSIVE MODE');
      await tx.query('SELECT 1 FROM cases FOR UPDATE');
      await tx.query('SELECT 1 FROM reminders FOR UPDATE');
      expect((await ladders.preview(editedLadder([], NUDGE))).reminders).toBeGreaterThan(0);
    });
    expect(await state()).toEqual(before);
    expect(await ladders.unfinished()).toEqual([]);
  });

  it('says for which day it is where nothing is sent any more today', async () => {
    await books();
    clock.set('2021-11-12T21:30:00+08:00');
    const preview = await ladders.preview(editedLadder([], NUDGE));
    expect(preview).toMatchObject({
      sendsOn: '2021-11-15',
      sendsAt: new Date('2021-11-15T09:00:00+08:00'),
      isSendingToday: false,
    });
  });

  it('ends when its time is up, and says so', async () => {
    await books();
    expect(await ladders.preview([NUDGE], 'default', 0)).toMatchObject({ isComplete: true });
    await manyCases(501);
    expect(await ladders.preview([NUDGE], 'default', 0)).toMatchObject({ isComplete: false, subjects: 500 });
    const whole = await ladders.preview([NUDGE]);
    expect(whole).toMatchObject({ isComplete: true, subjects: expect.any(Number) });
    expect(whole.subjects).toBeGreaterThan(500);
  });

  it('refuses what could not be saved', async () => {
    await expect(ladders.preview([])).rejects.toMatchObject({ status: 400, code: 'LADDER_INVALID' });
  });
});

/** Live cases on which no clock runs. */
async function manyCases(count: number): Promise<void> {
  await world.query(
    `WITH firm AS (
       INSERT INTO enterprises (id, name, credit_code, reporting_unit_id)
       SELECT uuidv7(), '企业' || n, '91610900' || lpad(n::text, 10, '0'), $2 FROM generate_series(1, $1::int) n
       RETURNING id, reporting_unit_id, credit_code)
     INSERT INTO cases (id, number, status, reporting_unit_id, reported_at, enterprise_id, distress_type, last_event_at)
     SELECT uuidv7(), 'AK-2020-' || credit_code, 'on_hold', reporting_unit_id, $3, id, 'stalled', $3 FROM firm`,
    [count, world.unitId, clock.now()],
  );
}
