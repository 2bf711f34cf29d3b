import { types } from 'pg';
import type { DataSourceOptions, MixedList } from 'typeorm';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';

/** Calendar dates stay the `YYYY-MM-DD` they are; pg would make them midnight of whatever zone the machine is in. */
types.setTypeParser(types.builtins.DATE, (text) => text);

/**
 * How every part of the product opens its database. A statement may take 30 s and wait 10 s for a lock, and a
 * transaction left idle is ended after 60 s: nothing hangs.
 */
export function dataSourceOptions(
  url: string,
  poolSize: number,
  entities: MixedList<Function>,
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    entities,
    namingStrategy: new SnakeNamingStrategy(),
    applicationName: 'shukun',
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 30_000, lock_timeout: 10_000, idle_in_transaction_session_timeout: 60_000 },
  };
}
