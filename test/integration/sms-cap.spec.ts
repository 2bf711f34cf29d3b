import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { DeliveryWorld } from '../support/delivery-world.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const CAP = 6;
/** Friday; three working days before it is Tuesday, the 2nd. */
const DUE = '2021-11-05T18:00:00+08:00';
const TUESDAY = '2021-11-02';
const WEDNESDAY = '2021-11-03';
const at = (day: string, time: string): Date => new Date(`${day}T${time}+08:00`);
/** Minutes after nine, each a run of its own. */
const minute = (day: string, after: number): Date => at(day, `09:${String(after).padStart(2, '0')}:00`);

const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

let database: TestDatabase;
let world: ReminderWorld;
let delivery: DeliveryWorld;
let department: string;
const clock = new SetClock(DUE);
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  delivery = await DeliveryWorld.start(world, { smsDailyCap: CAP });
});
afterAll(async () => {
  await delivery.close();
  await database.drop();
});
beforeEach(async () => {
  clock.set('2021-11-01T10:00:00+08:00');
  department = await world.department(`局${uuidv7()}`);
});
afterEach(async () => {
  delivery.clear();
  await world.query(`DELETE FROM deliveries`);
  await world.query(`DELETE FROM messages`);
  await world.query(`DELETE FROM reminders`);
  await world.query(`DELETE FROM sms_slots`);
});

async function armed(official: string, count: number, dueAt = DUE): Promise<AssignedCase[]> {
  const cases: AssignedCase[] = [];
  for (let made = 0; made < count; made += 1)
    cases.push(await world.assignedCase(department, official, dueAt));
  await world.announce(
    ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
  );
  return cases;
}

/** Has the reminders of the cases fall due one after the other, each in a run of its own. */
async function oneByOne(cases: readonly AssignedCase[], day: string, runs = cases.length): Promise<void> {
  const { deliver } = delivery.worker();
  for (const [after, { caseId }] of cases.entries())
    await world.query(
      `UPDATE reminders SET fires_at = $2 WHERE subject_id = $1 AND fires_at::date = $2::timestamptz::date AND state = 'armed'`,
      [caseId, minute(day, after)],
    );
  for (let after = 0; after < runs; after += 1) {
    clock.set(minute(day, after));
    await world.sweep.run();
    await deliver.run();
  }
}

async function run(moment: Date): Promise<void> {
  clock.set(moment);
  await world.sweep.run();
  await delivery.worker().deliver.run();
}

