import type { Transaction } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';

/** Reporting units that one key or webhook may be bound to: more than there are. */
export const MOST_UNITS = 100;

/** @param ids each once; `null` is all of them. @throws Refusal 409 REFERENCE_UNKNOWN at `/reportingUnitIds` */
export async function requireUnits(tx: Transaction, ids: readonly string[] | null): Promise<void> {
  if (ids === null) return;
  const [known] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM reporting_units WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  if (known?.count === ids.length) return;
  throw new Refusal(409, 'REFERENCE_UNKNOWN', {}, [
    { pointer: '/reportingUnitIds', code: 'REFERENCE_UNKNOWN' },
  ]);
}
