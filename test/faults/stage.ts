import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Logger } from '@nestjs/common';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { BullQueue } from '../../src/platform/queue/bull-queue.js';
import { BullWakeUps } from '../../src/platform/queue/bull-wake-ups.js';
import { ReminderWorld, SetClock } from '../support/reminder-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { DueReminders, NOVEMBER, type Season } from './due-reminders.js';
import { patiently } from './patiently.js';
import { type Mutant, ProductChild } from './product-child.js';
import { Receivers } from './receivers.js';
import { TEST_PERSONAL_DATA_KEYS } from '../support/personal-data.js';
import { UNLIMITED } from '../support/unlimited.js';

// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

const SENDING_TASKS = ['sweep', 'deliver'];

export interface WorkerProcess {
  child: ProductChild;
  receivers: Receivers;
}

interface WorkerSettings {
  /** How far its clock is behind the others', until clocks are set anew. */
  behindMs?: number;
  without?: Mutant | null;
}

interface StageSettings {
  /** Of the server that is to hold the database; else the one that all specs share. */
  postgresUrl?: string;
  season?: Season;
  /** Settings of the processes, such as a way to PostgreSQL that can be cut. */
  environment?: (database: TestDatabase) => Record<string, string>;
}

/** What one round plays on: a database and a queue of its own, and processes that may be killed. */
export class Stage {
  readonly world: ReminderWorld;
  readonly due: DueReminders;
  readonly receivers: Receivers[] = [];
  /** SMS that the gateway took, and said of later that it could not deliver them. */
  readonly undelivered = new Set<string>();
  private readonly children: ProductChild[] = [];
  private offsetMs: number;
  private readonly queue: BullQueue;
  private readonly bell: BullWakeUps;

  private constructor(
    readonly database: TestDatabase,
    private readonly environment: Record<string, string>,
    season: Season,
  ) {
    this.offsetMs = season.startsAt.getTime() - Date.now();
    this.world = new ReminderWorld(database.dataSource, new SetClock(season.startsAt.toISOString()));
    this.due = new DueReminders(this.world, season);
    this.queue = new BullQueue(AppConfig.fromEnvironment(environment));
    this.bell = new BullWakeUps(this.queue);
  }

  static async open({
    postgresUrl,
    season = NOVEMBER,
    environment = () => ({}),
  }: StageSettings = {}): Promise<Stage> {
    const database = await createTestDatabase(postgresUrl);
    const settings = {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '10',
      REDIS_URL: process.env['REDIS_URL'] ?? '',
      REDIS_PREFIX: `{faults-${randomUUID()}}`,
      TOKEN_SECRET: randomUUID() + randomUUID(),
      PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
      FILES_DIR: await mkdtemp(path.join(os.tmpdir(), 'shukun-faults-')),
      LOG_LEVEL: 'fatal',
      ...UNLIMITED,
      // The task force gets a digest of every sweep.
      SMS_DAILY_CAP: '0',
      PORT: '0',
      ...environment(database),
    };
    const stage = new Stage(database, settings, season);
    await stage.due.open();
    return stage;
  }

  /** The moment that the processes take it to be. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Sets the clocks of all processes that are up, and of those that come. */
  async moveTo(moment: Date): Promise<void> {
    this.offsetMs = moment.getTime() - Date.now();
    await Promise.all(this.children.map((child) => child.setClock(this.offsetMs)));
  }

  startApi(): ProductChild {
    return this.add(new ProductChild('api', this.offsetMs, this.environment));
  }

  /** With a mail server and a gateway of its own; it may not be up yet. */
  async startWorker({ behindMs = 0, without = null }: WorkerSettings = {}): Promise<WorkerProcess> {
    const receivers = await Receivers.start();
    this.receivers.push(receivers);
    const environment = { ...this.environment, ...receivers.environment };
    const child = new ProductChild('worker', this.offsetMs - behindMs, environment, without);
    return { child: this.add(child), receivers };
  }

  /** Wakes a worker, as a change or a timer would: to sweep and send, unless it is told what to do. */
  async ring(tasks: readonly string[] = SENDING_TASKS): Promise<void> {
    await patiently('the queue', () => this.queue.isConnected);
    this.ringNow(tasks);
  }

  /** The same without waiting for Redis: nobody may hear it. */
  ringNow(tasks: readonly string[] = SENDING_TASKS): void {
    for (const task of tasks) this.bell.ring(task);
  }

  get arrived(): number {
    return this.receivers.reduce((sum, { arrived }) => sum + arrived, 0);
  }

  /** Waits until so many more have arrived, or none is left to come. */
  async arrivals(count: number): Promise<void> {
    const from = this.arrived;
    await patiently('arrivals', async () => this.arrived - from >= count || (await this.isQuiet()));
  }

  /** Everything that is due has been recorded. */
  async isSwept(): Promise<boolean> {
    const due = await this.world.query(
      `SELECT 1 FROM reminders WHERE state = 'armed' AND fires_at <= $1 LIMIT 1`,
      [this.now()],
    );
    return due.length === 0;
  }

  /** Nothing is due any more and nothing on its way. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.world.query<{ open: number }>(
      `SELECT (SELECT count(*) FROM reminders WHERE state = 'armed' AND fires_at <= $1)::int
            + (SELECT count(*) FROM notices WHERE recorded_at IS NULL AND is_current AND fires_at <= $1)::int
            + (SELECT count(*) FROM deliveries WHERE status IN ('pending', 'sending'))::int
            + (SELECT count(*) FROM messages WHERE status IN ('pending', 'sending'))::int AS open`,
      [this.now()],
    );
    return row?.open === 0;
  }

  /** Nothing is on its way; something may wait for its hour. */
  async isAtRest(): Promise<boolean> {
    const [row] = await this.world.query<{ moving: number }>(
      `SELECT count(*)::int AS moving FROM messages
        WHERE status = 'sending' OR (status = 'pending' AND next_attempt_at <= $1)`,
      [this.now()],
    );
    return row?.moving === 0;
  }

  /** The worker has swept and tried to send since, and did both to their end. */
  async lookedAgain({ child }: WorkerProcess): Promise<void> {
    for (const task of SENDING_TASKS) {
      const before = await child.runs(task);
      await this.ring();
      // The first may have begun before.
      await patiently(`two runs of ${task}`, async () => {
        if ((await child.runs(task)) >= before + 2) return true;
        this.ringNow();
        return false;
      });
    }
  }

  quiet(): Promise<number> {
    return patiently('quiet', () => this.isQuiet());
  }

  /** How long until none of the messages that are being sent now is being sent any more. */
  async untilSettled(): Promise<number> {
    const held = await this.world.query<{ id: string }>(`SELECT id FROM messages WHERE status = 'sending'`);
    return patiently('the messages of a dead worker', async () => {
      const [row] = await this.world.query<{ count: number }>(
        `SELECT count(*)::int FROM messages WHERE status = 'sending' AND id = ANY($1)`,
        [held.map(({ id }) => id)],
      );
      return row?.count === 0;
    });
  }

  async close(): Promise<void> {
    for (const child of this.children) child.kill();
    await Promise.all(this.children.map(({ ended }) => ended));
    await Promise.all(this.receivers.map((receivers) => receivers.close()));
    await this.queue.close();
    await this.database.drop();
    await rm(this.environment['FILES_DIR'] ?? '', { recursive: true });
  }

  private add(child: ProductChild): ProductChild {
    this.children.push(child);
    return child;
  }
}
