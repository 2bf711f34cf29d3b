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

/** Adds to each counter, and says what it holds. One that nobody asks of any more goes by itself. */
const ADD = `
  local totals = {}
  for i, key in ipairs(KEYS) do
    totals[i] = redis.call('INCRBY', key, ARGV[i + 1])
    redis.call('PEXPIRE', key, ARGV[1])
  end
  return totals`;

/**
 * Tells Redis what this process has counted, and hears what all have. No request waits for it. While Redis is away the
 * limits hold for each process by itself, with what was last heard.
 */
export class SharedCounts {
  private readonly logger = new Logger(SharedCounts.name);
  private readonly redis: Redis;
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
  async tell(): Promise<void> {
    try {
      // Later ones find the connection there; what it is for was taken without it, and waits.
      if (this.redis.status === 'wait') await this.redis.connect();
      for (const limit of this.limits) while (limit.hasUntold) await this.add(limit);
      this.rest();
    } catch (error) {
      this.complain(error);
      this.rest(TRY_AGAIN_AFTER_MS);
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    // On one that never began, or has ended, it would hold the process for two seconds more.
    if (!['wait', 'end'].includes(this.redis.status)) this.redis.disconnect();
  }

  private async add(limit: RateLimit): Promise<void> {
    const told = limit.tell(MOST_AT_ONCE);
    try {
      const totals = await this.redis.eval(
        ADD,
        told.length,
        ...told.map(({ taken, window }) => `${this.prefix}:limit:${limit.name}:${window}:${taken.key}`),
        limit.windowSeconds * 2_000,
        ...told.map(({ count }) => count),
      );
      told.forEach((one, index) => limit.hear(one, Number(Object(totals)[index])));
    } catch (error) {
      told.forEach((one: Told) => limit.takeBack(one));
      throw error;
    }
  }

  private rest(afterMs?: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.limits.some(({ hasUntold }) => hasUntold)) this.tellSoon(afterMs);
  }

  private complain(error: unknown): void {
    if (this.isClosed || performance.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.logger.warn({ err: error }, 'limits hold for each process by itself while Redis is away');
  }
}
