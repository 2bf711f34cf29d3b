import { INDUSTRIES } from '../../enterprises/industries.data.js';
import { CalendarCell, type Cell } from '../../platform/spreadsheet/cell.js';
import { readEmail, readPhone } from '../ledger/cells/contact.js';
import { readQuantity, type Quantity } from '../ledger/cells/number.js';
import { nameKey } from '../ledger/cells/text.js';
import {
  CATEGORY_WORDS,
  CAUSE_WORDS,
  DISTRESS_TYPE_WORDS,
  LEVEL_WORDS,
  RATING_WORDS,
  SIZE_CLASS_WORDS,
} from '../ledger/cells/words.js';
import { headingsOf, type ColumnOf, type SheetKind } from '../ledger/columns.js';
import { severalNames, TEN_THOUSAND } from '../ledger/read-rows.js';
import type { LedgerOfficial } from './ledger-directory.js';
import { isTellable, shortened } from './ledger-text.js';
import type { StandingCase, StandingProblem } from './standing.js';

type Cells<Kind extends SheetKind> = Partial<Record<ColumnOf<Kind>, Cell>>;

/** The columns of a sheet as counties head them, in their order. */
const COLUMNS = {
  directory: { number: 6, department: 20, level: 8, unit: 12, name: 10, post: 14, phone: 16, email: 26 },
  cases: {
    number: 6,
    name: 30,
    creditCode: 22,
    unit: 12,
    industry: 26,
    size: 8,
    isAboveScale: 10,
    isKey: 14,
    distressType: 10,
    startedOn: 14,
    employees: 10,
    baseline: 16,
    lastOutput: 16,
    leader: 10,
    lead: 20,
    official: 10,
    contact: 12,
    phone: 16,
    assignedOn: 12,
    acknowledgedOn: 12,
    limit: 12,
    resolvedOn: 12,
    note: 30,
  },
  problems: {
    number: 6,
    name: 30,
    text: 36,
    category: 12,
    cause: 10,
    lead: 20,
    co: 20,
    official: 10,
    assignedOn: 12,
    limit: 12,
    isClosed: 10,
    resolvedOn: 12,
    rating: 12,
  },
} as const satisfies { [Kind in Exclude<SheetKind, 'production'>]: Record<ColumnOf<Kind>, number> };
type Listed = keyof typeof COLUMNS;

/** Headings that counties write otherwise than the usual one. */
const WITH_UNITS: Readonly<Record<string, string>> = {
  baseline: '正常月产值(万元)',
  lastOutput: '上月产值(万元)',
};
const USUAL: Readonly<Record<string, string>> = { 'problems limit': '办结时限' };

export const ledgerColumns = (kind: Listed): Array<{ heading: string; width: number }> =>
  Object.entries(COLUMNS[kind]).map(([column, width]) => ({
    heading: WITH_UNITS[column] ?? USUAL[`${kind} ${column}`] ?? headingsOf(kind).get(column)?.[0] ?? column,
    width,
  }));

const rowOf = <Kind extends Listed>(kind: Kind, cells: Cells<Kind>): Cell[] => {
  const said: Readonly<Record<string, Cell | undefined>> = cells;
  return Object.keys(COLUMNS[kind]).map((column) => said[column] ?? null);
};

const day = (on: string | null): Cell => (on === null ? null : new CalendarCell(on));
const flag = (is: boolean): string => (is ? '是' : '否');

export function caseCells(row: StandingCase, number: number, phone: string | null): Cell[] {
  const { industryCode, sizeClass, note, leader, contactName } = row;
  return rowOf('cases', {
    number,
    name: row.enterpriseName,
    creditCode: row.creditCode,
    unit: row.unit,
    industry: industryCode === null ? null : (INDUSTRIES.get(industryCode) ?? industryCode),
    size: sizeClass === null ? null : (SIZE_CLASS_WORDS.get(sizeClass) ?? null),
    isAboveScale: flag(row.isAboveScale),
    isKey: flag(row.isKey),
    distressType: DISTRESS_TYPE_WORDS.get(row.distressType) ?? null,
    employees: row.employees,
    baseline: row.baseline === null ? null : quantityCell(row.baseline, 'money', TEN_THOUSAND),
    leader: leader !== null && isTellable(leader) ? leader : null,
    lead: row.lead,
    official: row.official,
    contact: contactName === null ? null : shortened(contactName),
    phone: phone !== null && readPhone(phone) === phone ? phone : null,
    assignedOn: day(row.assignedOn),
    acknowledgedOn: day(row.acknowledgedOn),
    limit: day(row.dueOn),
    resolvedOn: day(row.resolvedOn),
    note: note === null ? null : shortened(note),
  });
}

/** @param co names of co-handling departments, where all of them can be said */
export function problemCells(row: StandingProblem, number: number, co: readonly string[]): Cell[] {
  return rowOf('problems', {
    number,
    name: row.enterpriseName,
    text: row.title,
    category: CATEGORY_WORDS.get(row.category) ?? null,
    cause: row.cause === null ? null : (CAUSE_WORDS.get(row.cause) ?? null),
    lead: row.lead,
    co: co.join('、'),
    official: row.official,
    assignedOn: day(row.assignedOn),
    limit: day(row.dueOn),
    isClosed: flag(row.resolvedOn !== null),
    resolvedOn: day(row.resolvedOn),
    rating: row.rating === null ? null : (RATING_WORDS.get(row.rating) ?? null),
  });
}

/** Whether one cell can name them so that each is found again. */
export function areSeverable(names: readonly string[]): boolean {
  const read = severalNames(names.join('、')).map(nameKey);
  return read.length === names.length && names.every((name) => read.includes(nameKey(name)));
}

/** Contacts that are not told, or that the intake would not take, are left empty: an empty cell says nothing. */
export function officialCells(official: LedgerOfficial, number: number): Cell[] {
  const { department, level, unit, name, post, mobile, email } = official;
  return rowOf('directory', {
    number,
    department,
    level: LEVEL_WORDS.get(level) ?? null,
    // A municipal department belongs to the city, wherever it sits.
    unit: level === 'city' ? null : unit,
    name,
    post,
    phone: mobile !== null && readPhone(mobile) === mobile ? mobile : null,
    email: email !== null && readEmail(email) === email ? email : null,
  });
}

/** In the unit of the column; with the base unit behind it where that would lose what a double cannot hold. */
export function quantityCell(value: string, quantity: Quantity, factor: number): Cell {
  const exact = Number(value);
  // Spreadsheet programs keep fifteen digits.
  const shown = Number((exact / factor).toPrecision(15));
  if (readQuantity(shown, quantity, factor) === exact) return shown;
  return quantity === 'money' && readQuantity(`${value}元`, quantity, factor) === exact ? `${value}元` : null;
}
