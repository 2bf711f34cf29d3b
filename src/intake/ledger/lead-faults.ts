import { comesBefore, type Fault } from './findings.js';
import { nameKey } from './cells/text.js';
import type { KnownCase } from './ledger-known.js';
import type { OfficialRef } from './ledger-plan.js';
import type { Registry } from './registry.js';

/** Who a row makes answerable, and under which headings it says so. */
interface LeadCells {
  lead: string;
  official: string;
  leadColumn: string;
  officialColumn: string;
}

/**
 * What is wrong with 牵头单位 and 责任人, if that would be said although `found` is known. Who has left or leads nothing
 * can be given no new assignment; old ones stand, also of who has moved to another department since.
 */
export function leadFault(
  cells: LeadCells,
  registry: Registry,
  /** `null` for a row that would make a new assignment. */
  known: Pick<KnownCase, 'department' | 'official'> | null,
  found: Fault | null,
): Fault | null {
  const isNew = known === null;
  const value = cells.lead;
  const department = registry.department(value);
  if (comesBefore('DEPARTMENT_UNKNOWN', found)) {
    const fault: Fault = { code: 'DEPARTMENT_UNKNOWN', column: cells.leadColumn, params: { value } };
    if (!department) return fault;
    if (isNew && !department.isActive) return { ...fault, reason: 'inactive' };
    if (isNew && department.isTaskForce) return { ...fault, reason: 'leads_nothing' };
  }
  if (!department || !comesBefore('OFFICIAL_UNKNOWN', found)) return null;
  const official = registry.official(department.name, cells.official);
  const params = { value: cells.official, department: department.name };
  const fault: Fault = { code: 'OFFICIAL_UNKNOWN', column: cells.officialColumn, params };
  if (!official) return known !== null && isSame(cells, known) ? null : fault;
  return isNew && !official.isActive ? { ...fault, reason: 'inactive' } : null;
}

const isSame = (cells: LeadCells, known: Pick<KnownCase, 'department' | 'official'>): boolean =>
  nameKey(cells.lead) === nameKey(known.department ?? '') &&
  nameKey(cells.official) === nameKey(known.official ?? '');

/** By the names under which they are known. */
export function leadRef(lead: string, official: string, registry: Registry): OfficialRef {
  const department = registry.department(lead)?.name ?? lead;
  return { department, name: registry.official(department, official)?.name ?? official };
}
