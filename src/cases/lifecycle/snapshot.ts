import type { Role } from '../../access/role.js';
import type { Status, SubjectKind } from './states.js';

/** What the lifecycle must know of a case or problem to decide; plain data, so that it can decide anywhere. */
export interface Snapshot {
  kind: SubjectKind;
  status: Status;
  reportingUnitId: string;
  leadDepartmentId: string | null;
  returnCount: number;
  /** The assignment in force. */
  assignment: { acknowledgeBy: Date; isFinal: boolean } | null;
  /** The closure request that waits for a decision. */
  closureRequest: { requestedBy: string; requestedByDepartmentId: string | null } | null;
  /** State of the case that a problem belongs to; `null` for a case, and for a problem that has none. */
  caseStatus: Status | null;
  /** Live problems of a case; 0 for a problem. */
  openProblems: number;
  /** Another case of the same enterprise is live; for a problem always false. */
  hasOtherLiveCase: boolean;
  /** End of the claim window, where its responsibility list set one; `null` for a case. */
  claimUntil: Date | null;
}

/** Who asks, reduced to what the table goes by; `system` is the clock and the command line, `portal` an API key. */
export interface Asker {
  accountId: string | null;
  role: Role | 'system' | 'portal';
  departmentId: string | null;
  reportingUnitId: string | null;
  /** Of a portal: where it may act; `null` is everywhere. */
  reportingUnitIds?: readonly string[] | null;
}

/** Why something is refused: 403 when this asker may not, 409 when the state forbids it. */
export interface Refused {
  status: 403 | 409;
  code: string;
}
