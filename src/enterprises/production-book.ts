import type { Transaction } from '../platform/database/transactions.js';

/** What the register has to do with production. It is a port: production stands on the register, which cannot import it. */
export abstract class ProductionBook {
  /** In the transaction of the change: what output is compared with is another. */
  abstract baselineChanged(tx: Transaction, enterpriseId: string): Promise<void>;

  /**
   * The condition that an enterprise was last judged to be one of some statuses.
   * @param enterprise column with its id, a constant of the code
   * @param statuses the parameter that holds them, `$n`
   */
  abstract isAnyOf(enterprise: string, statuses: string): string;
}
