import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { OuterTransaction } from './outer-transaction.js';
import { preparedName } from './prepared-names.js';

/** Reads on the pool, outside any transaction; inside the one of the whole request where it has one. */
@Injectable()
export class Reader {
  constructor(private readonly dataSource: DataSource) {}

  /** Rows of a statement with parameters `$1…`. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await (await this.connection()).query(sql, [...parameters]);
    return result.rows as Row[];
  }

  /** The same for hot reads: each connection prepares the statement once under its name. */
  async named<Row>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await (await this.connection()).query({ name, text: sql, values: [...parameters] });
    return result.rows as Row[];
  }

  /** The same for statements put together from a closed set of conditions: each text gets a name of its own. */
  async prepared<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const name = preparedName(sql);
    return name === undefined ? this.query(sql, parameters) : this.named(name, sql, parameters);
  }

  /** Reads of `work` go over the pool, even where a request has a transaction: nobody waits for them, and it may be over. */
  apart<Result>(work: () => Promise<Result>): Promise<Result> {
    return OuterTransaction.apart(work);
  }

  private async connection(): Promise<Pool | PoolClient> {
    return OuterTransaction.current()?.connection() ?? this.pool;
  }

  /** TypeORM's own pool of pg connections, so that there is one bound for all. */
  private get pool(): Pool {
    return (this.dataSource.driver as PostgresDriver).master as Pool;
  }
}
