import type { Assignment } from '../../cases/assignment.entity.js';
import type { Case } from '../../cases/case.entity.js';
import type { CoHandler } from '../../cases/co-handler.entity.js';
import type { Problem } from '../../cases/problem.entity.js';
import { camelRow } from '../../platform/database/rows.js';
import type { Transaction } from '../../platform/database/transactions.js';

/** What a ledger changes of what is there already, locked. */
export interface Touched {
  cases: Case[];
  problems: Problem[];
  /** By id. */
  assignments: Map<string, Assignment>;
  /** Awaited ones, by the id of their assignment. */
  coHandlers: Map<string, CoHandler[]>;
}

/** Somebody acted upon a case or problem after the ledger was decided: the decision may be wrong, and is made anew. */
export class LedgerOvertaken extends Error {}

/**
 * Locks in the order of the house: cases, then problems, each by id.
 * @param seen versions that the ledger was decided upon
 * @throws LedgerOvertaken
 */
export async function lockTouched(
  tx: Transaction,
  caseIds: readonly string[],
  problemIds: readonly string[],
  seen: ReadonlyMap<string, number>,
): Promise<Touched> {
  const owners = await tx.query<{ id: string }>(
    'SELECT DISTINCT case_id AS id FROM problems WHERE id = ANY ($1::uuid[]) AND case_id IS NOT NULL',
    [problemIds],
  );
  const allCaseIds = [...new Set([...caseIds, ...owners.map((owner) => owner.id)])];
  const cases = await rows<Case>(
    tx,
    'SELECT * FROM cases WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    allCaseIds,
  );
  const problems = await rows<Problem>(
    tx,
    'SELECT * FROM problems WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    problemIds,
  );
  for (const row of [...cases, ...problems])
    if (seen.get(row.id) !== row.version) throw new LedgerOvertaken(row.number);
  const assignmentIds = [...cases, ...problems].flatMap((row) => row.assignmentId ?? []);
  const assignments = await rows<Assignment>(
    tx,
    'SELECT * FROM assignments WHERE id = ANY ($1::uuid[])',
    assignmentIds,
  );
  const awaited = await rows<CoHandler>(
    tx,
    'SELECT * FROM co_handlers WHERE assignment_id = ANY ($1::uuid[]) AND opinion_at IS NULL ORDER BY id',
    assignmentIds,
  );
  const coHandlers = new Map<string, CoHandler[]>();
  for (const coHandler of awaited) {
    coHandlers.set(coHandler.assignmentId, [...(coHandlers.get(coHandler.assignmentId) ?? []), coHandler]);
  }
  return {
    cases,
    problems,
    assignments: new Map(assignments.map((assignment) => [assignment.id, assignment])),
    coHandlers,
  };
}

async function rows<Row>(tx: Transaction, sql: string, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return (await tx.query(sql, [ids])).map((row) => camelRow<Row>(row));
}
