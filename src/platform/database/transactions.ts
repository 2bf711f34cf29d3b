import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { type Afterwards, OuterTransaction } from './outer-transaction.js';
import { preparedName } from './prepared-names.js';

/** Where something can be read: a transaction, a snapshot, the pool. */
export interface Queries {
  /** Rows of a statement with parameters `$1…`. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** An open transaction, passed explicitly to whatever writes in it. */
export interface Transaction extends Queries {
  readonly manager: EntityManager;
  /** The same for hot statements of a closed set: each connection prepares it once, since planning costs as much as the work. */
  prepared<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Runs once the transaction has been committed, and never if it was not; nobody waits for it. */
  afterCommit(work: Afterwards): void;
}

/** Opens transactions. Everything that one change writes goes into one of them. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const afterwards: Afterwards[] = [];
    const outer = OuterTransaction.current();
    const result = await (outer?.manager ?? this.dataSource).transaction(async (manager) =>
      work({ ...transactionOf(manager), afterCommit: (later) => void afterwards.push(later) }),
    );
    for (const later of afterwards) {
      if (outer === undefined) void this.runLater(later);
      else outer.afterCommit(later);
    }
    return result;
  }

  /** Whether what is run here is a part of the one transaction of a whole request. */
  get isSurrounded(): boolean {
    return OuterTransaction.current() !== undefined;
  }

  /** One transaction for a whole request; see {@link OuterTransaction} for when that is right. */
  outer(): OuterTransaction {
    return new OuterTransaction(this.dataSource, (later) => void this.runLater(later));
  }

  /** Does the work and takes all of it back: what is answered is what would come of it. */
  async rehearse<Result>(work: () => Promise<Result>): Promise<Result> {
    const surrounding = OuterTransaction.current();
    if (surrounding !== undefined) return surrounding.rehearse(work);
    const outer = this.outer();
    try {
      return await outer.during(async () => {
        await outer.begin();
        return work();
      });
    } finally {
      await outer.rollback();
    }
  }

  private async runLater(later: Afterwards): Promise<void> {
    try {
      await later();
    } catch (error) {
      this.logger.warn({ err: error }, 'work after commit failed; the timers will find what it left');
    }
  }
}

const transactionOf = (manager: EntityManager): Omit<Transaction, 'afterCommit'> => ({
  manager,
  query: (sql, parameters) => rowsOf(manager, sql, parameters),
  prepared: (sql, parameters) => preparedRowsOf(manager, sql, parameters),
});

async function preparedRowsOf<Row>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const name = preparedName(sql);
  if (name === undefined || manager.queryRunner === undefined) return rowsOf(manager, sql, parameters);
  // TypeORM knows no names; the connection underneath does.
  const client: PoolClient = await manager.queryRunner.connect();
  const { rows } = await client.query<Row & QueryResultRow>({ name, text: sql, values: [...parameters] });
  return rows;
}

/** TypeORM answers UPDATE and DELETE with [rows, count]; here it is always the rows. */
async function rowsOf<Row>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const answer: unknown = await manager.query(sql, [...parameters]);
  const isWithCount =
    Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
  return (isWithCount ? answer[0] : answer) as Row[];
}
