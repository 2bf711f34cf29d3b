import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** Reads on the pool, outside any transaction. */
@Injectable()
export class Reader {
  constructor(private readonly dataSource: DataSource) {}

  /** Rows of a statement with parameters `$1…`. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query(sql, [...parameters]);
    return result.rows as Row[];
  }

  /** The same for hot reads: each connection prepares the statement once under its name. */
  async named<Row>(name: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query({ name, text: sql, values: [...parameters] });
    return result.rows as Row[];
  }

  /** TypeORM's own pool of pg connections, so that there is one bound for all. */
  private get pool(): Pool {
    return (this.dataSource.driver as PostgresDriver).master as Pool;
  }
}
