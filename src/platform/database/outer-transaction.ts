import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/** Work for after the commit; nobody waits for it. */
export type Afterwards = () => void | Promise<void>;

const storage = new AsyncLocalStorage<OuterTransaction>();

/**
 * One transaction around all that a request does with the database, so that its answer can be stored with its effect:
 * the answer is read after the effect was written, and a process may be killed between any two statements. Features
 * know nothing of it and go on passing their own transactions; these become parts (savepoints) of this one, and reads
 * go over its connection and see what was written. Its parts come one after another: a connection has one transaction.
 */
export class OuterTransaction {
  private runner: QueryRunner | null = null;
  private readonly afterwards: Afterwards[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly runLater: (later: Afterwards) => void,
  ) {}

  /** The one that surrounds the caller, once it has begun and until it ends. */
  static current(): OuterTransaction | undefined {
    const outer = storage.getStore();
    return outer === undefined || outer.runner === null ? undefined : outer;
  }

  /** What is begun in passing and outlives the request, such as the refresh of a cache, has no part in any of them. */
  static apart<Result>(work: () => Result): Result {
    return storage.exit(work);
  }

  /** From `begin` on, all that `work` does with the database belongs to this transaction. */
  during<Result>(work: () => Promise<Result>): Promise<Result> {
    return storage.run(this, work);
  }

  async begin(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
    } catch (error) {
      await runner.release();
      throw error;
    }
    this.runner = runner;
  }

  get manager(): EntityManager {
    return this.open().manager;
  }

  /** Does the work as a part of this transaction and takes it back. */
  async rehearse<Result>(work: () => Promise<Result>): Promise<Result> {
    const runner = this.open();
    const known = this.afterwards.length;
    await runner.startTransaction();
    try {
      return await work();
    } finally {
      this.afterwards.length = known;
      await runner.rollbackTransaction();
    }
  }

  /** The `pg` connection itself, for prepared statements. */
  async connection(): Promise<PoolClient> {
    const client: PoolClient = await this.open().connect();
    return client;
  }

  afterCommit(later: Afterwards): void {
    this.afterwards.push(later);
  }

  async commit(): Promise<void> {
    await this.end((runner) => runner.commitTransaction());
    for (const later of this.afterwards) this.runLater(later);
  }

  /** Does nothing where none has begun, or it has ended. Without a connection the server rolls back by itself. */
  async rollback(): Promise<void> {
    if (this.runner === null) return;
    await this.end((runner) => runner.rollbackTransaction().catch(() => undefined));
  }

  private async end(by: (runner: QueryRunner) => Promise<void>): Promise<void> {
    const runner = this.open();
    try {
      await by(runner);
    } finally {
      this.runner = null;
      await runner.release();
    }
  }

  private open(): QueryRunner {
    if (this.runner === null) throw new Error('the outer transaction is not open');
    return this.runner;
  }
}
