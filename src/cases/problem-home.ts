import type { Actor } from '../access/actor.js';
import { caseScope, enterpriseScope } from '../access/scope.js';
import { camelRow } from '../platform/database/rows.js';
import type { Transaction } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import type { Case } from './case.entity.js';

/** Where a problem comes to belong: a case, or the enterprise itself where it has no live one. */
export interface ProblemHome {
  enterpriseId: string;
  reportingUnitId: string;
  /** Locked; its chain takes the problem's events. */
  case: Case | null;
}

/** @throws Refusal 404 NOT_FOUND when the case is absent or out of the actor's scope */
export async function lockCaseHome(tx: Transaction, actor: Actor, caseId: string): Promise<ProblemHome> {
  const scope = caseScope(actor, 'c', 2);
  const [found] = await tx.query(`SELECT c.* FROM cases c WHERE c.id = $1 AND ${scope.sql} FOR UPDATE OF c`, [
    caseId,
    ...scope.parameters,
  ]);
  if (found === undefined) throw notFound('case', caseId);
  return homeOf(camelRow<Case>(found));
}

/** @throws Refusal 404 NOT_FOUND when the enterprise is absent or out of the actor's scope */
export async function lockEnterpriseHome(tx: Transaction, actor: Actor, id: string): Promise<ProblemHome> {
  const [home] = await lockEnterpriseHomes(tx, actor, [id]);
  if (home === undefined) throw notFound('enterprise', id);
  return home;
}

/**
 * The homes of those of the enterprises that the actor may see. Enterprises are locked by id before their live cases,
 * as a report of a case does, so that no case begins between this look and the problem.
 */
export async function lockEnterpriseHomes(
  tx: Transaction,
  actor: Actor,
  ids: readonly string[],
): Promise<ProblemHome[]> {
  const scope = enterpriseScope(actor, 'e', 2);
  const enterprises = await tx.query<{ enterpriseId: string; reportingUnitId: string }>(
    `SELECT e.id AS "enterpriseId", e.reporting_unit_id AS "reportingUnitId" FROM enterprises e
      WHERE e.id = ANY ($1::uuid[]) AND ${scope.sql} ORDER BY e.id FOR NO KEY UPDATE OF e`,
    [ids, ...scope.parameters],
  );
  const live = await tx.query(
    `SELECT * FROM cases WHERE enterprise_id = ANY ($1::uuid[])
        AND status NOT IN ('resolved', 'rejected', 'terminated') ORDER BY id FOR UPDATE`,
    [enterprises.map(({ enterpriseId }) => enterpriseId)],
  );
  const cases = new Map(live.map((row) => camelRow<Case>(row)).map((row) => [row.enterpriseId, row]));
  return enterprises.map((enterprise) => {
    const owner = cases.get(enterprise.enterpriseId);
    return owner === undefined ? { ...enterprise, case: null } : homeOf(owner);
  });
}

const homeOf = (owner: Case): ProblemHome => ({
  enterpriseId: owner.enterpriseId,
  reportingUnitId: owner.reportingUnitId,
  case: owner,
});
