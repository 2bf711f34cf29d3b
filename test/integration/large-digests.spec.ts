import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Letter, MessageWriter } from '../../src/notifications/letter.js';
import { LEASE_MS } from '../../src/notifications/messages.repository.js';
import { COMPOSE_MESSAGES } from '../../src/reminders/sweep-statements.js';
import { DeliveryWorld } from '../support/delivery-world.js';
import { manyDeliveries } from '../support/many-deliveries.js';
import { type AssignedCase, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Deadlines of Tuesday, 5 October 2021 and the 29 days after it, as they stand on Monday, 8 November. */
const DUE = '2021-10-05T18:00:00+08:00';
const NOW = '2021-11-08T09:00:00+08:00';

const clock = new SetClock(NOW);
let database: TestDatabase;
let world: ReminderWorld;
let delivery: DeliveryWorld;
let department: string;
let made: AssignedCase;

// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  department = await world.department('局');
  made = await world.assignedCase(department, await world.official(department, '承办'), DUE);
  delivery = await DeliveryWorld.start(world);
});
afterAll(async () => {
  await delivery.close();
  await database.drop();
});
beforeEach(() => clock.set(NOW));
afterEach(async () => {
  jest.restoreAllMocks();
  delivery.clear();
  await world.query(`UPDATE deliveries SET status = 'suppressed' WHERE status IN ('pending', 'sending')`);
  await world.query(`UPDATE messages SET status = 'suppressed' WHERE status IN ('pending', 'sending')`);
});

const person = (): Promise<string> => world.official(department, `承办${uuidv7()}`);

describe('a digest of very many', () => {
  it('counts all of them and lists the first', async () => {
    await manyDeliveries(world, made, { officialId: await person() }, 6_000);
    await manyDeliveries(world, made, { officialId: await person(), channel: 'sms' }, 998);
    await world.sweep.run();
    await delivery.worker().deliver.run();
    expect(delivery.mail.mails.map(({ subject }) => subject)).toEqual([
      '【办理提醒】6000项需处理，其中超期6000项',
    ]);
    const text = delivery.mail.mails[0]?.text ?? '';
    expect(text.match(/^- .*$/gm)).toHaveLength(200);
    expect(text).toContain('2021-10-05 · 已超期');
    expect(text).not.toContain('2021-10-06');
    expect(text).toContain('另有5800项');
    expect(delivery.sms.messages[0]?.text).toContain(
      '您有998项企业问题需处理，其中超期998项，最早到期10月5日',
    );
  });

  it('does not take another such along when it is claimed, and all are sent in one run', async () => {
    for (const officialId of [await person(), await person()])
      await manyDeliveries(world, made, { officialId }, 10_001);
    await world.sweep.run();
    const { deliver, messages } = delivery.worker();
    const claim = jest.spyOn(messages, 'claim');
    await deliver.run();
    const claims = await Promise.all(
      claim.mock.results.map(({ value }) => value as ReturnType<typeof messages.claim>),
    );
    expect(claims.map(({ seen }) => seen).filter((seen) => seen > 0)).toEqual([1, 1]);
    expect(delivery.mail.mails).toHaveLength(2);
  });
});

describe('messages are composed a few people at a time', () => {
  const compose = (most: number): Promise<Array<{ messages: number; picked: number }>> =>
    world.query(COMPOSE_MESSAGES, [clock.now(), most]);
  const sizes = async (officialIds: string[]): Promise<number[]> => {
    const rows = await world.query<{ size: number }>(
      `SELECT count(d.id)::int AS size FROM messages m JOIN deliveries d ON d.message_id = m.id
        WHERE m.official_id = ANY($1) GROUP BY m.official_id, m.id ORDER BY m.official_id, m.id`,
      [officialIds],
    );
    return rows.map(({ size }) => size);
  };

  it('and one digest each', async () => {
    const people = [await person(), await person(), await person()];
    for (const officialId of people) await manyDeliveries(world, made, { officialId }, 3);
    expect(await compose(5)).toEqual([{ messages: 1, picked: 5 }]);
    expect(await compose(5)).toEqual([{ messages: 1, picked: 5 }]);
    expect(await compose(5)).toEqual([{ messages: 1, picked: 3 }]);
    expect(await compose(5)).toEqual([{ messages: 0, picked: 0 }]);
    expect(await sizes(people)).toEqual([3, 3, 3]);
  });

  it('and of one person no more than a statement can take', async () => {
    const officialId = await person();
    await manyDeliveries(world, made, { officialId }, 7);
    expect(await compose(5)).toEqual([{ messages: 1, picked: 5 }]);
    expect(await compose(5)).toEqual([{ messages: 1, picked: 2 }]);
    expect(await sizes([officialId])).toEqual([5, 2]);
  });
});

describe('writing that takes long', () => {
  const letter: Letter = { subject: '办理提醒', text: '请办理', html: '<p>请办理</p>' };
  /** @param meanwhile what happens while the messages are written, and takes three seconds */
  const writer = (meanwhile: () => Promise<unknown>): MessageWriter => ({
    async letters(messages) {
      await meanwhile();
      const now = performance.now();
      jest.spyOn(performance, 'now').mockReturnValueOnce(now + 3_000);
      return new Map(messages.map(({ id }) => [id, letter]));
    },
    shortMessages: async () => new Map(),
  });
  const attempts = async (): Promise<unknown[]> =>
    world.query(
      `SELECT status, attempts, next_attempt_at > $1 AS "isLater" FROM messages WHERE status <> 'suppressed'
        ORDER BY id DESC LIMIT 1`,
      [clock.now()],
    );

  it('renews the lease, and they are sent', async () => {
    await manyDeliveries(world, made, { officialId: await person() }, 1);
    await world.sweep.run();
    const later = new Date(new Date(NOW).getTime() + LEASE_MS / 2);
    const { deliver, messages } = delivery.worker(
      undefined,
      undefined,
      writer(async () => clock.set(later)),
    );
    const renew = jest.spyOn(messages, 'renew');
    await deliver.run();
    expect(renew).toHaveBeenCalledTimes(1);
    expect(delivery.mail.mails).toHaveLength(1);
    expect(await attempts()).toEqual([{ status: 'sent', attempts: 1, isLater: false }]);
  });

  it('past the lease gives them back for a while, and does not send what others may take', async () => {
    await manyDeliveries(world, made, { officialId: await person() }, 1);
    await world.sweep.run();
    const other = delivery.worker();
    const slow = delivery.worker(
      undefined,
      undefined,
      writer(async () => {
        clock.set(new Date(new Date(NOW).getTime() + LEASE_MS + 1));
        await other.messages.expireLeases();
      }),
    );
    await slow.deliver.run();
    expect(delivery.mail.mails).toEqual([]);
    expect(await attempts()).toEqual([{ status: 'pending', attempts: 0, isLater: true }]);
    clock.set('2021-11-08T09:01:00+08:00');
    await other.deliver.run();
    expect(delivery.mail.mails).toHaveLength(1);
  });

  it('or fails gives them back for a while, and the run comes to an end', async () => {
    await manyDeliveries(world, made, { officialId: await person() }, 1);
    await world.sweep.run();
    const failing = writer(() => Promise.reject(new Error('not now')));
    await delivery.worker(undefined, undefined, failing).deliver.run();
    expect(await attempts()).toEqual([{ status: 'pending', attempts: 0, isLater: true }]);
  });
});
