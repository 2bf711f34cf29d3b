import { v7 as uuidv7 } from 'uuid';
import { SINCE_ALWAYS } from '../platform/clock/since-always.js';
import type { Transaction } from '../platform/database/transactions.js';
import { addDepartment } from './add-department.js';
import { Department } from './department.entity.js';
import { ReportingUnit } from './reporting-unit.entity.js';
import { ReportingUnitRevision } from './reporting-unit-revision.entity.js';
import { REPORTING_UNITS } from './reporting-units.data.js';

export const TASK_FORCE_OFFICE = '稳增长专班办公室';

/**
 * What an empty database holds from the start: the rows of the weekly table and the task-force office, a department
 * that leads nothing. Run again it adds what is missing and brings names and places up to the data file.
 */
export async function seedOrganization(tx: Transaction, now: Date, units = REPORTING_UNITS): Promise<void> {
  // The first units are as old as the ledger; of one that comes later nothing was known before, and a new name holds
  // from now on.
  const knownSince = (await tx.manager.existsBy(ReportingUnit, {})) ? now : SINCE_ALWAYS;
  for (const unit of units) {
    const known = await tx.manager.findOneBy(ReportingUnit, { code: unit.code });
    const id = known?.id ?? uuidv7();
    if (known === null) await tx.manager.insert(ReportingUnit, { id, ...unit });
    else await tx.manager.update(ReportingUnit, { id }, unit);
    if (known?.name === unit.name) continue;
    await tx.manager.insert(ReportingUnitRevision, {
      id: uuidv7(),
      reportingUnitId: id,
      effectiveAt: known === null ? SINCE_ALWAYS : now,
      recordedAt: knownSince,
      code: unit.code,
      name: unit.name,
    });
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
