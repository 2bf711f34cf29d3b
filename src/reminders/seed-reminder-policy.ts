import type { Transaction } from '../platform/database/transactions.js';
import { DEFAULT_RUNGS } from './ladder.js';

/** Writes the default ladder as version 1 where there is no policy yet; running it again changes nothing. */
export async function seedReminderPolicy(tx: Transaction, recordedAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO reminder_policies (version, applies_to, rungs, recorded_at, recorded_by, replanned_at)
     SELECT 1, 'default', $1::jsonb, $2::timestamptz, NULL, $2::timestamptz
      WHERE NOT EXISTS (SELECT 1 FROM reminder_policies)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(DEFAULT_RUNGS), recordedAt],
  );
}
