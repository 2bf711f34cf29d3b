import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PROBE_AFTER_MS } from '../../src/notifications/gates/circuit.js';
import { circuitOpen } from '../../src/notifications/notification-metrics.js';
import { CutOff } from '../support/cut-off.js';
import { DeliveryWorld } from '../support/delivery-world.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DUE = '2021-11-05T18:00:00+08:00';
const SOON = '2021-11-02T09:00:00+08:00';
/** More than are on their way at once. */
const PEOPLE = 45;

let database: TestDatabase;
let world: ReminderWorld;
let delivery: DeliveryWorld;
const clock = new SetClock(SOON);
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  world = new ReminderWorld(database.dataSource, clock);
  await world.open();
  delivery = await DeliveryWorld.start(world);
});
afterAll(async () => {
  await delivery.close();
  await database.drop();
});

/** A message by each channel for each of so many people. */
beforeEach(async () => {
  clock.set('2021-11-01T10:00:00+08:00');
  const department = await world.department(`局${uuidv7()}`);
  const cases: AssignedCase[] = [];
  for (let made = 0; made < PEOPLE; made += 1)
    cases.push(await world.assignedCase(department, await world.official(department, `承办${made}`), DUE));
  await world.announce(
    ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
  );
  clock.set(SOON);
  await world.sweep.run();
});
afterEach(async () => {
  delivery.clear();
  jest.restoreAllMocks();
  await world.query('DELETE FROM deliveries');
  await world.query('DELETE FROM messages');
});

const of = async (channel: string): Promise<Record<string, number>> => {
  const rows = await world.query<{ state: string; count: number }>(
    `SELECT status || CASE attempts WHEN 0 THEN ' untried' ELSE '' END AS state, count(*)::int AS count
       FROM messages WHERE channel = $1 GROUP BY 1`,
    [channel],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};
const isOpen = async (channel: string): Promise<number | undefined> =>
  (await circuitOpen.get()).values.find(({ labels }) => labels['channel'] === channel)?.value;

describe('a mail server that is away', () => {
  it('is left alone until it is back; SMS go on, nothing is used up, and then all goes at once', async () => {
    const said = {
      error: jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined),
      log: jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined),
    };
    const way = await CutOff.to(delivery.mail.url);
    let monotonic = 0;
    const { deliver } = delivery.worker(`smtp://127.0.0.1:${way.port}`, undefined, null, {
      monotonic: () => monotonic,
    });
    way.cut();
    await deliver.run();
    await deliver.run();
    // As many as were on their way before it was known.
    expect(await of('email')).toEqual({ pending: 20, 'pending untried': PEOPLE - 20 });
    expect(await of('sms')).toEqual({ sent: PEOPLE });
    expect(await isOpen('email')).toBe(1);
    expect(await isOpen('sms')).toBe(0);
    expect(said.error.mock.calls.map(([what]) => what)).toEqual([
      expect.objectContaining({ channel: 'email' }),
    ]);

    monotonic += PROBE_AFTER_MS;
    await deliver.run();
    expect(await of('email')).toEqual({ pending: 21, 'pending untried': PEOPLE - 21 });
    way.mend();
    await deliver.run();
    expect(delivery.mail.mails).toEqual([]);

    monotonic += PROBE_AFTER_MS;
    await deliver.run();
    expect(await of('email')).toEqual({ sent: PEOPLE - 21, pending: 21 });
    expect(await isOpen('email')).toBe(0);
    clock.set('2021-11-02T09:01:00+08:00');
    await deliver.run();
    expect(await of('email')).toEqual({ sent: PEOPLE });
    expect(delivery.mail.mails).toHaveLength(PEOPLE);
    expect(said.error).toHaveBeenCalledTimes(1);
    expect(said.log.mock.calls.map(([what]) => what)).toEqual([{ channel: 'email' }]);
    await way.close();
  });
});

it('refusals of recipients, however many, are none of the server', async () => {
  delivery.mail.decide = ({ stage }) =>
    stage === 'recipient' ? { code: 550, text: 'no such user' } : 'accept';
  delivery.sms.decide = () => ({ status: 200, body: { code: 'BLACKLISTED' } });
  await delivery.worker().deliver.run();
  expect(await of('email')).toEqual({ failed: PEOPLE });
  expect(await of('sms')).toEqual({ failed: PEOPLE });
  expect(await isOpen('email')).toBe(0);
});

it('a gateway that answers with errors of its own is away', async () => {
  delivery.sms.decide = () => ({ status: 503 });
  await delivery.worker().deliver.run();
  expect(await of('sms')).toEqual({ pending: 40, 'pending untried': PEOPLE - 40 });
  expect(await of('email')).toEqual({ sent: PEOPLE });
});

it('no more leave in a second than are allowed, and others do not wait for them', async () => {
  const { deliver } = delivery.worker(undefined, undefined, null, { perSecond: { sms: 25 } });
  const startedAt = performance.now();
  await deliver.run();
  expect(await of('sms')).toEqual({ sent: PEOPLE });
  // The second half left no earlier than a second after the first was claimed.
  expect(performance.now() - startedAt).toBeGreaterThan(990);
  const arrived = delivery.sms.messages
    .map(({ receivedAt }) => Date.parse(receivedAt))
    .toSorted((a, b) => a - b);
  expect((arrived[25] ?? 0) - (arrived[24] ?? 0)).toBeGreaterThan(300);
  const lastMail = Math.max(...delivery.mail.mails.map(({ receivedAt }) => Date.parse(receivedAt)));
  expect(lastMail).toBeLessThan(arrived[25] ?? 0);
});
