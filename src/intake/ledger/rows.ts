import type { RatingValue } from '../../cases/rating.entity.js';
import type { Cause, DistressType, ProblemCategory } from '../../cases/lifecycle/states.js';
import type { SizeClass } from '../../enterprises/enterprise.entity.js';
import type { DepartmentLevel } from '../../organization/department.entity.js';
import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import type { SheetKind } from './columns.js';
import type { Fault, WarningCode } from './findings.js';
import type { LedgerLimit } from './ledger-plan.js';

/** A row as read, before anything outside the file is looked at. Text columns left empty are `''`. */
interface Row {
  /** Worksheet row, from 1. */
  row: number;
  faults?: Fault[];
  warnings?: Array<Fault<WarningCode>>;
}

export interface DirectoryRow extends Row {
  department: string;
  level: DepartmentLevel | null;
  unit: string;
  name: string;
  post: string;
  phone: string | null;
  email: string | null;
}

/** What was refused about a column stands in `faults`; its field is then `null`. */
export interface CaseRow extends Row {
  name: string;
  creditCode: string | null;
  unit: string;
  industryCode: string | null;
  sizeClass: SizeClass | null;
  isAboveScale: boolean;
  isKey: boolean;
  distressType: DistressType | null;
  employees: number | null;
  /** CNY a month, two decimals. */
  baseline: string | null;
  leader: string;
  lead: string;
  official: string;
  contactName: string;
  phone: string | null;
  assignedOn: string | null;
  acknowledgedOn: string | null;
  limit: LedgerLimit | null;
  resolvedOn: string | null;
  note: string;
}

export interface ProblemRow extends Row {
  name: string;
  text: string;
  category: ProblemCategory;
  cause: Cause | null;
  lead: string;
  co: readonly string[];
  official: string;
  assignedOn: string | null;
  limit: LedgerLimit | null;
  resolvedOn: string | null;
  rating: RatingValue | null;
}

export interface ProductionRow extends Row {
  creditCode: string | null;
  name: string;
  metric: ProductionMetric | null;
  source: ProductionSource;
  /** What the values are: of the months, or of the year through each of them. */
  basis: 'month' | 'year_to_date';
  /** In the unit of the metric; one for each month of the sheet, `null` where nothing is said. */
  values: ReadonlyArray<number | null>;
}

/** One sheet as read. */
export interface LedgerSheet<Entry extends Row> {
  /** As in the workbook. */
  name: string;
  /** Row of the first filled cell where no header was found: then nothing could be read. */
  headerlessRow: number | null;
  /** As the sheet has it, or else the usual one. */
  heading(column: string): string;
  /** First days of the months that head the columns of 生产月报. */
  months: readonly string[];
  /** 2 for a February that holds January too. */
  coversMonths: ReadonlyArray<1 | 2>;
  rows: Entry[];
  skippedSubtotals: number;
  skippedBlank: number;
}

/** The sheets of a ledger that a workbook holds. */
export interface Ledger {
  directory: LedgerSheet<DirectoryRow> | null;
  cases: LedgerSheet<CaseRow> | null;
  problems: LedgerSheet<ProblemRow> | null;
  production: LedgerSheet<ProductionRow> | null;
  /** Their kinds in the order of the workbook. */
  order: SheetKind[];
  /** Rows to be decided, over all sheets. */
  rowCount: number;
}
