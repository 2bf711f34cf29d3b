import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import { Reader } from '../database/reader.js';

/** A probe that takes longer has failed. */
const PATIENCE_MS = 1_500;

export type PartState = 'up' | 'down';
export type SchemaState = PartState | 'behind';

export interface Readiness {
  /** `degraded`: requests are served, but wake-ups wait for the timers. */
  status: 'ready' | 'degraded' | 'unavailable';
  database: PartState;
  /** `behind`: a table that this build knows is missing. */
  schema: SchemaState;
  redis: PartState;
}

/** Whether requests can be served now, asked of what they need. */
@Injectable()
export class ReadinessProbe implements OnApplicationShutdown {
  private readonly redis: Redis;
  /** Once complete it stays so. */
  private isSchemaComplete = false;

  constructor(
    config: AppConfig,
    private readonly reader: Reader,
    private readonly dataSource: DataSource,
  ) {
    this.redis = new Redis(config.redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      connectTimeout: PATIENCE_MS,
      retryStrategy: () => null,
    });
    // Asked again at the next probe; nothing is to be said meanwhile.
    this.redis.on('error', () => undefined);
  }

  async read(): Promise<Readiness> {
    const [schema, redis] = await Promise.all([
      within(this.schema()).catch((): SchemaState => 'down'),
      within(this.ping()).then(
        (): PartState => 'up',
        (): PartState => this.giveUpRedis(),
      ),
    ]);
    const database = schema === 'down' ? 'down' : 'up';
    const status = schema !== 'up' ? 'unavailable' : redis === 'up' ? 'ready' : 'degraded';
    return { status, database, schema, redis };
  }

  onApplicationShutdown(): void {
    this.giveUpRedis();
  }

  private async ping(): Promise<void> {
    // It never reconnects by itself: a probe is the only reason to.
    if (this.redis.status === 'wait' || this.redis.status === 'end') await this.redis.connect();
    await this.redis.ping();
  }

  /** A connection that hangs is left, so that no commands pile up on it. */
  private giveUpRedis(): PartState {
    // On one that has ended it would hold the process for two seconds more.
    if (this.redis.status !== 'end') this.redis.disconnect();
    return 'down';
  }

  private async schema(): Promise<SchemaState> {
    if (this.isSchemaComplete) {
      await this.reader.query('SELECT 1');
      return 'up';
    }
    const tables = this.dataSource.entityMetadatas.map((entity) => entity.tableName);
    const missing = await this.reader.query(
      `SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass('public.' || quote_ident(name)) IS NULL`,
      [tables],
    );
    this.isSchemaComplete = missing.length === 0;
    return this.isSchemaComplete ? 'up' : 'behind';
  }
}

async function within<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('probe timed out')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
