import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../platform/database/transactions.js';
import { addDepartment } from './add-department.js';
import { Department } from './department.entity.js';
import { ReportingUnit } from './reporting-unit.entity.js';
import { REPORTING_UNITS } from './reporting-units.data.js';

export const TASK_FORCE_OFFICE = '稳增长专班办公室';

/**
 * What an empty database holds from the start: the rows of the weekly table and the task-force office, a department
 * that leads nothing. Run again it adds what is missing and brings names and places up to the data file.
 */
export async function seedOrganization(tx: Transaction, now: Date): Promise<void> {
  for (const unit of REPORTING_UNITS) {
    const known = await tx.manager.findOneBy(ReportingUnit, { code: unit.code });
    if (known === null) await tx.manager.insert(ReportingUnit, { id: uuidv7(), ...unit });
    else await tx.manager.update(ReportingUnit, { id: known.id }, unit);
  }
  const hasOffice = await tx.manager.existsBy(Department, { isTaskForce: true });
  if (hasOffice) return;
  await addDepartment(tx, now, {
    name: TASK_FORCE_OFFICE,
    code: null,
    level: 'city',
    reportingUnitId: null,
    isTaskForce: true,
  });
}
