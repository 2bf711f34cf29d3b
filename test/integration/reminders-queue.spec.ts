import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { BullQueue } from '../../src/platform/queue/bull-queue.js';
import { BullWakeUps } from '../../src/platform/queue/bull-wake-ups.js';
import { TaskRunner } from '../../src/platform/queue/task-runner.js';
import { type TaskHandler, Tasks } from '../../src/platform/queue/tasks.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { CutOff } from '../support/cut-off.js';
import { DeliveryWorld, testConfig } from '../support/delivery-world.js';
import { type AssignedCase, handling, ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const NEVER_MS = 3_600_000;
const OFTEN_MS = 50;
/** A number of its own, so that emptying it harms no other test. */
const REDIS = new URL('/11', process.env['REDIS_URL']);

interface Process {
  queue: BullQueue;
  tasks: Tasks;
  wakeUps: BullWakeUps;
  worker: Worker;
}

let redis: Redis;
let way: CutOff;
const processes: Process[] = [];

// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

beforeAll(() => {
  redis = new Redis(REDIS.href);
});
afterAll(() => redis.disconnect());
beforeEach(async () => {
  await redis.flushdb();
  way = await CutOff.to(REDIS.href);
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map(({ worker }) => worker.beforeApplicationShutdown()));
  await way.close();
});

/** What one process of the product has of the queue. */
function newProcess(handlers: Record<string, [TaskHandler, everyMs: number]>): Process {
  const redisUrl = new URL(REDIS.href);
  redisUrl.port = String(way.port);
  const queue = new BullQueue(testConfig({ redisUrl: redisUrl.href, redisPrefix: 'test' }));
  const tasks = new Tasks();
  for (const [task, [handler, everyMs]] of Object.entries(handlers)) {
    tasks.handle(task, handler);
    tasks.every(task, everyMs);
  }
  const worker = new Worker(queue, tasks, new TaskRunner(tasks));
  const made = { queue, tasks, wakeUps: new BullWakeUps(queue), worker };
  processes.push(made);
  return made;
}

