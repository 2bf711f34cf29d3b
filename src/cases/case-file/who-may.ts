import { Refusal } from '../../platform/errors/refusal.js';
import { isLive } from '../lifecycle/states.js';
import { type OpenSubject, refusalParams } from '../subject-desk.js';

/** Who asks for what of which case or problem, at what moment. */
type Asked = Pick<OpenSubject, 'actor' | 'subject' | 'now'>;

/** Names the state, what was asked and what is allowed now. */
export const refusalOf = (
  { actor, subject, now }: Asked,
  action: string,
  status: 403 | 409,
  code: string,
): Refusal => new Refusal(status, code, refusalParams(subject, actor, action, now));

const notYours = (asked: Asked, action: string): Refusal => refusalOf(asked, action, 403, 'ACTION_NOT_YOURS');

/** Scope has already kept everybody else's cases away; what is left is who of those who see it may write. */

/** @throws Refusal 403 unless it is the department that leads it now, or did last */
export function requireLead(open: OpenSubject, action: string): void {
  if (isDepartment(open.actor, open.subject.row.leadDepartmentId)) return;
  throw notYours(open, action);
}

/** @throws Refusal 403 unless it is the task force or the lead department */
export function requireLeadOrTaskForce(open: OpenSubject, action: string): void {
  if (open.actor.kind === 'account' && open.actor.role === 'task_force') return;
  requireLead(open, action);
}

/**
 * The task force, the county it lies in, a portal of that territory, the departments that lead or co-handle it. A
 * department that only sees it in the claim pool has no part in it yet.
 * @throws Refusal 403
 */
export async function requireWorker(open: Asked & Pick<OpenSubject, 'tx'>, action: string): Promise<void> {
  const { actor, subject, tx } = open;
  if (actor.kind === 'api_key') return;
  if (actor.kind === 'account' && (actor.role === 'task_force' || actor.role === 'county')) return;
  if (isDepartment(actor, subject.row.leadDepartmentId) && subject.row.status !== 'reported') return;
  if (actor.kind === 'account' && actor.role === 'department') {
    const [coHandler] = await tx.query(
      'SELECT 1 FROM co_handlers WHERE assignment_id = $1 AND department_id = $2',
      [subject.assignment?.id ?? null, actor.departmentId],
    );
    if (coHandler !== undefined) return;
  }
  throw notYours(open, action);
}

/** @throws Refusal 409 CASE_NOT_LIVE */
export function requireLive(open: OpenSubject, action: string): void {
  if (!isLive(open.subject.row.status)) throw refusalOf(open, action, 409, 'CASE_NOT_LIVE');
}

const isDepartment = (actor: OpenSubject['actor'], departmentId: string | null): boolean =>
  actor.kind === 'account' &&
  actor.role === 'department' &&
  actor.departmentId !== null &&
  actor.departmentId === departmentId;
