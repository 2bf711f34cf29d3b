import { Injectable } from '@nestjs/common';
import { ProductionBook } from '../../enterprises/production-book.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Unjudged } from './unjudged.js';

/** What the register is told of production. */
@Injectable()
export class JudgedProduction extends ProductionBook {
  constructor(private readonly unjudged: Unjudged) {
    super();
  }

  baselineChanged(tx: Transaction, enterpriseId: string): Promise<void> {
    return this.unjudged.add(tx, [enterpriseId]);
  }

  isAnyOf(enterprise: string, statuses: string): string {
    return `EXISTS (SELECT 1 FROM production_statuses p WHERE p.enterprise_id = ${enterprise} AND p.status = ANY(${statuses}::text[]))`;
  }
}
