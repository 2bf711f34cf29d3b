import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { pairedCase } from '../support/paired-case.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';
import { reminderRows } from '../support/reminder-rows.js';
import { type AssignedCase, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A duty that nobody holds is warned of; here that is wanted.
Logger.overrideLogger(false);

describe('a deputy gets the reminders', () => {
  /** Friday, 5 November 2021 18:00: overdue from Monday the 8th, escalated from the 19th. */
  const DUE = '2021-11-05T18:00:00+08:00';
  const clock = new SetClock('2021-11-01T10:00:00+08:00');
  let database: TestDatabase;
  let world: ReminderWorld;
  let department: string;
  let handler: string;
  let leader: string;
  let stand: string;
  const { deliveriesOf } = reminderRows(() => world);

  beforeAll(async () => {
    database = await createTestDatabase();
    world = new ReminderWorld(database.dataSource, clock);
    await world.open();
    await world.official(world.taskForceId, '专班一');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await world.query(`UPDATE reminders SET state = 'cancelled' WHERE state = 'armed'`);
    clock.set('2021-11-01T10:00:00+08:00');
    department = await world.department(`局${uuidv7()}`);
    handler = await world.official(department, '承办');
    leader = await world.official(department, '领导', { duty: 'leader' });
    await world.official(department, '联络', { duty: 'liaison' });
    stand = await world.official(department, '代理');
  });

  const deputise = (officialId: string, deputyId: string, fromOn: string, toOn: string): Promise<unknown> =>
    world.query(
      'INSERT INTO deputies (id, official_id, deputy_id, from_on, to_on) VALUES ($1, $2, $3, $4, $5)',
      [uuidv7(), officialId, deputyId, fromOn, toOn],
    );
  const overdueBy = async (
    prepare: (made: AssignedCase) => Promise<void> = () => Promise.resolve(),
  ): Promise<string[]> => {
    const made = await pairedCase(world, { department, handler, leader, dueAt: DUE });
    await prepare(made);
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    const lines = await deliveriesOf(made);
    return lines
      .filter((line) => line.startsWith('overdue') && line.includes('email'))
      .map((line) => line.split(' ')[1] ?? '')
      .toSorted();
  };

  it('in the place of who is away, on these days', async () => {
    await deputise(handler, stand, '2021-11-08', '2021-11-12');
    expect(await overdueBy()).toEqual(['代理', '联络', '领导'].toSorted());
  });

  it.each([
    ['2021-11-01', '2021-11-07'],
    ['2021-11-09', '2021-11-12'],
  ])('and not on others: %s to %s', async (fromOn, toOn) => {
    await deputise(handler, stand, fromOn, toOn);
    expect(await overdueBy()).toEqual(['承办', '联络', '领导'].toSorted());
  });

  it('in the place of a paired leader and of somebody who is inactive, without an empty duty', async () => {
    await deputise(leader, stand, '2021-11-08', '2021-11-08');
    const other = await world.official(department, '另一代理');
    await deputise(handler, other, '2021-11-08', '2021-11-08');
    await world.query('UPDATE officials SET is_active = false WHERE id = $1', [handler]);
    expect(await overdueBy()).toEqual(['代理', '另一代理', '联络'].toSorted());
  });

  it('unless the deputy is inactive or was cancelled', async () => {
    await deputise(handler, stand, '2021-11-08', '2021-11-12');
    await world.query('UPDATE officials SET is_active = false WHERE id = $1', [stand]);
    await deputise(leader, handler, '2021-11-08', '2021-11-12');
    await world.query('UPDATE deputies SET cancelled_at = $2 WHERE official_id = $1', [leader, clock.now()]);
    expect(await overdueBy()).toEqual(['承办', '联络', '领导'].toSorted());
  });

  it('in the place of the task force, also when it stands in for an office that nobody holds', async () => {
    const [office] = await world.query<{ id: string }>('SELECT id FROM officials WHERE department_id = $1', [
      world.taskForceId,
    ]);
    const officeId = office?.id ?? '';
    await deputise(officeId, stand, '2021-11-08', '2021-11-08');
    const made = await pairedCase(world, { department, handler, leader, dueAt: DUE });
    const clocks = (['verify', 'assign'] as const).map((kind) => ({
      kind,
      runId: uuidv7(),
      assignmentId: made.assignmentId,
      deadlineAt: new Date(DUE),
      deadlineVersion: 1,
      complexity: null,
    }));
    await world.announce([made, clocks]);
    clock.set('2021-11-08T09:00:00+08:00');
    await world.sweep.run();
    await world.query('UPDATE deputies SET cancelled_at = $2 WHERE official_id = $1', [
      officeId,
      clock.now(),
    ]);
    const emails = (await deliveriesOf(made)).filter((line) => line.includes('email')).toSorted();
    expect(emails).toEqual(['assign_overdue 代理 email pending', 'verify_overdue 代理 email pending']);
  });

  it('once, who is deputy and holds a duty of the rung as well', async () => {
    const [liaison] = await world.query<{ id: string }>(
      `SELECT id FROM officials WHERE department_id = $1 AND duty = 'liaison'`,
      [department],
    );
    await deputise(handler, liaison?.id ?? '', '2021-11-08', '2021-11-12');
    expect(await overdueBy()).toEqual(['联络', '领导'].toSorted());
  });

  it('and not an official who is paired: the ladder asks for leaders', async () => {
    const names = await overdueBy(async ({ enterpriseId }) => {
      await world.query(
        `INSERT INTO pairings (id, enterprise_id, official_id, tier, duty, from_on)
         VALUES ($1, $2, $3, 'town', 'official', '2021-01-01')`,
        [uuidv7(), enterpriseId, stand],
      );
    });
    expect(names).toEqual(['承办', '联络', '领导'].toSorted());
  });
});

describe('deputies by HTTP', () => {
  let world: RegisterApp;
  let make: RegisterFactory;
  let token: string;
  let away: Official;
  let stand: Official;

  beforeAll(async () => {
    world = await createRegisterApp();
    make = new RegisterFactory(world.dataSource);
    token = await world.tokenOf({ username: 'office', role: 'task_force' });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const department = await make.department();
    away = await make.official(department);
    stand = await make.official(department);
  });

  const days = { fromOn: '2021-11-08', toOn: '2021-11-12' };
  const add = (body: object): Promise<Answer> => world.ask(`/officials/${away.id}/deputies`, { token, body });

  it('are added, listed and cancelled, and then leave room for another', async () => {
    const added = await add({ deputyId: stand.id, ...days });
    expect([added.status, added.body]).toEqual([
      201,
      expect.objectContaining({
        deputy: expect.objectContaining({ id: stand.id }),
        ...days,
        cancelledAt: null,
      }),
    ]);
    const path = `/officials/${away.id}/deputies`;
    expect((await world.ask(`${path}?count=exact`, { token })).body).toMatchObject({ total: 1 });
    const cancel = `${path}/${String(added.body['id'])}/cancel`;
    expect((await world.ask(cancel, { token, method: 'POST' })).body['cancelledAt']).not.toBeNull();
    expect((await world.ask(cancel, { token, method: 'POST' })).body['code']).toBe('DEPUTY_CANCELLED');
    expect((await add({ deputyId: stand.id, ...days })).status).toBe(201);
  });

  it.each<[string, () => object, number, string]>([
    ['oneself', () => ({ deputyId: away.id }), 400, 'DEPUTY_ONESELF'],
    ['nobody', () => ({ deputyId: '0193a1b2-0000-7000-8000-000000000001' }), 409, 'OFFICIAL_UNKNOWN'],
    ['days the wrong way round', () => ({ toOn: '2021-11-07' }), 400, 'DATES_REVERSED'],
    ['days that are over', () => ({ fromOn: '2021-11-01', toOn: '2021-11-02' }), 400, 'DATE_PAST'],
    ['a day that does not exist', () => ({ toOn: '2021-11-31' }), 400, 'VALIDATION_FAILED'],
  ])('%s is refused', async (_, over, status, code) => {
    const answer = await add({ deputyId: stand.id, ...days, ...over() });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('that are inactive are refused', async () => {
    await world.dataSource.query('UPDATE officials SET is_active = false WHERE id = $1', [stand.id]);
    expect((await add({ deputyId: stand.id, ...days })).body['code']).toBe('OFFICIAL_INACTIVE');
  });

  it('are one on a day, also of two added at once', async () => {
    const [first, second] = await Promise.all([
      add({ deputyId: stand.id, ...days }),
      add({ deputyId: stand.id, fromOn: '2021-11-12', toOn: '2021-11-30' }),
    ]);
    expect([first.status, second.status].toSorted()).toEqual([201, 409]);
  });

  it('of nobody are not found', async () => {
    const path = '/officials/0193a1b2-0000-7000-8000-000000000001/deputies';
    expect((await world.ask(path, { token })).status).toBe(404);
    expect((await world.ask(path, { token, body: { deputyId: stand.id, ...days } })).status).toBe(404);
  });

  it('are set by the task force alone', async () => {
    const clerk = await world.tokenOf({
      username: 'clerk',
      role: 'department',
      departmentId: away.departmentId,
    });
    const path = `/officials/${away.id}/deputies`;
    expect((await world.ask(path, { token: clerk })).status).toBe(200);
    expect((await world.ask(path, { token: clerk, body: { deputyId: stand.id, ...days } })).status).toBe(403);
  });
});
