import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../src/platform/database/transactions.js';
import {
  ProductionFigure,
  type ProductionMetric,
  type ProductionSource,
} from '../../src/production/production-figure.entity.js';
import { JudgeProduction } from '../../src/production/judging/judge-production.js';
import { Unjudged } from '../../src/production/judging/unjudged.js';
import { RegisterFactory } from '../factories/register.js';
import { createRegisterApp, type RegisterApp } from './register-app.js';

interface Figure {
  enterpriseId: string;
  month: string;
  metric: ProductionMetric;
  source: ProductionSource;
  value: number;
  revision: number;
}

export interface StateRow {
  month: string;
  revision: number;
  status: string;
  rule: string;
  policyVersion: number;
}

/** Figures of enterprises, and judging them, on a database of their own. */
export class ProductionWorld {
  private constructor(
    readonly world: RegisterApp,
    readonly make: RegisterFactory,
  ) {}

  static async begin(): Promise<ProductionWorld> {
    const world = await createRegisterApp();
    return new ProductionWorld(world, new RegisterFactory(world.dataSource));
  }

  get judging(): JudgeProduction {
    return this.world.app.get(JudgeProduction);
  }

  /** Output and days of months, as the enterprise says; to be judged. @param beforeCommit is waited for */
  async report(
    enterpriseId: string,
    outputs: Readonly<Record<string, number>>,
    revision = 1,
    beforeCommit?: () => Promise<void>,
  ): Promise<void> {
    await this.world.transactions.run(async (tx) => {
      for (const [month, output] of Object.entries(outputs)) {
        const of = { enterpriseId, month, source: 'enterprise', revision } as const;
        await this.insert(tx, { ...of, metric: 'output_value', value: output });
        await this.insert(tx, { ...of, metric: 'production_days', value: output > 0 ? 20 : 0 });
      }
      await this.world.app.get(Unjudged).add(tx, [enterpriseId]);
      await beforeCommit?.();
    });
  }

  async figure(
    enterpriseId: string,
    month: string,
    metric: ProductionMetric,
    source: ProductionSource,
    value: number,
    revision = 1,
  ): Promise<void> {
    await this.world.transactions.run((tx) =>
      this.insert(tx, { enterpriseId, month, metric, source, value, revision }),
    );
  }

  private async insert(tx: Transaction, { month, value, ...figure }: Figure): Promise<void> {
    await tx.manager.insert(ProductionFigure, {
      ...figure,
      id: randomUUID(),
      month: `${month}-01`,
      value: String(value),
      recordedAt: this.world.clock.now(),
    });
  }

  /** In the order in which they came. */
  states(enterpriseId: string): Promise<StateRow[]> {
    return this.world.dataSource.query(
      `SELECT to_char(month, 'YYYY-MM') AS month, revision, status, rule, policy_version AS "policyVersion"
         FROM production_states WHERE enterprise_id = $1 ORDER BY recorded_at, month, revision`,
      [enterpriseId],
    );
  }

  async waiting(): Promise<number> {
    const [row] = await this.world.dataSource.query(
      'SELECT count(*)::int AS waiting FROM production_unjudged',
    );
    return row.waiting;
  }

  close(): Promise<void> {
    return this.world.close();
  }
}

/** `{'2021-01': 100, …}` */
export const year = (of: number, output: number): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [`${of}-${String(month + 1).padStart(2, '0')}`, output]),
  );
