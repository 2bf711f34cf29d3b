import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { DEFAULT_PARAMETERS, type ProductionParameters } from '../rules/parameters.js';

export interface PolicyInForce {
  version: number;
  parameters: ProductionParameters;
}

/** By which parameters enterprises are judged. */
@Injectable()
export class ProductionPolicies {
  /** The highest version. A number that it did not know yet is the default's. */
  async inForceIn(tx: Transaction): Promise<PolicyInForce> {
    const [policy] = await tx.query<{ version: number; parameters: Partial<ProductionParameters> }>(
      'SELECT version, parameters FROM production_policies ORDER BY version DESC LIMIT 1',
    );
    if (policy === undefined) throw new Error('the first production policy is missing');
    return { version: policy.version, parameters: { ...DEFAULT_PARAMETERS, ...policy.parameters } };
  }
}
