import type { Transaction } from '../../platform/database/transactions.js';
import type { AssignmentEnd } from '../assignment.entity.js';
import type { OpenSubject } from '../subject-desk.js';
import type { Subject } from '../subject.js';

/** Ends the assignment in force, where there is one, with what waited for a decision on it. */
export const endAssignment = (
  { tx, subject, now }: Pick<OpenSubject, 'tx' | 'subject' | 'now'>,
  reason: AssignmentEnd,
): Promise<void> => endAssignments(tx, [subject], reason, now);

/** The same for all that end together. */
export async function endAssignments(
  tx: Transaction,
  subjects: readonly Subject[],
  reason: AssignmentEnd,
  now: Date,
): Promise<void> {
  const ids = subjects.flatMap(({ assignment }) => assignment?.id ?? []);
  if (ids.length === 0) return;
  await tx.query('UPDATE assignments SET ended_at = $2, end_reason = $3 WHERE id = ANY ($1::uuid[])', [
    ids,
    now,
    reason,
  ]);
  await tx.query(
    `UPDATE extensions SET decided_at = $2, decision = 'lapsed'
      WHERE assignment_id = ANY ($1::uuid[]) AND decided_at IS NULL`,
    [ids, now],
  );
  await tx.query(
    `UPDATE closure_requests SET decided_at = $2, decision = 'terminated'
      WHERE assignment_id = ANY ($1::uuid[]) AND decided_at IS NULL`,
    [ids, now],
  );
}
