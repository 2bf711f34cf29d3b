import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { pairedCase } from '../support/paired-case.js';
import { reminderRows } from '../support/reminder-rows.js';
import { type AssignedCase, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Friday, 5 November 2021 18:00; red from Monday the 8th at 09:00. */
const DUE = '2021-11-05T18:00:00+08:00';
const RED = '2021-11-08T09:00:00+08:00';

const clock = new SetClock(RED);
let database: TestDatabase;
let world: ReminderWorld;
let people: { department: string; handler: string; leader: string };
const { statesOf, deliveriesOf } = reminderRows(() => world);

Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  await world.official(world.taskForceId, '专班一');
  const department = await world.department('局');
  people = {
    department,
    handler: await world.official(department, '承办'),
    leader: await world.official(department, '领导', { duty: 'leader' }),
  };
});
afterAll(() => database.drop());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Red, and armed under a version that another process made after this one had read the ladder. */
const armedUnder = async (version: number): Promise<AssignedCase> => {
  clock.set('2021-11-01T10:00:00+08:00');
  const made = await pairedCase(world, { ...people, dueAt: DUE });
  await world.policies.reload();
  await world.query(
    'INSERT INTO reminder_policies (version, rungs, recorded_at) SELECT $1, rungs, $2 FROM reminder_policies WHERE version = 1',
    [version, clock.now()],
  );
  await world.query('UPDATE reminders SET policy_version = $2 WHERE subject_id = $1', [made.caseId, version]);
  clock.set(RED);
  return made;
};

describe('a ladder edited in another process', () => {
  it('is known to the next sweep', async () => {
    const made = await armedUnder(2);
    await world.sweep.run();
    expect(await statesOf(made)).toContain('overdue recorded');
    expect((await deliveriesOf(made)).filter((line) => line.endsWith('pending'))).toHaveLength(6);
  });

  it('while a sweep is at work leaves its reminders to the next one', async () => {
    const made = await armedUnder(3);
    jest.spyOn(world.policies, 'reload').mockResolvedValue();
    await world.sweep.run();
    expect(await statesOf(made)).toContain('overdue armed');
    jest.restoreAllMocks();
    await world.sweep.run();
    expect(await statesOf(made)).toContain('overdue recorded');
    expect((await deliveriesOf(made)).filter((line) => line.endsWith('pending'))).toHaveLength(6);
  });
});
