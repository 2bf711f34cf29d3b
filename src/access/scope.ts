import type { Actor } from './actor.js';

/** A condition in SQL with the values of its parameters; it stands in every list and every lookup. */
export interface ScopeCondition {
  sql: string;
  parameters: unknown[];
}

export const NOTHING: ScopeCondition = { sql: 'false', parameters: [] };
const EVERYTHING: ScopeCondition = { sql: 'true', parameters: [] };
const one = (value: string | null, sql: string): ScopeCondition =>
  value === null ? NOTHING : { sql: `(${sql})`, parameters: [value] };
const within = (units: readonly string[] | null, sql: string): ScopeCondition =>
  units === null ? EVERYTHING : { sql: `(${sql})`, parameters: [units] };
/** Of what lies in one of the reporting units of a key; of none of them nothing does. */
const inUnits = (alias: string, parameter: string): string =>
  `${alias}.reporting_unit_id = ANY (${parameter}::uuid[])`;

const coHandles = (alias: string, parameter: string): string =>
  `EXISTS (SELECT 1 FROM co_handlers scope_ch
     WHERE scope_ch.assignment_id = ${alias}.assignment_id AND scope_ch.department_id = ${parameter})`;

/** What a department works: what it leads, what it co-handles, and the open claim pool. */
const worked = (alias: string, parameter: string): string =>
  `${alias}.lead_department_id = ${parameter} OR ${alias}.status = 'reported' OR ${coHandles(alias, parameter)}`;

/** @param home which column of pairings must be what; both are constants of the code */
const paired = (home: `${'enterprise' | 'project'}_id = ${string}`, parameter: string): string =>
  `EXISTS (SELECT 1 FROM pairings scope_p
     WHERE scope_p.${home} AND scope_p.official_id = ${parameter} AND scope_p.to_on IS NULL)`;

/** Whether a department works a case or problem of it. */
const isWorked = (
  table: 'cases' | 'problems',
  home: `${'enterprise' | 'project'}_id = ${string}`,
  parameter: string,
): string =>
  `EXISTS (SELECT 1 FROM ${table} scope_s WHERE scope_s.${home} AND (${worked('scope_s', parameter)}))`;

/**
 * Which cases the actor may see, as a condition over table `cases` under `alias`; its parameters are numbered from
 * `firstParameter`. No matching rule means no rows.
 */
export function caseScope(actor: Actor, alias: string, firstParameter: number): ScopeCondition {
  const parameter = `$${firstParameter}`;
  return ruleFor(actor, {
    department: worked(alias, parameter),
    county: `${alias}.reporting_unit_id = ${parameter}`,
    key: inUnits(alias, parameter),
    leader: paired(`enterprise_id = ${alias}.enterprise_id`, parameter),
  });
}

/** The same over table `problems`. Who leads a case also sees its problems: it cannot be closed before they are. */
export function problemScope(actor: Actor, alias: string, firstParameter: number): ScopeCondition {
  const parameter = `$${firstParameter}`;
  const ofLedCase = `EXISTS (SELECT 1 FROM cases scope_k
     WHERE scope_k.id = ${alias}.case_id AND scope_k.lead_department_id = ${parameter})`;
  return ruleFor(actor, {
    department: `${worked(alias, parameter)} OR ${ofLedCase}`,
    county: `${alias}.reporting_unit_id = ${parameter}`,
    key: inUnits(alias, parameter),
    leader: `${paired(`enterprise_id = ${alias}.enterprise_id`, parameter)}
      OR ${paired(`project_id = ${alias}.project_id`, parameter)}`,
  });
}

/** Which enterprises of the register the actor may see: those of the cases and problems in its scope. */
export function enterpriseScope(actor: Actor, alias: string, firstParameter: number): ScopeCondition {
  const parameter = `$${firstParameter}`;
  return ruleFor(actor, {
    department: isWorkedEnterprise(`${alias}.id`, parameter),
    county: `${alias}.reporting_unit_id = ${parameter}`,
    key: inUnits(alias, parameter),
    leader: paired(`enterprise_id = ${alias}.id`, parameter),
  });
}

/**
 * Which projects the actor may see, over table `projects`: a department those of the problems in its scope, and those
 * of the enterprises that it may see; a county those that lie in it, whoever owns them.
 */
export function projectScope(actor: Actor, alias: string, firstParameter: number): ScopeCondition {
  const parameter = `$${firstParameter}`;
  const ofEnterprise = isWorkedEnterprise(`${alias}.enterprise_id`, parameter);
  return ruleFor(actor, {
    department: `${isWorked('problems', `project_id = ${alias}.id`, parameter)} OR ${ofEnterprise}`,
    county: `${alias}.reporting_unit_id = ${parameter}`,
    key: inUnits(alias, parameter),
    leader: paired(`project_id = ${alias}.id`, parameter),
  });
}

const isWorkedEnterprise = (column: string, parameter: string): string =>
  `${isWorked('cases', `enterprise_id = ${column}`, parameter)}
   OR ${isWorked('problems', `enterprise_id = ${column}`, parameter)}`;

/** Nothing that there is lies outside. */
export const isWhole = (scope: ScopeCondition): boolean => scope === EVERYTHING;

/** Where the same, the conditions of two actors differ in their parameters alone: a name for prepared statements. */
export function scopeName(actor: Actor): string {
  if (actor.kind === 'account') return actor.role;
  return actor.kind === 'api_key' && actor.reportingUnitIds !== null ? 'api_key-of-units' : actor.kind;
}

function ruleFor(
  actor: Actor,
  rules: Record<'department' | 'county' | 'leader' | 'key', string>,
): ScopeCondition {
  if (actor.kind === 'system') return EVERYTHING;
  if (actor.kind === 'api_key') return within(actor.reportingUnitIds, rules.key);
  switch (actor.role) {
    case 'task_force':
      return EVERYTHING;
    case 'department':
      return one(actor.departmentId, rules.department);
    case 'county':
      return one(actor.reportingUnitId, rules.county);
    case 'leader':
      return one(actor.officialId, rules.leader);
    default:
      return NOTHING;
  }
}
