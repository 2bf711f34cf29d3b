import { texts } from '../../cases/timeline/timeline-texts.zh-CN.js';
import { CAUSES, DISTRESS_TYPES, PROBLEM_CATEGORIES } from '../../cases/lifecycle/states.js';
import { INDUSTRIES } from '../../enterprises/industries.data.js';
import type { Attributes, DepartmentAttributes, DepartmentNaming } from './attributes.js';
import { NO_GROUP } from './dimensions.js';
import type { By } from './groupings.js';
import { Timeline } from './timeline.js';

/** A row of a table before its figures. */
export interface GroupRow {
  group: string;
  key: string;
  name: string;
}

/** What rows are listed of. */
export interface Listing {
  attributes: Attributes;
  /** Groups with figures. */
  used: ReadonlySet<string>;
  /** Names are those of this moment. */
  at: number;
}

const SIZES = { large: '大型', medium: '中型', small: '小型', micro: '微型' };
const CAUSE_NAMES = { government: '政府', market: '市场', enterprise: '企业' };
/** One row for whatever counties and their towns lead, so that this table has the same total as that by unit. */
export const COUNTY_LED: GroupRow = { group: NO_GROUP, key: 'county_led', name: '县区牵头' };
const UNSTATED: GroupRow = { group: NO_GROUP, key: 'unstated', name: '未注明' };

/** Rows in the order in which they are listed: those that always stand there, and the groups with figures. */
export const LISTED_ROWS: Record<By, (listing: Listing) => GroupRow[]> = {
  /** 各县区: whether or not anything happened there. */
  reportingUnit: ({ attributes }) =>
    listedByKey(attributes.units.map(({ id, code, name }) => ({ group: id, key: code, name }))),
  /** 牵头单位: a row for each municipal department and one for the counties. */
  leadDepartment: ({ attributes, used, at }) => {
    const listed = attributes.departments
      .map((department) => ({ department, naming: namingOf(department, at) }))
      .filter(
        ({ department, naming }) => used.has(department.id) || (naming !== null && leads(department, naming)),
      )
      .map(({ department: { id, current }, naming }) => {
        const { code, name } = naming ?? current;
        return { group: id, key: code ?? name, name };
      });
    return [...listedByKey(listed), COUNTY_LED];
  },
  distressType: ({ used }) => ofWords(DISTRESS_TYPES, texts.words['distressType'], used),
  category: ({ used }) => ofWords(PROBLEM_CATEGORIES, texts.words['category'], used),
  cause: ({ used }) => ofWords(CAUSES, CAUSE_NAMES, used),
  size: ({ used }) => ofWords(Object.keys(SIZES), SIZES, used),
  /** Divisions of which nothing was ever reported would be forty empty rows. */
  industry: ({ used }) =>
    ofWords([...used].filter(isStated).toSorted(), Object.fromEntries(INDUSTRIES), used),
  official: ({ attributes, used, at }) => {
    const departments = new Map(attributes.departments.map((department) => [department.id, department]));
    const listed = attributes.officials
      .filter(({ id }) => used.has(id))
      .map(({ id, name, departmentId }) => {
        const department = departments.get(departmentId);
        const seat = department && (namingOf(department, at) ?? department.current).name;
        return { group: id, key: id, name: seat === undefined ? name : `${name}（${seat}）` };
      });
    return [...listedByKey(listed), ...(used.has(NO_GROUP) ? [UNSTATED] : [])];
  },
};

const isStated = (group: string): boolean => group !== NO_GROUP;

function ofWords(
  keys: readonly string[],
  names: Readonly<Record<string, string>> = {},
  used: ReadonlySet<string> = new Set(),
): GroupRow[] {
  const rows = keys.map((key) => ({ group: key, key, name: names[key] ?? key }));
  return used.has(NO_GROUP) ? [...rows, UNSTATED] : rows;
}

/** `null` while it is not yet known. */
const namingOf = ({ revisions }: DepartmentAttributes, at: number): DepartmentNaming | null =>
  new Timeline(revisions, Infinity).at(at) ?? null;

/** Has a row even when it led nothing: not the task-force office, nor the leaders', nor those of counties. */
const leads = (
  { isTaskForce, isLeadersOffice }: DepartmentAttributes,
  { level }: DepartmentNaming,
): boolean => !isTaskForce && !isLeadersOffice && level === 'city';

/** By code unit, so that the order is the same on every machine. */
const listedByKey = (rows: GroupRow[]): GroupRow[] =>
  rows.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
