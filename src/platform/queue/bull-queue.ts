import { Injectable, Logger } from '@nestjs/common';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config.js';
import { queueConnected } from './queue-metrics.js';

const NAME = 'wake-ups';
const CLOSE_WITHIN_MS = 3_000;
const LONGEST_RECONNECT_MS = 2_000;
/** While Redis is away every attempt to reach it fails; one line a minute is enough. */
const COMPLAIN_EVERY_MS = 60_000;

/** The one Bull queue of this process. It comes up whether or not Redis is there, and closes whether or not it is. */
@Injectable()
export class BullQueue {
  readonly bull: Bull.Queue<{ id: string | null }>;
  private readonly logger = new Logger(BullQueue.name);
  private readonly connections: Redis[] = [];
  private isClosed = false;
  private complainedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly config: AppConfig) {
    this.bull = new Bull(NAME, {
      // In braces, so that on a cluster all keys of the queue are on one node.
      prefix: config.redisPrefix.includes('{') ? config.redisPrefix : `{${config.redisPrefix}}`,
      createClient: (type) => this.connect(type),
      // Finished jobs tell nothing that the rows do not, and an id kept would block the same id for ever.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      skipVersionCheck: true,
    } as Bull.QueueOptions);
    // Bull names its connection without waiting for the answer; unanswered at closing, that would end the process.
    Object.assign(this.bull, { setWorkerName: () => Promise.resolve() });
    this.bull.on('error', (error) => this.complain(error));
  }

  /** Whether Redis can be written to now. */
  get isConnected(): boolean {
    return this.bull.client.status === 'ready';
  }

  /** Called now, if Redis is there, and each time it comes back. */
  onceConnected(work: () => void): void {
    this.bull.client.on('ready', work);
    if (this.isConnected) work();
  }

  /** Waits for running jobs, but never longer than it may: closing Bull hangs while Redis is away. */
  async close(): Promise<void> {
    const closed = this.bull.close().catch((error: unknown) => this.complain(error));
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_WITHIN_MS)));
    await Promise.race([closed, tooLong]);
    clearTimeout(timer);
    this.isClosed = true;
    for (const connection of this.connections) connection.disconnect();
  }

  private connect(type: 'client' | 'subscriber' | 'bclient'): Redis {
    const connection = new Redis(this.config.redisUrl, {
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      connectTimeout: 5_000,
      retryStrategy: (attempt) => (this.isClosed ? null : Math.min(attempt * 100, LONGEST_RECONNECT_MS)),
    });
    // Bull may be half-way through closing when it is given up, and then connects once more.
    connection.on('connect', () => {
      if (this.isClosed) connection.disconnect();
    });
    if (type === 'client') {
      connection.on('ready', () => queueConnected.set(1));
      connection.on('close', () => queueConnected.set(0));
    }
    this.connections.push(connection);
    return connection;
  }

  private complain(error: unknown): void {
    if (performance.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.logger.warn({ err: error }, 'the queue is disturbed; the timers of the workers do its work');
  }
}
