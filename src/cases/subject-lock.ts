import type { Actor } from '../access/actor.js';
import { caseScope, problemScope } from '../access/scope.js';
import { camelRow } from '../platform/database/rows.js';
import type { Transaction } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import type { Assignment } from './assignment.entity.js';
import type { Case } from './case.entity.js';
import type { ClosureRequest } from './closure-request.entity.js';
import type { CoHandler } from './co-handler.entity.js';
import type { Action } from './lifecycle/actions.js';
import type { Status } from './lifecycle/states.js';
import type { Problem } from './problem.entity.js';
import type { Subject, SubjectRef } from './subject.js';

/**
 * Locks a case or problem for a change, with all that its life depends on. Locks are taken in one order everywhere:
 * the enterprise where it matters, the case, then its problem, so that two changes at once wait for one another and never
 * for ever.
 * @throws Refusal 404 NOT_FOUND when it is absent or out of the actor's scope
 */
export async function lockSubject(
  tx: Transaction,
  actor: Actor,
  ref: SubjectRef,
  action?: Action,
): Promise<Subject> {
  return ref.kind === 'case'
    ? lockCaseSubject(tx, actor, ref.id, action)
    : lockProblemSubject(tx, actor, ref.id);
}

async function lockCaseSubject(
  tx: Transaction,
  actor: Actor,
  id: string,
  action: Action | undefined,
): Promise<Subject> {
  const scope = caseScope(actor, 'c', 2);
  // Looked for before it is locked: who saw it in the claim pool and comes second is told so, not that it is absent.
  const [seen] = await tx.query<{ enterpriseId: string }>(
    `SELECT c.enterprise_id AS "enterpriseId" FROM cases c WHERE c.id = $1 AND ${scope.sql}`,
    [id, ...scope.parameters],
  );
  if (seen === undefined) throw notFound('case', id);
  // As a report locks it: of a report and a reopening at once the second sees the first.
  if (action === 'reopen')
    await tx.query('SELECT 1 FROM enterprises WHERE id = $1 FOR NO KEY UPDATE', [seen.enterpriseId]);
  const row = await lockCase(tx, id);
  return { kind: 'case', row, case: null, ...(await dependents(tx, row, await isAnotherLive(tx, row))) };
}

async function lockProblemSubject(tx: Transaction, actor: Actor, id: string): Promise<Subject> {
  const scope = problemScope(actor, 'p', 2);
  const [seen] = await tx.query<{ caseId: string | null }>(
    `SELECT p.case_id AS "caseId" FROM problems p WHERE p.id = $1 AND ${scope.sql}`,
    [id, ...scope.parameters],
  );
  if (seen === undefined) throw notFound('problem', id);
  const itsCase = seen.caseId === null ? null : await lockCase(tx, seen.caseId);
  const [found] = await tx.query('SELECT * FROM problems WHERE id = $1 FOR UPDATE', [id]);
  if (found === undefined) throw notFound('problem', id);
  const row = camelRow<Problem>(found);
  return { kind: 'problem', row, case: itsCase, ...(await dependents(tx, row, false)) };
}

/** @throws Refusal 404 NOT_FOUND */
export async function lockCase(tx: Transaction, id: string): Promise<Case> {
  const [found] = await tx.query('SELECT * FROM cases WHERE id = $1 FOR UPDATE', [id]);
  if (found === undefined) throw notFound('case', id);
  return camelRow<Case>(found);
}

/** The problems of a locked case that are in one of the states, locked, to go where it goes. */
export async function lockProblemsOf(
  tx: Transaction,
  owner: Case,
  statuses: readonly Status[],
): Promise<Subject[]> {
  const found = await tx.query(
    'SELECT * FROM problems WHERE case_id = $1 AND status = ANY ($2) ORDER BY id FOR UPDATE',
    [owner.id, statuses],
  );
  const subjects: Subject[] = [];
  for (const problem of found) {
    const row = camelRow<Problem>(problem);
    subjects.push({ kind: 'problem', row, case: owner, ...(await dependents(tx, row, false)) });
  }
  return subjects;
}

async function dependents(
  tx: Transaction,
  row: Case | Problem,
  hasOtherLiveCase: boolean,
): Promise<Pick<Subject, 'assignment' | 'coHandlers' | 'closureRequest' | 'hasOtherLiveCase'>> {
  if (row.assignmentId === null)
    return { assignment: null, coHandlers: [], closureRequest: null, hasOtherLiveCase };
  const [assignment] = await tx.query('SELECT * FROM assignments WHERE id = $1 AND ended_at IS NULL', [
    row.assignmentId,
  ]);
  if (assignment === undefined)
    return { assignment: null, coHandlers: [], closureRequest: null, hasOtherLiveCase };
  const coHandlers = await tx.query(
    'SELECT * FROM co_handlers WHERE assignment_id = $1 AND opinion_at IS NULL ORDER BY id',
    [row.assignmentId],
  );
  const [request] =
    row.status === 'verifying'
      ? await tx.query('SELECT * FROM closure_requests WHERE assignment_id = $1 AND decided_at IS NULL', [
          row.assignmentId,
        ])
      : [];
  return {
    assignment: camelRow<Assignment>(assignment),
    coHandlers: coHandlers.map((coHandler) => camelRow<CoHandler>(coHandler)),
    closureRequest: request === undefined ? null : camelRow<ClosureRequest>(request),
    hasOtherLiveCase,
  };
}

/** Asked only where it can matter: a case that is not live might come back. */
async function isAnotherLive(tx: Transaction, row: Case): Promise<boolean> {
  if (row.status !== 'resolved') return false;
  const [answer] = await tx.query<{ isLive: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM cases WHERE enterprise_id = $1 AND id <> $2
       AND status NOT IN ('resolved', 'rejected', 'terminated')) AS "isLive"`,
    [row.enterpriseId, row.id],
  );
  return answer?.isLive === true;
}
