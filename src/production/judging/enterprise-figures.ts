import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import type { KnownProduction } from './known-production.js';

/** What the rules ask, read for many enterprises at a time. */
@Injectable()
export class EnterpriseFigures {
  /** By enterprise, of those that exist. */
  async load(tx: Transaction, enterpriseIds: readonly string[]): Promise<Map<string, KnownProduction>> {
    return Promise.reject(new Error(`not yet: ${[tx, enterpriseIds].length}`));
  }
}
