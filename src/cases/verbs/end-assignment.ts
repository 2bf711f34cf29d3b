import type { AssignmentEnd } from '../assignment.entity.js';
import type { OpenSubject } from '../subject-desk.js';

/** Ends the assignment in force, where there is one, with what waited for a decision on it. */
export async function endAssignment(
  { tx, subject, now }: Pick<OpenSubject, 'tx' | 'subject' | 'now'>,
  reason: AssignmentEnd,
): Promise<void> {
  if (subject.assignment === null) return;
  const { id } = subject.assignment;
  await tx.query('UPDATE assignments SET ended_at = $2, end_reason = $3 WHERE id = $1', [id, now, reason]);
  await tx.query(
    `UPDATE extensions SET decided_at = $2, decision = 'lapsed' WHERE assignment_id = $1 AND decided_at IS NULL`,
    [id, now],
  );
  await tx.query(
    `UPDATE closure_requests SET decided_at = $2, decision = 'terminated' WHERE assignment_id = $1 AND decided_at IS NULL`,
    [id, now],
  );
}