describe('the bell', () => {
  it('is heard by a worker in another process, with the id', async () => {
    const heard: Array<string | null> = [];
    const handler: TaskHandler = async (id) => heard.push(id);
    const [api, worker] = [newProcess({}), newProcess({ deliver: [handler, NEVER_MS] })];
    worker.worker.start();
    await until(() => api.queue.isConnected);
    api.wakeUps.ring('deliver', 'a-message');
    api.wakeUps.ring('deliver');
    await until(() => heard.length === 2);
    expect(heard.toSorted()).toEqual(['a-message', null]);
  });

  it('is heard again under the same id: finished jobs block nothing', async () => {
    let heard = 0;
    const made = newProcess({ deliver: [async () => (heard += 1), NEVER_MS] });
    made.worker.start();
    await until(() => made.queue.isConnected);
    for (let ring = 1; ring <= 3; ring += 1) {
      made.wakeUps.ring('deliver', 'same');
      await until(() => heard === ring);
    }
  });

  it('does not make a process that only serves the API work', async () => {
    let heard = 0;
    const api = newProcess({ deliver: [async () => (heard += 1), OFTEN_MS] });
    await until(() => api.queue.isConnected);
    api.wakeUps.ring('deliver');
    await until(async () => (await api.queue.bull.getWaitingCount()) === 1);
    expect(heard).toBe(0);
  });

  it('neither waits nor throws while Redis is away, and a worker closes', async () => {
    let runs = 0;
    const made = newProcess({ sweep: [async () => (runs += 1), OFTEN_MS] });
    made.worker.start();
    await until(() => made.queue.isConnected);
    way.cut();
    await until(() => !made.queue.isConnected);
    for (let ring = 0; ring < 5_000; ring += 1) made.wakeUps.ring('sweep');
    const before = runs;
    await until(() => runs > before + 2);
    const startedAt = performance.now();
    await made.worker.beforeApplicationShutdown();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('works from a start without Redis, and again once it is there', async () => {
    way.cut();
    const heard: Array<string | null> = [];
    const made = newProcess({ deliver: [async (id) => heard.push(id), OFTEN_MS] });
    made.worker.start();
    await until(() => heard.length > 1);
    way.mend();
    await until(() => made.queue.isConnected);
    made.wakeUps.ring('deliver', 'after');
    await until(() => heard.includes('after'));
    await until(async () => (await made.queue.bull.getRepeatableJobs()).length === 1);
  });
});

describe('tasks', () => {
  it('have exactly one handler', () => {
    const tasks = new Tasks();
    tasks.handle('sweep', async () => undefined);
    expect(() => tasks.handle('sweep', async () => undefined)).toThrow('has a handler already');
    tasks.every('deliver', OFTEN_MS);
    expect(() => tasks.every('deliver', OFTEN_MS)).toThrow('is repeated already');
    expect(() => tasks.check()).toThrow('task deliver has no handler');
  });

  it('repeat by one job each, also when the interval was changed', async () => {
    const first = newProcess({ sweep: [async () => undefined, 60_000] });
    first.worker.start();
    await until(async () => (await first.queue.bull.getRepeatableJobs()).length === 1);
    const [before] = await first.queue.bull.getRepeatableJobs();
    const same = newProcess({ sweep: [async () => undefined, 60_000] });
    same.worker.start();
    const second = newProcess({ sweep: [async () => undefined, 30_000] });
    await until(() => same.queue.isConnected);
    expect((await first.queue.bull.getRepeatableJobs()).map(({ key }) => key)).toEqual([before?.key]);
    second.worker.start();
    await until(async () => (await second.queue.bull.getRepeatableJobs())[0]?.every === 30_000);
    expect(await second.queue.bull.getRepeatableJobs()).toHaveLength(1);
  });

  it('run once at a time for whatever is ready, and once more for a ring heard meanwhile', async () => {
    const tasks = new Tasks();
    const runner = new TaskRunner(tasks);
    const finishes: Array<() => void> = [];
    tasks.handle('deliver', () => new Promise<void>((resolve) => finishes.push(resolve)));
    void runner.run('deliver', null);
    void runner.run('deliver', null);
    void runner.run('deliver', null);
    expect(finishes).toHaveLength(1);
    finishes[0]?.();
    await until(() => finishes.length === 2);
    finishes[1]?.();
    await runner.idle();
    expect(finishes).toHaveLength(2);
  });

  it('that fail run again', async () => {
    let runs = 0;
    const made = newProcess({
      sweep: [
        async () => {
          runs += 1;
          throw new Error('the database is away');
        },
        OFTEN_MS,
      ],
    });
    made.worker.start();
    await until(() => runs > 2);
  });
});

describe('forty overdue assignments through the queue', () => {
  let database: TestDatabase;
  let world: ReminderWorld;
  let delivery: DeliveryWorld;

  beforeAll(async () => {
    database = await createTestDatabase();
    world = new ReminderWorld(database.dataSource, new SetClock('2021-11-01T10:00:00+08:00'));
    await world.open();
    delivery = await DeliveryWorld.start(world);
  });
  afterAll(async () => {
    await delivery.close();
    await database.drop();
  });

  const unsettled = async (): Promise<number> => {
    const [row] = await world.query<{ open: number }>(
      `SELECT (SELECT count(*)::int FROM deliveries WHERE status IN ('pending', 'sending'))
            + (SELECT count(*)::int FROM reminders WHERE state = 'armed' AND fires_at <= $1) AS open`,
      [world.clock.now()],
    );
    return row?.open ?? 0;
  };

  it('arrive once each with two workers at work, after FLUSHDB and while Redis is away', async () => {
    const workers = [1, 2].map(() => {
      const [sweep, { deliver }] = [world.anotherSweep(), delivery.worker()];
      const made = newProcess({
        sweep: [() => sweep.run(), OFTEN_MS],
        deliver: [(id) => deliver.run(id), OFTEN_MS],
      });
      made.worker.start();
      return made;
    });
    await until(() => workers.every(({ queue }) => queue.isConnected));
    const department = await world.department('市自然资源局');
    const cases: AssignedCase[] = [];
    for (let made = 0; made < 40; made += 1) {
      const official = await world.official(department, `承办${made}`);
      cases.push(await world.assignedCase(department, official, '2021-11-05T18:00:00+08:00'));
    }
    await world.announce(
      ...cases.map((made): [AssignedCase, ReturnType<typeof handling>[]] => [made, [handling(made)]]),
    );
    const arrived = (): number => delivery.mail.mails.length + delivery.sms.messages.length;
    const rungs = [
      ['2021-11-02T09:00:00+08:00', () => redis.flushdb()],
      ['2021-11-05T09:00:00+08:00', () => way.cut()],
      ['2021-11-08T09:00:00+08:00', () => way.mend()],
    ] as const;
    for (const [place, [at, disturb]] of rungs.entries()) {
      world.clock.set(at);
      await disturb();
      for (const { wakeUps } of workers) wakeUps.ring('sweep');
      // 40 officials, by e-mail and SMS; each rung once.
      await until(async () => arrived() === 80 * (place + 1) && (await unsettled()) === 0);
    }
    const ids = [
      ...delivery.mail.mails.map(({ messageId }) => messageId),
      ...delivery.sms.messages.map(({ outId }) => outId),
    ];
    expect(new Set(ids).size).toBe(240);
    const [row] = await world.query<{ sent: number; others: number }>(
      `SELECT count(*) FILTER (WHERE status = 'sent')::int AS sent,
              count(*) FILTER (WHERE status NOT IN ('sent', 'suppressed'))::int AS others FROM deliveries`,
    );
    expect(row).toEqual({ sent: 240, others: 0 });
  });
});
