import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RateLimit, Told } from './rate-limit.js';

/** What is taken meanwhile, other processes do not know of. */
const TELL_AFTER_MS = 200;
/** After a telling that failed. */
const TRY_AGAIN_AFTER_MS = 1_000;
const MOST_AT_ONCE = 500;
const PATIENCE_MS = 1_000;
const LONGEST_RECONNECT_MS = 2_000;
const COMPLAIN_EVERY_MS = 60_000;

/**
 * Adds to each counter, unless it was told so already, and says what it holds. One that nobody asks of any more goes by
 * itself. A Redis that answers late carries out every copy of what it was sent, in whatever order connections come.
 */
const ADD = `
  local isNew = tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[2])
  if isNew then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1]) end
  local totals = {}
  for i = 2, #KEYS do
    totals[i - 1] = redis.call('INCRBY', KEYS[i], isNew and ARGV[i + 1] or 0)
    redis.call('PEXPIRE', KEYS[i], ARGV[1])
  end
  return totals`;

/** What is told at once, again and again until Redis has answered. */
interface Telling {
  readonly limit: RateLimit;
  readonly told: readonly Told[];
  /** Higher than of any before it. */
  readonly number: number;
}

/**
 * Tells Redis what this process has counted, and hears what all have. No request waits for it. While Redis is away the
 * limits hold for each process by itself, with what was last heard.
 */
export class SharedCounts {
  private readonly logger = new Logger(SharedCounts.name);
  private readonly redis: Redis;
  private readonly teller = randomUUID();
  private tellings = 0;
  /** Nobody can say whether it has arrived. */
  private open: Telling | undefined;
  private underWay: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private complainedAt = Number.NEGATIVE_INFINITY;

  constructor(
    redisUrl: string,
    private readonly prefix: string,
    private readonly limits: readonly RateLimit[],
  ) {
    this.redis = new Redis(redisUrl, {
      // A process that serves nobody has nothing to tell.
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: PATIENCE_MS,
      connectTimeout: PATIENCE_MS,
      retryStrategy: (attempt) => (this.isClosed ? null : Math.min(attempt * 100, LONGEST_RECONNECT_MS)),
    });
    this.redis.on('error', (error) => this.complain(error));
  }

  /** Something was taken. Costs nothing where a telling is due anyway. */
  tellSoon(afterMs = TELL_AFTER_MS): void {
    if (this.timer !== undefined || this.isClosed) return;
    this.timer = setTimeout(() => void this.tell(), afterMs).unref();
  }

  /** @returns once nothing is left to be told, or it has failed; never fails itself. */
  tell(): Promise<void> {
    this.underWay ??= this.tellAll().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /** Once the connection has ended: what still waits for an answer on it has timers, which hold a process. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    // One that never began, or has ended, would hold the process for two seconds more.
    if (['wait', 'end'].includes(this.redis.status)) return;
    const ended = new Promise((resolve) => this.redis.once('end', resolve));
    // Between two attempts there is nothing to end.
    const isConnected = this.redis.status !== 'reconnecting';
    this.redis.disconnect();
    if (isConnected) await ended;
  }

  private async tellAll(): Promise<void> {
    try {
      // Later ones find the connection there; what it is for was taken without it, and waits.
      if (this.redis.status === 'wait') await this.redis.connect();
      while ((this.open ??= this.next()) !== undefined) {
        await this.add(this.open);
        this.open = undefined;
      }
      this.rest();
    } catch (error) {
      // One that has not answered in time may never do so: copies must not pile up on its way.
      if (this.redis.status === 'ready') this.redis.disconnect(true);
      this.complain(error);
      this.rest(TRY_AGAIN_AFTER_MS);
    }
  }

  private next(): Telling | undefined {
    const limit = this.limits.find(({ hasUntold }) => hasUntold);
    if (limit === undefined) return undefined;
    this.tellings += 1;
    return { limit, told: limit.tell(MOST_AT_ONCE), number: this.tellings };
  }

  private async add({ limit, told, number }: Telling): Promise<void> {
    const totals = await this.redis.eval(
      ADD,
      told.length + 1,
      `${this.prefix}:told:${this.teller}`,
      ...told.map(({ taken, window }) => `${this.prefix}:limit:${limit.name}:${window}:${taken.key}`),
      limit.windowSeconds * 2_000,
      number,
      ...told.map(({ count }) => count),
    );
    told.forEach((one, index) => limit.hear(one, Number(Object(totals)[index])));
  }

  private rest(afterMs?: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.open !== undefined || this.limits.some(({ hasUntold }) => hasUntold)) this.tellSoon(afterMs);
  }

  private complain(error: unknown): void {
    if (this.isClosed || performance.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.logger.warn({ err: error }, 'limits hold for each process by itself while Redis is away');
  }
}
