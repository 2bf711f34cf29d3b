import { INDUSTRIES } from '../../enterprises/industries.data.js';
import { readEmail, readPhone } from './cells/contact.js';
import { readCreditCode } from './cells/credit-code.js';
import { readCount, readQuantity, unitFactor } from './cells/number.js';
import { compact, nameKey } from './cells/text.js';
import {
  readCategory,
  readCause,
  readClosedFlag,
  readDistressType,
  readFlag,
  readLevel,
  readRating,
  readSizeClass,
} from './cells/words.js';
import type { RowReader } from './row-reader.js';
import type { CaseRow, DirectoryRow, ProblemRow } from './rows.js';

const INDUSTRY_CODES = new Map([...INDUSTRIES].map(([code, name]) => [nameKey(name), code]));
/** 万元, in which ledgers count money. */
export const TEN_THOUSAND = 10_000;

/** Only what was found is set: most of a hundred thousand rows have nothing wrong with them. */
const findings = ({
  faults,
  warnings,
}: Pick<CaseRow, 'faults' | 'warnings'>): Pick<CaseRow, 'faults' | 'warnings'> => ({
  ...(faults && { faults }),
  ...(warnings && { warnings }),
});

export function readDirectoryRow(reader: RowReader<'directory'>, row: number): DirectoryRow {
  reader.require(['department', 'name']);
  return {
    row,
    department: reader.name('department'),
    level: reader.orRefuse('VALUE_UNKNOWN', 'level', readLevel(reader.cell('level'))),
    unit: reader.name('unit'),
    name: reader.name('name'),
    post: reader.text('post'),
    phone: reader.orWarn('PHONE_INVALID', 'phone', readPhone(reader.cell('phone'))),
    email: reader.orWarn('EMAIL_INVALID', 'email', readEmail(reader.cell('email'))),
    ...findings(reader),
  };
}

export function readCaseRow(reader: RowReader<'cases'>, row: number): CaseRow {
  reader.require(['name', 'creditCode', 'unit', 'distressType', 'lead', 'official', 'assignedOn', 'limit']);
  // When the distress began is not kept, but a row that says it must say it right.
  reader.checkPastDayOrMonth('startedOn');
  const assignedOn = reader.pastDate('assignedOn');
  const acknowledgedOn = reader.pastDate('acknowledgedOn');
  const limit = reader.limit('limit');
  const resolvedOn = reader.pastDate('resolvedOn');
  reader.requireOrder('RESOLVED_BEFORE_ASSIGNED', assignedOn, resolvedOn, 'resolvedOn', 'order');
  reader.requireOrder('DATE_INVALID', assignedOn, acknowledgedOn, 'acknowledgedOn', 'before_assigned');
  reader.requireOrder('DATE_INVALID', assignedOn, limit?.dueOn ?? null, 'limit', 'before_assigned');
  // Where the closure lies before the assignment already, that is what is said.
  if (assignedOn !== null && resolvedOn !== null && resolvedOn >= assignedOn) {
    reader.requireOrder('DATE_INVALID', acknowledgedOn, resolvedOn, 'resolvedOn', 'before_acknowledged');
  }
  const moneyOf = (column: 'baseline' | 'lastOutput'): number | null => {
    const factor = unitFactor('money', reader.layout.units.get(column) ?? '') ?? TEN_THOUSAND;
    return reader.orRefuse('NUMBER_INVALID', column, readQuantity(reader.cell(column), 'money', factor));
  };
  const baseline = moneyOf('baseline');
  moneyOf('lastOutput');
  return {
    row,
    name: reader.text('name'),
    creditCode: reader.orRefuse(
      'CREDIT_CODE_INVALID',
      'creditCode',
      readCreditCode(reader.cell('creditCode')),
    ),
    unit: reader.name('unit'),
    industryCode: industryOf(reader.text('industry')),
    sizeClass: reader.orWarn('VALUE_UNKNOWN', 'size', readSizeClass(reader.cell('size'))),
    isAboveScale:
      reader.orWarn('VALUE_UNKNOWN', 'isAboveScale', readFlag(reader.cell('isAboveScale'))) ?? false,
    isKey: reader.orWarn('VALUE_UNKNOWN', 'isKey', readFlag(reader.cell('isKey'))) ?? false,
    distressType: reader.orRefuse(
      'DISTRESS_TYPE_UNKNOWN',
      'distressType',
      readDistressType(reader.cell('distressType')),
    ),
    employees: reader.orRefuse('NUMBER_INVALID', 'employees', readCount(reader.cell('employees'))),
    baseline: baseline === null ? null : baseline.toFixed(2),
    leader: reader.name('leader'),
    lead: reader.name('lead'),
    official: reader.name('official'),
    contactName: reader.name('contact'),
    phone: reader.orWarn('PHONE_INVALID', 'phone', readPhone(reader.cell('phone'))),
    assignedOn,
    acknowledgedOn,
    limit,
    resolvedOn,
    note: reader.text('note'),
    ...findings(reader),
  };
}

const industryOf = (text: string): string | null =>
  (INDUSTRIES.has(text) ? text : INDUSTRY_CODES.get(nameKey(text))) ?? null;

export function readProblemRow(reader: RowReader<'problems'>, row: number): ProblemRow {
  reader.require(['name', 'text', 'lead', 'official', 'assignedOn', 'limit']);
  const assignedOn = reader.pastDate('assignedOn');
  const limit = reader.limit('limit');
  const resolvedOn = reader.pastDate('resolvedOn');
  const isClosed = reader.orRefuse('VALUE_UNKNOWN', 'isClosed', readClosedFlag(reader.cell('isClosed')));
  if (isClosed === true) reader.require(['resolvedOn']);
  if (isClosed === false && resolvedOn !== null) reader.refuse('DATE_INVALID', 'resolvedOn', 'not_closed');
  reader.requireOrder('RESOLVED_BEFORE_ASSIGNED', assignedOn, resolvedOn, 'resolvedOn', 'order');
  reader.requireOrder('DATE_INVALID', assignedOn, limit?.dueOn ?? null, 'limit', 'before_assigned');
  const rating = reader.orWarn('VALUE_UNKNOWN', 'rating', readRating(reader.cell('rating')));
  if (rating !== null && resolvedOn === null) reader.warn('RATING_UNCLOSED', 'rating');
  return {
    row,
    name: reader.text('name'),
    text: reader.text('text'),
    category:
      reader.orRefuse('CATEGORY_UNKNOWN', 'category', readCategory(reader.cell('category'))) ?? 'other',
    cause: reader.orWarn('VALUE_UNKNOWN', 'cause', readCause(reader.cell('cause'))),
    lead: reader.name('lead'),
    co: severalNames(reader.text('co')),
    official: reader.name('official'),
    assignedOn,
    limit,
    resolvedOn,
    rating: resolvedOn === null ? null : rating,
    ...findings(reader),
  };
}

const NONE: readonly string[] = [];

/** Of a cell that names several departments. */
export const severalNames = (text: string): readonly string[] =>
  text === ''
    ? NONE
    : [
        ...new Set(
          text
            .split(/[、,，;；\n]|\s+/)
            .map(compact)
            .filter((name) => name !== ''),
        ),
      ];
