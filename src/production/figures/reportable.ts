import type { Caller } from '../../access/actor.js';
import { enterpriseScope, type ScopeCondition } from '../../access/scope.js';

/**
 * Of which enterprises figures are taken from the caller: of those it sees; from a department, of those of which it
 * leads a case, or led the last one: figures are what shows that a closed case stays closed.
 */
export function reportable(caller: Caller, alias: string, firstParameter: number): ScopeCondition {
  if (caller.kind !== 'account' || caller.role !== 'department')
    return enterpriseScope(caller, alias, firstParameter);
  return {
    sql: `EXISTS (SELECT 1 FROM cases led WHERE led.enterprise_id = ${alias}.id
      AND led.lead_department_id = $${firstParameter}::uuid)`,
    parameters: [caller.departmentId],
  };
}
