import { v7 as uuidv7 } from 'uuid';
import { SINCE_ALWAYS } from '../platform/clock/since-always.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Department } from './department.entity.js';
import { DepartmentRevision } from './department-revision.entity.js';

export type NewDepartment = Pick<Department, 'code' | 'name' | 'level' | 'reportingUnitId'> & {
  isTaskForce?: boolean;
};

/** Adds a department with its first revision, which holds since always: ledgers tell of assignments before it was known. */
export async function addDepartment(tx: Transaction, now: Date, fields: NewDepartment): Promise<Department> {
  const department = tx.manager.create(Department, {
    ...fields,
    id: uuidv7(),
    isTaskForce: fields.isTaskForce ?? false,
    isActive: true,
    version: 1,
  });
  await tx.manager.insert(Department, department);
  await addDepartmentRevision(tx, department, SINCE_ALWAYS, now);
  return department;
}

/** Appends what the department is called and where it stands from `effectiveAt` on. */
export async function addDepartmentRevision(
  tx: Transaction,
  department: Pick<Department, 'id' | 'code' | 'name' | 'level'>,
  effectiveAt: Date,
  recordedAt: Date,
): Promise<void> {
  const { id: departmentId, code, name, level } = department;
  await tx.manager.insert(DepartmentRevision, {
    id: uuidv7(),
    departmentId,
    effectiveAt,
    recordedAt,
    code,
    name,
    level,
  });
}
