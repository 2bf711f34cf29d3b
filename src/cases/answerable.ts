import type { Actor } from '../access/actor.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';

/** One department and one official to be made answerable; `pointer` says where in the request they stand. */
export interface AnswerableInput {
  departmentId: string;
  officialId: string | null;
  pointer?: string;
}

interface Found {
  departmentId: string;
  isActive: boolean;
  isTaskForce: boolean;
  reportingUnitId: string | null;
  officialDepartmentId: string | null;
  isOfficialActive: boolean | null;
}

/**
 * Makes sure that a department may be made answerable, by an official of its own, both active. A county office gives
 * work only to the departments of its own unit.
 * @throws Refusal 400 ANSWERABLE_INVALID, 403 DEPARTMENT_OUTSIDE_TERRITORY
 */
export async function checkAnswerable(
  tx: Transaction,
  actor: Actor,
  inputs: readonly AnswerableInput[],
): Promise<void> {
  // Locked, so that nobody is deactivated between this look and the assignment: whoever does waits, and then sees it.
  const found = await tx.prepared<Found>(
    `WITH d AS MATERIALIZED (
       SELECT id, is_active, is_task_force, reporting_unit_id FROM departments
        WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE
     ), o AS MATERIALIZED (
       SELECT id, department_id, is_active FROM officials WHERE id = ANY ($2::uuid[]) ORDER BY id FOR KEY SHARE
     )
     SELECT d.id AS "departmentId", d.is_active AS "isActive", d.is_task_force AS "isTaskForce",
            d.reporting_unit_id AS "reportingUnitId",
            o.department_id AS "officialDepartmentId", o.is_active AS "isOfficialActive"
       FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (department_id, official_id, place)
       LEFT JOIN d ON d.id = asked.department_id
       LEFT JOIN o ON o.id = asked.official_id
      ORDER BY asked.place`,
    [inputs.map((input) => input.departmentId), inputs.map((input) => input.officialId)],
  );
  const faults = inputs.flatMap((input, place) => {
    const fault = faultOf(input, found[place]);
    return fault === undefined
      ? []
      : [{ pointer: `${input.pointer ?? ''}/${fault.field}`, code: fault.code }];
  });
  if (faults.length > 0) throw new Refusal(400, 'ANSWERABLE_INVALID', {}, faults);
  const isCounty = actor.kind === 'account' && actor.role === 'county';
  if (isCounty && found.some((department) => department.reportingUnitId !== actor.reportingUnitId)) {
    throw new Refusal(403, 'DEPARTMENT_OUTSIDE_TERRITORY');
  }
}

function faultOf(
  input: AnswerableInput,
  found: Found | undefined,
): { field: string; code: string } | undefined {
  if (found === undefined || found.departmentId === null)
    return { field: 'departmentId', code: 'DEPARTMENT_UNKNOWN' };
  if (!found.isActive) return { field: 'departmentId', code: 'DEPARTMENT_INACTIVE' };
  if (found.isTaskForce) return { field: 'departmentId', code: 'TASK_FORCE_LEADS_NOTHING' };
  if (input.officialId === null) return undefined;
  if (found.officialDepartmentId === null) return { field: 'officialId', code: 'OFFICIAL_UNKNOWN' };
  if (found.officialDepartmentId !== input.departmentId) {
    return { field: 'officialId', code: 'OFFICIAL_OF_ANOTHER_DEPARTMENT' };
  }
  return found.isOfficialActive === true ? undefined : { field: 'officialId', code: 'OFFICIAL_INACTIVE' };
}
