import type { Transaction } from '../../platform/database/transactions.js';
import { DEFAULT_PARAMETERS } from '../rules/parameters.js';

const REASON = '系统默认参数';

/** Writes the default parameters as version 1 where there is no policy yet; running it again changes nothing. */
export async function seedProductionPolicy(tx: Transaction, recordedAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO production_policies (version, parameters, reason, recorded_at, recorded_by)
     SELECT 1, $1::jsonb, $2, $3::timestamptz, NULL WHERE NOT EXISTS (SELECT 1 FROM production_policies)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(DEFAULT_PARAMETERS), REASON, recordedAt],
  );
}
