import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { Role } from './role.js';
import { type Binding, requireBinding } from './role-binding.js';

/**
 * The whole binding of an account; the task force's department is its office, which need not be named.
 * @throws Refusal 400 ACCOUNT_BINDING_INVALID, 409 REFERENCE_UNKNOWN
 */
export async function bindingOf(
  tx: Transaction,
  role: Role | null,
  given: Partial<Binding>,
): Promise<Binding> {
  const office = role === 'task_force' ? await tx.manager.findOneBy(Department, { isTaskForce: true }) : null;
  const binding: Binding = {
    departmentId: office?.id ?? given.departmentId ?? null,
    officialId: given.officialId ?? null,
    reportingUnitId: given.reportingUnitId ?? null,
  };
  requireBinding(role, binding);
  if (role === 'department' && binding.departmentId !== null)
    await requireHandlingDepartment(tx, binding.departmentId);
  if (role === 'leader' && binding.officialId !== null) await requireLeader(tx, binding.officialId);
  return binding;
}

async function requireHandlingDepartment(tx: Transaction, id: string): Promise<void> {
  const isOne = await tx.manager.existsBy(Department, { id, isTaskForce: false, isActive: true });
  if (!isOne) throw unknown('departmentId');
}

async function requireLeader(tx: Transaction, id: string): Promise<void> {
  const isOne = await tx.manager.existsBy(Official, { id, duty: 'leader', isActive: true });
  if (!isOne) throw unknown('officialId');
}

const unknown = (field: string): Refusal =>
  new Refusal(409, 'REFERENCE_UNKNOWN', {}, [{ pointer: `/${field}`, code: 'REFERENCE_UNKNOWN' }]);
