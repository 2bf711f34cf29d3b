import type { Actor } from '../access/actor.js';
import type { Assignment } from './assignment.entity.js';
import type { Case } from './case.entity.js';
import type { ClosureRequest } from './closure-request.entity.js';
import type { CoHandler } from './co-handler.entity.js';
import type { Asker, Snapshot } from './lifecycle/snapshot.js';
import type { Problem } from './problem.entity.js';

/** Names one case or one problem. */
export interface SubjectRef {
  kind: 'case' | 'problem';
  id: string;
}

/** A case or problem with what its life depends on, locked for a change. */
export type Subject = {
  /** Assignment in force; `null` while reported and after the end. */
  assignment: Assignment | null;
  /** Co-handlers of the assignment in force whose opinion is awaited. */
  coHandlers: CoHandler[];
  /** Closure request that waits for a decision. */
  closureRequest: ClosureRequest | null;
  hasOtherLiveCase: boolean;
} & ({ kind: 'case'; row: Case; case: null } | { kind: 'problem'; row: Problem; case: Case | null });

export const SUBJECT_TABLES = { case: 'cases', problem: 'problems' } as const;

/** The case or problem on whose row the event chain ends. */
export const chainOwner = (subject: Subject): Case | Problem => subject.case ?? subject.row;

/** Columns of a row that hangs on a case or on a problem. */
export const subjectColumns = (subject: Subject): { caseId: string | null; problemId: string | null } =>
  subject.kind === 'case'
    ? { caseId: subject.row.id, problemId: null }
    : { caseId: null, problemId: subject.row.id };

export function snapshotOf(subject: Subject): Snapshot {
  const { row } = subject;
  return {
    kind: subject.kind,
    status: row.status,
    reportingUnitId: row.reportingUnitId,
    leadDepartmentId: row.leadDepartmentId,
    returnCount: row.returnCount,
    assignment: subject.assignment,
    closureRequest: subject.closureRequest,
    caseStatus: subject.case?.status ?? null,
    openProblems: subject.kind === 'case' ? subject.row.problemsOpen : 0,
    hasOtherLiveCase: subject.hasOtherLiveCase,
    claimUntil: subject.kind === 'problem' ? subject.row.claimUntil : null,
  };
}

const NOBODY = { accountId: null, departmentId: null, reportingUnitId: null };

export function askerOf(actor: Actor): Asker {
  if (actor.kind === 'account') return actor;
  return actor.kind === 'system'
    ? { ...NOBODY, role: 'system' }
    : { ...NOBODY, role: 'portal', reportingUnitIds: actor.reportingUnitIds };
}
