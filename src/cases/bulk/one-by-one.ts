import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { refusalOfDatabaseFault } from '../../platform/errors/database-faults.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { BulkItemView } from './bulk.dto.js';

/** Does something to many rows, each by itself: what is refused for one stops no other. */
@Injectable()
export class OneByOne {
  private readonly logger = new Logger(OneByOne.name);

  constructor(private readonly transactions: Transactions) {}

  /** In the order of ids, which is that of all who lock several rows; answered in the order asked. */
  async run(ids: readonly string[], verb: (id: string) => Promise<unknown>): Promise<BulkItemView[]> {
    const items = new Map<string, BulkItemView>();
    for (const id of ids.toSorted()) items.set(id, await this.one(id, verb));
    return ids.flatMap((id) => items.get(id) ?? []);
  }

  private async one(id: string, verb: (id: string) => Promise<unknown>): Promise<BulkItemView> {
    try {
      await verb(id);
      return { id, status: 200 };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOfDatabaseFault(error);
      // What may go well the next time is no answer to keep for a day: all is taken back, and the repeat does it.
      if (this.transactions.isSurrounded && isPassing(refusal)) throw error;
      if (refusal === undefined) {
        // What the others have become is still to be told.
        this.logger.error({ err: error, id }, 'one of a bulk failed');
        return { id, status: 500, code: 'INTERNAL' };
      }
      const { status, code, params, faults } = refusal;
      const errors = faults.map(({ pointer, code: fault }) => ({ pointer, code: fault }));
      return { id, status, code, params, ...(errors.length === 0 ? {} : { errors }) };
    }
  }
}

const isPassing = (refusal: Refusal | undefined): boolean =>
  refusal === undefined || refusal.status >= 500 || refusal.code === 'CONFLICT_CONCURRENT';
