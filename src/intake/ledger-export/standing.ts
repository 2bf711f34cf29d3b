import type { Cause, DistressType, ProblemCategory, Status } from '../../cases/lifecycle/states.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import type { SizeClass } from '../../enterprises/enterprise.entity.js';

/** What a ledger tells of a case or problem and its last assignment. Calendar dates are office dates. */
export interface Standing {
  id: string;
  number: string;
  status: Status;
  outcome: string | null;
  reopenCount: number;
  enterpriseName: string;
  /** All of the assignment is `null` for one that never had any. */
  lead: string | null;
  official: string | null;
  /** The official still sits in the department that leads. */
  isOfficialThere: boolean | null;
  assignedOn: string | null;
  acknowledgedOn: string | null;
  /** As it stands now. */
  dueOn: string | null;
  /** Other than it was set at first. */
  isDueChanged: boolean;
  resolvedOn: string | null;
}

export interface StandingCase extends Standing {
  enterpriseId: string;
  creditCode: string;
  unit: string;
  industryCode: string | null;
  sizeClass: SizeClass | null;
  isAboveScale: boolean;
  isKey: boolean;
  employees: number | null;
  /** CNY, decimal text. */
  baseline: string | null;
  contactName: string | null;
  contactPhoneSealed: string | null;
  distressType: DistressType;
  note: string | null;
  /** Paired leader who is an official of 市政府. */
  leader: string | null;
  /** Another case of the enterprise stands in its row. */
  isEarlier: boolean;
  /** A later assignment of the same day is the one that the day is known by. */
  isDayTaken: boolean;
}

export interface StandingProblem extends Standing {
  caseId: string | null;
  title: string;
  category: ProblemCategory;
  cause: Cause | null;
  coDepartments: readonly string[];
  /** Of its closure. */
  rating: RatingValue | null;
}

/** In which states a ledger row says what is so: handed to somebody, or closed. */
export const LEDGER_STATUSES: readonly Status[] = [
  'assigned',
  'in_progress',
  'verifying',
  'on_hold',
  'resolved',
];
