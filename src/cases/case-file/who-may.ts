import { Refusal } from '../../platform/errors/refusal.js';
import { isLive } from '../lifecycle/states.js';
import type { OpenSubject } from '../subject-desk.js';

/** Scope has already kept everybody else's cases away; what is left is who of those who see it may write. */

/** @throws Refusal 403 unless it is the department that leads it now, or did last */
export function requireLead({ actor, subject }: OpenSubject, action: string): void {
  if (isDepartment(actor, subject.row.leadDepartmentId)) return;
  throw new Refusal(403, 'ACTION_NOT_YOURS', { action });
}

/** @throws Refusal 403 unless it is the task force or the lead department */
export function requireLeadOrTaskForce(open: OpenSubject, action: string): void {
  if (open.actor.kind === 'account' && open.actor.role === 'task_force') return;
  requireLead(open, action);
}

/**
 * The task force, the county it lies in, the departments that lead or co-handle it. A department that only sees it in
 * the claim pool has no part in it yet.
 * @throws Refusal 403
 */
export async function requireWorker(
  { actor, subject, tx }: Pick<OpenSubject, 'actor' | 'subject' | 'tx'>,
  action: string,
): Promise<void> {
  if (actor.kind === 'account' && (actor.role === 'task_force' || actor.role === 'county')) return;
  if (isDepartment(actor, subject.row.leadDepartmentId) && subject.row.status !== 'reported') return;
  if (actor.kind === 'account' && actor.role === 'department') {
    const [coHandler] = await tx.query(
      'SELECT 1 FROM co_handlers WHERE assignment_id = $1 AND department_id = $2',
      [subject.assignment?.id ?? null, actor.departmentId],
    );
    if (coHandler !== undefined) return;
  }
  throw new Refusal(403, 'ACTION_NOT_YOURS', { action });
}

/** @throws Refusal 409 CASE_NOT_LIVE */
export function requireLive({ subject }: OpenSubject): void {
  const { status } = subject.row;
  if (!isLive(status)) throw new Refusal(409, 'CASE_NOT_LIVE', { status });
}

const isDepartment = (actor: OpenSubject['actor'], departmentId: string | null): boolean =>
  actor.kind === 'account' &&
  actor.role === 'department' &&
  actor.departmentId !== null &&
  actor.departmentId === departmentId;
