import type { SizeClass } from '../../enterprises/enterprise.entity.js';
import type { DepartmentLevel } from '../../organization/department.entity.js';
import type { OfficialDuty } from '../../organization/official.entity.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import type { Cause, DistressType, ProblemCategory } from '../../cases/lifecycle/states.js';
import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import type { SheetReport } from '../import-report.js';

/** A limit as the ledger gives it: so many working days after day 0, or a date. Exactly one is set. */
export type LedgerLimit = { workingDays: number; dueOn: null } | { workingDays: null; dueOn: string };

/** A department by its name as known (or as the ledger's directory has it), an official by name within it. */
export interface OfficialRef {
  department: string;
  name: string;
}

/** Where in the workbook it was read. */
interface FromRow {
  /** Worksheet row, from 1. */
  row: number;
}

export interface PlannedDepartment extends FromRow {
  name: string;
  level: DepartmentLevel;
  /** `null`: it belongs to the city. */
  reportingUnitCode: string | null;
}

export interface PlannedOfficial extends FromRow, OfficialRef {
  post: string;
  duty: OfficialDuty;
  mobile: string | null;
  email: string | null;
}

/** A known official of whom the directory now says something else; only what changes is set. */
export interface OfficialUpdate extends FromRow, OfficialRef {
  officialId: string;
  post?: string;
  duty?: OfficialDuty;
  mobile?: string;
  email?: string;
}

export interface PlannedEnterprise extends FromRow {
  creditCode: string;
  name: string;
  reportingUnitCode: string;
  industryCode: string | null;
  sizeClass: SizeClass | null;
  isAboveScale: boolean;
  isKey: boolean;
  employees: number | null;
  contactName: string | null;
  contactPhone: string | null;
  /** CNY, two decimals. */
  baselineMonthlyOutput: string | null;
}

/** A case to open: reported and assigned on `assignedOn`, then signed for and closed where those dates are set. */
export interface PlannedCase extends FromRow {
  creditCode: string;
  distressType: DistressType;
  assignedOn: string;
  limit: LedgerLimit;
  lead: OfficialRef;
  /** 包联领导: an official of 市政府, to be paired with the enterprise. */
  leader: OfficialRef | null;
  acknowledgedOn: string | null;
  resolvedOn: string | null;
  note: string | null;
}

/** A known case about which the ledger now says more. */
export interface CaseUpdate extends FromRow {
  caseId: string;
  assignmentId: string;
  /** Newly filled in; `null` otherwise. */
  acknowledgedOn: string | null;
  resolvedOn: string | null;
}

/** The case of a problem: one already in the database, or the one that this plan opens for the enterprise. */
export type ProblemCase = { caseId: string } | { creditCode: string };

export interface PlannedProblem extends FromRow {
  case: ProblemCase;
  creditCode: string;
  /** 问题描述, as title. */
  text: string;
  category: ProblemCategory;
  cause: Cause | null;
  assignedOn: string;
  limit: LedgerLimit;
  lead: OfficialRef;
  /** 配合单位, by name. */
  coDepartments: readonly string[];
  resolvedOn: string | null;
  /** Taken as of `resolvedOn`; only closures are rated. */
  rating: RatingValue | null;
}

export interface ProblemUpdate extends FromRow {
  problemId: string;
  assignmentId: string;
  resolvedOn: string | null;
  rating: RatingValue | null;
}

/** The new figures of one row of 生产月报. What stands at `i` of each list belongs to `months[i]`. */
export interface PlannedFigures extends FromRow {
  creditCode: string;
  metric: ProductionMetric;
  source: ProductionSource;
  /** First days of the months. */
  months: readonly string[];
  /** Decimal text, at most four decimals, in the unit of the metric (CNY, days, share, kWh). */
  values: readonly string[];
  /** 1 for a month not known before, else one more than the known. */
  revisions: readonly number[];
  /** 2: a February that holds January too. */
  coversMonths: ReadonlyArray<1 | 2>;
}

/** All that a ledger would change, and what came of each row. Nothing in it has been written. */
export interface LedgerPlan {
  departments: PlannedDepartment[];
  officials: PlannedOfficial[];
  officialUpdates: OfficialUpdate[];
  enterprises: PlannedEnterprise[];
  cases: PlannedCase[];
  caseUpdates: CaseUpdate[];
  problems: PlannedProblem[];
  problemUpdates: ProblemUpdate[];
  figures: PlannedFigures[];
  /** One for each known sheet that the workbook holds, in its order. */
  sheets: SheetReport[];
}
