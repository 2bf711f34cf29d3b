import type { Attributes, DepartmentAttributes, DepartmentNaming } from './attributes.js';
import { type Grouping, type GroupRow, listedByKey } from './grouping.js';
import type { SubjectHistory } from './history.js';
import { Timeline } from './timeline.js';

/** One row for whatever counties and their towns lead, so that this table has the same total as that by unit. */
export const COUNTY_LED: GroupRow = { group: 'county_led', key: 'county_led', name: '县区牵头' };

/** 牵头单位: a row for each municipal department and one for the counties. */
export function byLeadDepartment(attributes: Attributes, asOf: number): Grouping {
  const departments = new Map(attributes.departments.map((one) => [one.id, new DatedDepartment(one, asOf)]));
  const isSteady = [...departments.values()].every(({ changes }) => changes.length === 0);
  const departmentOf = (id: string): DatedDepartment => {
    const found = departments.get(id);
    if (found === undefined) throw new Error(`led by a department that is not in the register: ${id}`);
    return found;
  };
  return {
    groupAt({ departmentId }, at) {
      // Before the first assignment nothing is counted, in this row or another.
      if (departmentId === null) return COUNTY_LED.group;
      return departmentOf(departmentId).at(at).level === 'city' ? departmentId : COUNTY_LED.group;
    },
    changesFor: (history) => (isSteady ? [] : leadersOf(history).flatMap((id) => departmentOf(id).changes)),
    rows(used, at) {
      const listed = [...departments.values()].filter(
        (department) => used.has(department.id) || (department.leads && department.at(at).level === 'city'),
      );
      const rows = listed.map((department) => {
        const { code, name } = department.at(at);
        return { group: department.id, key: code ?? name, name };
      });
      return [...listedByKey(rows), COUNTY_LED];
    },
  };
}

/** A department as known at a moment. */
class DatedDepartment {
  readonly id: string;
  /** Has a row even when it led nothing: not the task-force office, nor the leaders', nor one that is not yet known. */
  readonly leads: boolean;
  readonly changes: readonly number[];
  readonly at: (instant: number) => DepartmentNaming;

  constructor(department: DepartmentAttributes, asOf: number) {
    const timeline = new Timeline(department.revisions, asOf);
    this.id = department.id;
    this.leads = timeline.isKnown && !department.isTaskForce && !department.isLeadersOffice;
    this.changes = timeline.changes;
    this.at = (instant) => timeline.at(instant) ?? department.current;
  }
}

/** Every department that ever led it. */
const leadersOf = ({ events }: SubjectHistory): string[] => [
  ...new Set(
    events.flatMap((event) => ('departmentId' in event.payload ? [event.payload.departmentId] : [])),
  ),
];
