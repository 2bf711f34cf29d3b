import type { Transaction } from '../../../platform/database/transactions.js';

/**
 * Follow-ups of a closure that does not stand any more: the case was reopened, and perhaps closed anew.
 * @param caseIds `null`: whichever
 */
export async function cancelOutdated(tx: Transaction, caseIds: readonly string[] | null): Promise<number> {
  const cancelled = await tx.query(
    `UPDATE recovery_follow_ups SET status = 'cancelled', version = version + 1
      WHERE id IN (
        SELECT f.id FROM recovery_follow_ups f
          JOIN cases c ON c.id = f.case_id
          JOIN case_events e ON e.id = f.closure_event_id
         WHERE f.status = 'due' AND ($1::uuid[] IS NULL OR f.case_id = ANY ($1::uuid[]))
           AND (c.status <> 'resolved' OR c.resolved_at <> e.effective_at)
         ORDER BY f.id FOR UPDATE OF f SKIP LOCKED)
        AND status = 'due'
      RETURNING id`,
    [caseIds],
  );
  return cancelled.length;
}
