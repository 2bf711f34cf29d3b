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
  const [seen] = await tx.prepared<{ enterpriseId: string }>(
    `SELECT c.enterprise_id AS "enterpriseId" FROM cases c WHERE c.id = $1 AND ${scope.sql}`,
    [id, ...scope.parameters],
  );
  if (seen === undefined) throw notFound('case', id);
  // As a report locks it: of a report and a reopening at once the second sees the first.
  if (action === 'reopen')
    await tx.query('SELECT 1 FROM enterprises WHERE id = $1 FOR NO KEY UPDATE', [seen.enterpriseId]);
  const row = await lockCase(tx, id);
  const hasOtherLiveCase = await isAnotherLive(tx, row);
  const dependents = (await dependentsOf(tx, [row])).get(row.id) ?? NONE;
  return { kind: 'case', row, case: null, hasOtherLiveCase, ...dependents };
}

async function lockProblemSubject(tx: Transaction, actor: Actor, id: string): Promise<Subject> {
  const scope = problemScope(actor, 'p', 2);
  const [seen] = await tx.prepared<{ caseId: string | null }>(
    `SELECT p.case_id AS "caseId" FROM problems p WHERE p.id = $1 AND ${scope.sql}`,
    [id, ...scope.parameters],
  );
  if (seen === undefined) throw notFound('problem', id);
  const itsCase = seen.caseId === null ? null : await lockCase(tx, seen.caseId);
  const [found] = await tx.query('SELECT * FROM problems WHERE id = $1 FOR UPDATE', [id]);
  if (found === undefined) throw notFound('problem', id);
  const row = camelRow<Problem>(found);
  const dependents = (await dependentsOf(tx, [row])).get(row.id) ?? NONE;
  return { kind: 'problem', row, case: itsCase, hasOtherLiveCase: false, ...dependents };
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
  const rows = found.map((problem) => camelRow<Problem>(problem));
  const dependents = await dependentsOf(tx, rows);
  return rows.map((row) => ({
    kind: 'problem',
    row,
    case: owner,
    hasOtherLiveCase: false,
    ...(dependents.get(row.id) ?? NONE),
  }));
}

export type Dependents = Pick<Subject, 'assignment' | 'coHandlers' | 'closureRequest'>;
export const NONE: Dependents = { assignment: null, coHandlers: [], closureRequest: null };

/** What hangs on each row, by its id; in the same few statements for one and for many. */
export async function dependentsOf(
  db: Pick<Transaction, 'query'>,
  rows: ReadonlyArray<Case | Problem>,
): Promise<Map<string, Dependents>> {
  const ids = rows.flatMap(({ assignmentId }) => assignmentId ?? []);
  const verified = rows.flatMap(({ assignmentId, status }) =>
    assignmentId !== null && status === 'verifying' ? [assignmentId] : [],
  );
  const read = async <Row>(condition: string, wanted: readonly string[]): Promise<Row[]> => {
    if (wanted.length === 0) return [];
    return (await db.query<Record<string, unknown>>(`SELECT * FROM ${condition}`, [wanted])).map((row) =>
      camelRow<Row>(row),
    );
  };
  const live = await read<Assignment>('assignments WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL', ids);
  const awaited = await read<CoHandler>(
    'co_handlers WHERE assignment_id = ANY ($1::uuid[]) AND opinion_at IS NULL ORDER BY id',
    live.map(({ id }) => id),
  );
  const waiting = await read<ClosureRequest>(
    'closure_requests WHERE assignment_id = ANY ($1::uuid[]) AND decided_at IS NULL',
    verified,
  );
  return new Map(
    rows.map(({ id, assignmentId }) => {
      const assignment = live.find((candidate) => candidate.id === assignmentId);
      if (assignment === undefined) return [id, NONE];
      const coHandlers = awaited.filter((coHandler) => coHandler.assignmentId === assignmentId);
      const closureRequest = waiting.find((request) => request.assignmentId === assignmentId) ?? null;
      return [id, { assignment, coHandlers, closureRequest }];
    }),
  );
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
