import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction, passed explicitly to whatever writes in it. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Rows of a statement with parameters `$1…`. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs once the transaction has been committed, and never if it was not; nobody waits for it. */
  afterCommit(work: () => void | Promise<void>): void;
}

/** Opens transactions. Everything that one change writes goes into one of them. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const afterwards: Array<() => void | Promise<void>> = [];
    const result = await this.dataSource.transaction(async (manager) =>
      work({
        manager,
        query: (sql, parameters) => rowsOf(manager, sql, parameters),
        afterCommit: (later) => void afterwards.push(later),
      }),
    );
    for (const later of afterwards) void this.runLater(later);
    return result;
  }

  private async runLater(later: () => void | Promise<void>): Promise<void> {
    try {
      await later();
    } catch (error) {
      this.logger.warn({ err: error }, 'work after commit failed; the timers will find what it left');
    }
  }
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
