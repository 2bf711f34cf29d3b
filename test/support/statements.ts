import type { INestApplicationContext } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** One statement as it was sent to PostgreSQL. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

type Sent = [string | { text: string; values?: unknown[] }, unknown[]?, ...unknown[]];

/** Everything that the product sends over its pool, whichever way it goes there. */
export class Statements {
  private sent: Statement[] = [];
  private readonly known = new WeakSet<PoolClient>();

  private constructor(pool: Pool) {
    pool.on('acquire', (client) => this.listen(client));
  }

  static of(app: INestApplicationContext): Statements {
    return new Statements((app.get(DataSource).driver as PostgresDriver).master as Pool);
  }

  /** What is sent from the beginning of the work to its end. */
  async during(work: () => Promise<unknown>): Promise<Statement[]> {
    this.sent = [];
    await work();
    return this.sent;
  }

  private listen(client: PoolClient): void {
    if (this.known.has(client)) return;
    this.known.add(client);
    const query = client.query.bind(client) as (...sent: Sent) => unknown;
    client.query = ((...sent: Sent) => {
      const [asked, values = []] = sent;
      this.sent.push(
        typeof asked === 'string'
          ? { sql: asked, parameters: values }
          : { sql: asked.text, parameters: asked.values ?? [] },
      );
      return query(...sent);
    }) as typeof client.query;
  }
}
