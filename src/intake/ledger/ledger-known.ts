import type { RatingValue } from '../../cases/rating.entity.js';
import type { Cause, DistressType, ProblemCategory, Status } from '../../cases/lifecycle/states.js';
import type { DepartmentLevel } from '../../organization/department.entity.js';
import type { OfficialDuty } from '../../organization/official.entity.js';
import type { ProductionMetric, ProductionSource } from '../../production/production-figure.entity.js';
import type { LedgerLimit } from './ledger-plan.js';

/** What must be looked up before the rows can be decided, each value once. */
export interface LedgerKeys {
  /** Of all sheets; well-formed codes only. */
  creditCodes: string[];
  /**
   * Names of enterprises that the problem sheet names, as written and with full-width letters, brackets and blanks
   * folded, so that an equality search finds either way of writing.
   */
  problemEnterpriseNames: string[];
}

export interface KnownUnit {
  code: string;
  name: string;
  aliases: readonly string[];
  retiredCodes: readonly string[];
}

export interface KnownDepartment {
  name: string;
  level: DepartmentLevel;
  reportingUnitCode: string | null;
  isTaskForce: boolean;
  isActive: boolean;
}

export interface KnownOfficial {
  id: string;
  department: string;
  name: string;
  post: string;
  duty: OfficialDuty;
  mobile: string | null;
  email: string | null;
  isActive: boolean;
}

export interface KnownEnterprise {
  creditCode: string;
  name: string;
  reportingUnitCode: string;
}

/** The first facts of an assignment and what has become of it. Calendar dates are office dates. */
interface KnownAssignment {
  /** All of the assignment is `null` for a case or problem that has none yet (`reported`). */
  assignmentId: string | null;
  assignedOn: string | null;
  department: string | null;
  official: string | null;
  limitWorkingDays: number | null;
  /** As set when it was assigned, before extensions, holds and send-backs. */
  dueOn: string | null;
  /** As it stands now. */
  currentDueOn: string | null;
  /** The last assignment of its subject; only that one can be signed for or closed by a ledger. */
  isCurrent: boolean;
  acknowledgedOn: string | null;
  status: Status;
  /** Day on which this assignment ended in closure, also where the subject was reopened since. */
  resolvedOn: string | null;
  /** Day of the subject's own last event: the ledger can add nothing before it. */
  lastEventOn: string;
}

/** One for each assignment of each case of the enterprises asked for, and one for each case without any. */
export interface KnownCase extends KnownAssignment {
  caseId: string;
  creditCode: string;
  distressType: DistressType;
}

/** One for each assignment of each problem of the enterprises asked for; equal ones in the order they became known. */
export interface KnownProblem extends KnownAssignment {
  problemId: string;
  creditCode: string;
  text: string;
  category: ProblemCategory;
  cause: Cause | null;
  coDepartments: readonly string[];
  /** The last rating taken from a ledger. */
  ledgerRating: RatingValue | null;
  /** The last one from anywhere. */
  lastRating: RatingValue | null;
}

/** The newest revision of a figure. */
export interface KnownFigure {
  creditCode: string;
  metric: ProductionMetric;
  source: ProductionSource;
  /** First day of the month. */
  month: string;
  value: string;
  revision: number;
  coversMonths: number;
}

/** What the database knows, loaded in bulk for one file. */
export interface LedgerKnown {
  reportingUnits: readonly KnownUnit[];
  departments: readonly KnownDepartment[];
  officials: readonly KnownOfficial[];
  /** Those with a credit code of the keys, and those with a name of the keys. */
  enterprises: readonly KnownEnterprise[];
  /** Of these enterprises. */
  cases: readonly KnownCase[];
  /** Of these enterprises. */
  problems: readonly KnownProblem[];
  /** Asked some hundred enterprises at a time: a production sheet holds millions of figures. */
  loadFigures(creditCodes: readonly string[]): Promise<readonly KnownFigure[]>;
  /** Due day that an assignment of that day with that limit gets. */
  dueOn(assignedOn: string, limit: LedgerLimit): string;
}
