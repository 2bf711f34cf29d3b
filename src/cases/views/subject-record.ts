import type { Complexity, Outcome, Status } from '../lifecycle/states.js';

/** A co-handler as the SQL of the views packs it; instants are text there. */
export interface CoHandlerRecord {
  id: string;
  departmentId: string;
  departmentCode: string | null;
  departmentName: string;
  officialId: string | null;
  officialName: string | null;
  dueAt: string;
  deadlineVersion: number;
  opinion: string | null;
  opinionAt: string | null;
}

/** The enterprise of it, and the unit in whose row it stands. */
export interface EnterpriseRecord {
  enterpriseId: string;
  enterpriseName: string;
  creditCode: string;
  unitCode: string;
  unitName: string;
}

/** A row of the views' SQL, in camelCase: what cases and problems share. */
export interface SubjectRecord {
  id: string;
  number: string;
  status: Status;
  outcome: Outcome | null;
  complexity: Complexity | null;
  reportingUnitId: string;
  leadDepartmentId: string | null;
  dueAt: Date | null;
  stoppedAt: Date | null;
  isLateWhenStopped: boolean;
  assignBy: Date | null;
  progressedAt: Date | null;
  reportedAt: Date;
  resolvedAt: Date | null;
  reopenCount: number;
  returnCount: number;
  reviewOn: string | null;
  version: number;
  unitCode: string;
  unitName: string;
  assignmentId: string | null;
  departmentId: string;
  departmentCode: string | null;
  departmentName: string;
  officialId: string;
  officialName: string;
  assignedAt: Date;
  acknowledgeBy: Date;
  acknowledgedAt: Date | null;
  assignmentDueAt: Date;
  deadlineVersion: number;
  isProvisional: boolean;
  isFinal: boolean;
  endedAt: Date | null;
  closureRequestId: string | null;
  requestedBy: string;
  requestedByDepartmentId: string | null;
  coHandlers: CoHandlerRecord[];
  /** The sort key of a list, as text; absent when one is read by id. */
  sortKey?: string;
}
