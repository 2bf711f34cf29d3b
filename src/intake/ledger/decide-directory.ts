import type { RegistryOfficial, Registry } from './registry.js';
import { readText } from './cells/text.js';
import { dutyOf } from './cells/words.js';
import { firstFault, type Fault } from './findings.js';
import type { LedgerPlan, OfficialUpdate } from './ledger-plan.js';
import type { DirectoryRow, LedgerSheet } from './rows.js';
import type { SheetOutcome } from './sheet-outcome.js';

/** Decides 通讯录: new departments and officials go into the plan and the registry, known ones are kept up to date. */
export function decideDirectory(
  sheet: LedgerSheet<DirectoryRow>,
  registry: Registry,
  plan: LedgerPlan,
  outcome: SheetOutcome,
): void {
  const firstRows = new Map<RegistryOfficial, number>();
  for (const row of sheet.rows) {
    const fault = firstFault([...(row.faults ?? []), ...placeFaults(row, sheet, registry)]);
    if (fault) {
      outcome.reject(row.row, fault);
      continue;
    }
    addDepartment(row, registry, plan);
    const known = registry.official(row.department, row.name);
    if (!known) {
      firstRows.set(addOfficial(row, registry, plan), row.row);
      outcome.accept(row.row, row.warnings);
      continue;
    }
    const update = updateOf(row, known);
    const first = firstRows.get(known);
    if (update === null) outcome.keep(row.row, row.warnings);
    else if (first !== undefined || known.id === null) {
      const column = sheet.heading('name');
      outcome.reject(row.row, {
        code: 'ROW_CONFLICT',
        column,
        reason: 'same_file',
        params: { first: first ?? 0 },
      });
    } else {
      plan.officialUpdates.push({ ...update, row: row.row, officialId: known.id });
      // A second row about the same person must agree with this one.
      const { post = known.post, duty = known.duty, mobile = known.mobile, email = known.email } = update;
      const updated: RegistryOfficial = { ...known, post, duty, mobile, email };
      registry.addOfficial(updated);
      firstRows.set(updated, row.row);
      outcome.accept(row.row, row.warnings);
    }
  }
}

/** What is wrong with the department's place, in the light of what is known. */
function placeFaults(row: DirectoryRow, sheet: LedgerSheet<DirectoryRow>, registry: Registry): Fault[] {
  const known = registry.department(row.department);
  const missing = (column: string): Fault[] => [{ code: 'REQUIRED_MISSING', column: sheet.heading(column) }];
  const unit = row.unit === '' ? null : registry.unit(row.unit);
  if (unit === undefined) {
    return [{ code: 'REPORTING_UNIT_UNKNOWN', column: sheet.heading('unit'), params: { value: row.unit } }];
  }
  if (!known) {
    // A level that was not understood has its own fault.
    if (row.level === null) return row.faults ? [] : missing('level');
    return row.level !== 'city' && unit === null ? missing('unit') : [];
  }
  if (row.level !== null && row.level !== known.level) {
    return [{ code: 'ROW_CONFLICT', column: sheet.heading('level'), params: { known: known.level } }];
  }
  if (unit !== null && known.level !== 'city' && unit !== known.reportingUnitCode) {
    const params = { known: known.reportingUnitCode ?? '' };
    return [{ code: 'ROW_CONFLICT', column: sheet.heading('unit'), params }];
  }
  return [];
}

function addDepartment(row: DirectoryRow, registry: Registry, plan: LedgerPlan): void {
  if (registry.department(row.department) || row.level === null) return;
  const department = {
    name: row.department,
    level: row.level,
    // A municipal department belongs to the city, wherever it sits.
    reportingUnitCode: row.level === 'city' ? null : (registry.unit(row.unit) ?? null),
  };
  registry.addDepartment({ ...department, isTaskForce: false, isActive: true });
  plan.departments.push({ row: row.row, ...department });
}

function addOfficial(row: DirectoryRow, registry: Registry, plan: LedgerPlan): RegistryOfficial {
  const official = {
    department: registry.department(row.department)?.name ?? row.department,
    name: row.name,
    post: row.post,
    duty: dutyOf(row.post),
    mobile: row.phone,
    email: row.email,
  };
  const entry: RegistryOfficial = { id: null, isActive: true, ...official };
  registry.addOfficial(entry);
  plan.officials.push({ row: row.row, ...official });
  return entry;
}

/** What the row says anew; an empty cell says nothing. `null` where there is nothing new. */
function updateOf(
  row: DirectoryRow,
  known: RegistryOfficial,
): Omit<OfficialUpdate, 'row' | 'officialId'> | null {
  const changes = {
    // With the post goes the duty; set by hand under the same post, it stays.
    ...(row.post !== '' && row.post !== readText(known.post) && { post: row.post, duty: dutyOf(row.post) }),
    ...(row.phone !== null && row.phone !== known.mobile && { mobile: row.phone }),
    ...(row.email !== null && row.email !== known.email && { email: row.email }),
  };
  if (Object.keys(changes).length === 0) return null;
  return { department: known.department, name: known.name, ...changes };
}
