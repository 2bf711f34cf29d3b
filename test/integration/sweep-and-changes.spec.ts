import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Transaction } from '../../src/platform/database/transactions.js';
import { type AssignedCase, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { pairedCase } from '../support/paired-case.js';
import { reminderRows } from '../support/reminder-rows.js';
import { lockWaits } from '../support/lock-waits.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** Friday: due today on it, overdue from Monday the 8th. */
const DUE = '2021-11-05T18:00:00+08:00';

let database: TestDatabase;
let world: ReminderWorld;
let made: AssignedCase;
const clock = new SetClock('2021-11-05T08:00:00+08:00');
const { statesOf } = reminderRows(() => world);

Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
});
afterAll(() => database.drop());

beforeEach(async () => {
  clock.set('2021-11-05T08:00:00+08:00');
  const department = await world.department('局');
  const handler = await world.official(department, '承办');
  const leader = await world.official(department, '领导', { duty: 'leader' });
  made = await pairedCase(world, { department, handler, leader, dueAt: DUE });
});

/** As a change does that plans the case anew. */
const lock = (tx: Transaction, rung: string) =>
  tx.query('SELECT 1 FROM reminders WHERE subject_id = $1 AND rung = $2 FOR UPDATE', [made.caseId, rung]);

describe('a sweep and a change at once', () => {
  it('do not wait for one another where what was recorded before has not been sent', async () => {
    clock.set('2021-11-05T09:00:00+08:00');
    await world.sweep.run();
    clock.set('2021-11-08T09:00:00+08:00');
    let isOver = false;
    const sweeping = await world.transactions.run(async (tx) => {
      await lock(tx, 'due_today');
      const sweep = world.sweep.run().finally(() => (isOver = true));
      const outcome = sweep.then(
        ({ recorded }) => recorded,
        (error: unknown) => error,
      );
      await until(async () => isOver || (await lockWaits(world)) > 0);
      await lock(tx, 'overdue');
      return outcome;
    });
    // Left to the next sweep, with all that it takes over.
    expect(sweeping).toEqual({});
    expect(await statesOf(made)).toContain('due_today recorded, overdue armed');
    expect(await world.sweep.run()).toMatchObject({ recorded: { overdue: 1 } });
    expect(await statesOf(made)).toContain('due_today superseded, overdue recorded');
  });
});