const states = async (channel = 'sms'): Promise<Record<string, number>> => {
  const rows = await world.query<{ state: string; count: number }>(
    `SELECT d.status || coalesce(' ' || d.reason, '') AS state, count(*)::int AS count
       FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
      WHERE d.channel = $1 GROUP BY 1`,
    [channel],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};
const slots = async (): Promise<number> => (await world.query('SELECT FROM sms_slots')).length;

describe('a number that has had six SMS today', () => {
  it('gets the rest in one digest with the next run of the next working day; e-mail knows no cap', async () => {
    const official = await world.official(department, '承办');
    const cases = await armed(official, 9);
    await armed(official, 1, '2021-11-08T18:00:00+08:00');
    await oneByOne(cases, TUESDAY);
    expect(delivery.sms.messages).toHaveLength(6);
    expect(delivery.mail.mails).toHaveLength(9);
    expect(await states()).toEqual({ sent: 6, 'pending HELD_BY_CAP': 3 });
    expect(await states('email')).toEqual({ sent: 9 });
    expect(
      await world.query(`SELECT FROM deliveries WHERE reason = 'HELD_BY_CAP' AND message_id IS NULL`),
    ).toHaveLength(3);

    await run(at(TUESDAY, '20:30:00'));
    await run(at(WEDNESDAY, '08:30:00'));
    expect(delivery.sms.messages).toHaveLength(6);
    await run(at(WEDNESDAY, '09:00:00'));
    expect(await states()).toEqual({ sent: 10 });
    expect(delivery.sms.messages.slice(6).map(({ text }) => text)).toEqual([
      expect.stringContaining('您有4项企业问题需处理'),
    ]);
  });

  it('is one number, whoever has it', async () => {
    const mobile = '19911110000';
    const [one, other] = [
      await world.official(department, '承办一', { mobile }),
      await world.official(department, '承办二', { mobile }),
    ];
    const alone = await world.official(department, '承办三', { mobile: '19911110001' });
    const shared = [...(await armed(one, 4)), ...(await armed(other, 4))];
    await oneByOne([...shared, ...(await armed(alone, 2))], TUESDAY);
    const numbers = delivery.sms.messages.map(({ to }) => to);
    expect(numbers.filter((to) => to === mobile)).toHaveLength(6);
    expect(numbers.filter((to) => to !== mobile)).toHaveLength(2);
    await run(at(WEDNESDAY, '09:00:00'));
    expect(delivery.sms.messages.slice(8).map(({ to }) => to)).toEqual([mobile]);
    expect(delivery.mail.mails).toHaveLength(10);
  });

  it('gets no more when workers claim at once', async () => {
    for (let made = 0; made < 15; made += 1)
      await armed(await world.official(department, `承办${made}`, { mobile: '19922220000' }), 1);
    clock.set(at(TUESDAY, '09:00:00'));
    await world.sweep.run();
    const workers = [1, 2, 3, 4].map(() => delivery.worker().deliver);
    // Whoever was outrun for a slot leaves its message to the next look.
    for (let look = 0; look < 4; look += 1) await Promise.all(workers.map((deliver) => deliver.run()));
    expect(delivery.sms.messages).toHaveLength(CAP);
    expect(await states()).toEqual({ sent: 6, 'pending HELD_BY_CAP': 9 });
    expect(await slots()).toBe(CAP);
  });

  it('gets no more when another worker takes its last slot at the same moment', async () => {
    const official = await world.official(department, '承办');
    const cases = await armed(official, 6);
    await oneByOne(cases, TUESDAY, 5);
    const other = database.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `INSERT INTO sms_slots SELECT on_day, number_key, 6, $1 FROM sms_slots GROUP BY on_day, number_key`,
      [uuidv7()],
    );
    clock.set(minute(TUESDAY, 5));
    await world.sweep.run();
    const { deliver } = delivery.worker();
    const outrun = deliver.run();
    await until(async () => (await world.query(WAITING)).length > 0);
    await other.commitTransaction();
    await other.release();
    await outrun;
    expect(await states()).toEqual({ sent: 5, pending: 1 });
    await deliver.run();
    expect(await states()).toEqual({ sent: 5, 'pending HELD_BY_CAP': 1 });
    expect(delivery.sms.messages).toHaveLength(5);
  });

  it('is not told what is no longer so on the day after', async () => {
    // Later than the day of the first rung.
    clock.set('2021-11-03T10:00:00+08:00');
    const cases = await armed(await world.official(department, '承办'), 8);
    await oneByOne(cases, '2021-11-05');
    expect(await states()).toMatchObject({ sent: 6, 'pending HELD_BY_CAP': 2 });
    const closed = cases.at(-1);
    if (closed === undefined) throw new Error('eight cases');
    await world.announce([closed, []]);
    expect(await states()).toMatchObject({ 'pending HELD_BY_CAP': 1, 'suppressed CLOCK_STOPPED': 1 });
    // The next rung is due on Monday: of the two of one clock only the higher one goes.
    await run(at('2021-11-08', '09:00:00'));
    expect(await states()).toMatchObject({ sent: 13 });
    const [held] = await world.query(
      `SELECT d.status, d.reason FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
        WHERE r.subject_id = $1 AND r.rung = 'due_today' AND d.channel = 'sms'`,
      [cases.at(-2)?.caseId],
    );
    expect(held).toEqual({ status: 'suppressed', reason: 'SUPERSEDED' });
    expect(delivery.sms.messages.slice(6)).toEqual([
      expect.objectContaining({ text: expect.stringContaining('您有7项企业问题需处理') }),
    ]);
  });
});

describe('what counts', () => {
  const sendOne = async (): Promise<void> => {
    await armed(await world.official(department, '承办'), 1);
    await run(at(TUESDAY, '09:00:00'));
  };

  it('a message that is tried again counts once', async () => {
    delivery.sms.decide = () => ({ status: 503 });
    await sendOne();
    expect(await states()).toEqual({ pending: 1 });
    expect(await slots()).toBe(0);
    delivery.clear();
    await run(at(TUESDAY, '09:01:00'));
    expect(await states()).toEqual({ sent: 1 });
    expect(await slots()).toBe(1);
  });

  it('one that was refused does not, and one of which nobody knows does', async () => {
    delivery.sms.decide = () => ({ status: 200, body: { code: 'BLACKLISTED' } });
    await sendOne();
    expect(await states()).toEqual({ 'failed BLACKLISTED': 1 });
    expect(await slots()).toBe(0);
    delivery.sms.decide = () => 'cut';
    clock.set('2021-11-01T10:00:00+08:00');
    await armed(await world.official(department, '另一人'), 1);
    await run(at(TUESDAY, '09:00:00'));
    expect(await states()).toEqual({ 'failed BLACKLISTED': 1, 'unknown NO_ANSWER': 1 });
    expect(await slots()).toBe(1);
  });

  it('one that was claimed and given back does not', async () => {
    await armed(await world.official(department, '承办'), 1);
    clock.set(at(TUESDAY, '09:00:00'));
    await world.sweep.run();
    const { messages } = delivery.worker();
    const { claimed } = await messages.claim({ channel: 'sms', count: 10, isOff: false });
    expect(await slots()).toBe(1);
    await messages.release(claimed);
    expect(await slots()).toBe(0);
  });

  it('nothing does where there is no cap, and the days before are forgotten', async () => {
    await sendOne();
    expect(await slots()).toBe(1);
    const { cap } = delivery.worker();
    await cap.forget();
    expect(await slots()).toBe(1);
    clock.set(at('2021-11-04', '09:00:00'));
    await cap.forget();
    expect(await slots()).toBe(0);
  });
});
