import { DateTime } from 'luxon';
import type { OfficeTime } from '../calendar/office-time.js';
import type { LightMarks } from './deadlines/light.js';
import type { CaseListQuery, ProblemListQuery, SubjectListQuery } from './dto/list-query.js';
import { addLights, addOverdue, Conditions } from './subject-filter.js';

/** Names of filters are a closed list, and each is one condition; values of the asker are parameters. */
export function caseFilters(query: CaseListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  const conditions = subjectFilters(query, marks, office).anyOf('s.distress_type', query.distressType);
  // Numbers of cases have an index of their own, so both halves can be looked up.
  addFragment(conditions, query.q, hasTrigram(query.q));
  return conditions;
}

export function problemFilters(query: ProblemListQuery, marks: LightMarks, office: OfficeTime): Conditions {
  const conditions = subjectFilters(query, marks, office)
    .anyOf('s.case_id', query.case, 'uuid')
    .anyOf('s.category', query.category)
    .anyOf('s.cause', query.cause);
  addFragment(conditions, query.q, false);
  return conditions;
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

/** Shorter fragments have no trigram in them, and no index finds them. */
const hasTrigram = (fragment: string | undefined): boolean => [...(fragment?.trim() ?? '')].length >= 3;

/**
 * @param isLookedUp by indexes: the enterprises are found first, and their cases by them. Otherwise the list is walked
 * in its order and each row held against the enterprises found, which is quick for what is frequent and for nothing else.
 */
function addFragment(conditions: Conditions, fragment: string | undefined, isLookedUp: boolean): void {
  const text = fragment?.trim() ?? '';
  if (text === '') return;
  conditions.isPlannedOnce = false;
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const enterprises = 'SELECT id FROM enterprises WHERE name ILIKE {} OR credit_code ILIKE {}';
  const ofThem = isLookedUp ? `= ANY (ARRAY(${enterprises}))` : `IN (${enterprises})`;
  conditions.add(`(s.number ILIKE {} OR s.enterprise_id ${ofThem})`, pattern);
}
