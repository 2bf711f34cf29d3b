import { DateTime } from 'luxon';
import type { OfficeTime } from '../calendar/office-time.js';
import type { LightMarks } from './deadlines/light.js';
import type { CaseListQuery, ProblemListQuery, SubjectListQuery } from './dto/list-query.js';
import { addLights, addOverdue, Conditions } from './subject-filter.js';

/** Names of filters are a closed list, and each is one condition; values of the asker are parameters. */
export function caseFilters(query: CaseListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  return addFragment(subjectFilters(query, marks, office), query.q, OF_ENTERPRISE).anyOf(
    's.distress_type',
    query.distressType,
  );
}

export function problemFilters(query: ProblemListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  return addFragment(subjectFilters(query, marks, office), query.q, `${OF_ENTERPRISE} OR ${OF_PROJECT}`)
    .anyOf('s.case_id', query.case, 'uuid')
    .anyOf('s.project_id', query.project, 'uuid')
    .anyOf('s.category', query.category)
    .anyOf('s.cause', query.cause);
}

function subjectFilters(query: SubjectListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  const conditions = new Conditions()
    .anyOf('s.status', query.status)
    .anyOf('s.lead_department_id', query.leadDepartment, 'uuid')
    .anyOf('s.official_id', query.official, 'uuid');
  addUnits(conditions, query.reportingUnit);
  addLights(conditions, query.light, marks);
  addOverdue(conditions, query.overdue, marks.now);
  addDays(conditions, 's.reported_at', query.openedFrom, query.openedTo, office);
  addDays(conditions, 's.due_at', query.dueFrom, query.dueTo, office);
  return conditions;
}

/** A scalar subquery for one unit, so that the index on unit and due date gives the rows in order. */
function addUnits(conditions: Conditions, codes: readonly string[] | undefined): void {
  if (codes === undefined || codes.length === 0) return;
  if (codes.length === 1) {
    conditions.add('s.reporting_unit_id = (SELECT id FROM reporting_units WHERE code = {})', codes[0]);
  } else {
    conditions.add(
      's.reporting_unit_id IN (SELECT id FROM reporting_units WHERE code = ANY ({}::text[]))',
      codes,
    );
  }
}

/** Whole days of the office: from the first moment of `from` to the last of `to`. */
function addDays(
  conditions: Conditions,
  column: string,
  from: string | undefined,
  to: string | undefined,
  office: OfficeTime,
): void {
  if (from !== undefined) conditions.add(`${column} >= {}`, office.at(from, '00:00'));
  if (to === undefined) return;
  const dayAfter = DateTime.fromISO(to, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
  conditions.add(`${column} < {}`, office.at(dayAfter, '00:00'));
}

const OF_ENTERPRISE = `s.enterprise_id IN (
  SELECT id FROM enterprises WHERE name ILIKE {} OR credit_code ILIKE {})`;
const OF_PROJECT = 's.project_id IN (SELECT id FROM projects WHERE name ILIKE {} OR number ILIKE {})';

/** @param named whose names are searched beside the number of the case or problem itself */
function addFragment(conditions: Conditions, fragment: string | undefined, named: string): Conditions {
  const text = fragment?.trim() ?? '';
  if (text === '') return conditions;
  conditions.isPlannedOnce = false;
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return conditions.add(`(s.number ILIKE {} OR ${named})`, pattern);
}
