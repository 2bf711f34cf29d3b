/** What can be said of a row that is refused, in the order in which the first that applies is said. */
export const REJECTION_ORDER = [
  'HEADER_UNKNOWN',
  'REQUIRED_MISSING',
  'CREDIT_CODE_INVALID',
  'ENTERPRISE_DUPLICATE',
  'REPORTING_UNIT_UNKNOWN',
  'DISTRESS_TYPE_UNKNOWN',
  'DATE_INVALID',
  'RESOLVED_BEFORE_ASSIGNED',
  'DEPARTMENT_UNKNOWN',
  'OFFICIAL_UNKNOWN',
  'CASE_UNKNOWN',
  'ENTERPRISE_UNKNOWN',
  'STATISTICAL_SOURCE_REFUSED',
  'NUMBER_INVALID',
  'CATEGORY_UNKNOWN',
  'VALUE_UNKNOWN',
  'YEAR_TO_DATE_GAP',
  'YEAR_TO_DATE_FELL',
  'ROW_CONFLICT',
] as const;
export type RejectionCode = (typeof REJECTION_ORDER)[number];

/** What can be said of a row that is taken all the same: the value is left out. */
export type WarningCode = 'PHONE_INVALID' | 'EMAIL_INVALID' | 'VALUE_UNKNOWN' | 'RATING_UNCLOSED';

/** One finding about a row. `reason` picks among the texts of a code. */
export interface Fault<Code extends string = RejectionCode> {
  code: Code;
  /** Heading of the column, as the sheet has it where it has it. */
  column: string | null;
  reason?: string;
  params?: Readonly<Record<string, string | number>>;
}

const RANKS = new Map<RejectionCode, number>(REJECTION_ORDER.map((code, rank) => [code, rank]));
const rankOf = (code: RejectionCode): number => RANKS.get(code) ?? REJECTION_ORDER.length;

/** The one that is said; among equals the first found. */
export function firstFault(faults: readonly Fault[] | undefined): Fault | null {
  let first: Fault | null = null;
  for (const fault of faults ?? []) if (!first || rankOf(fault.code) < rankOf(first.code)) first = fault;
  return first;
}

/** Whether a fault of this code would be said although `found` is already known. */
export const comesBefore = (code: RejectionCode, found: Fault | null): boolean =>
  found === null || rankOf(code) < rankOf(found.code);
