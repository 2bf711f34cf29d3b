import type { Actor } from '../access/actor.js';
import { caseScope, enterpriseScope, projectScope } from '../access/scope.js';
import { camelRow } from '../platform/database/rows.js';
import type { Transaction } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import type { Case } from './case.entity.js';

/** Where a problem comes to belong: a case, the enterprise itself where it has no live one, or a project. */
export interface ProblemHome {
  /** `null` of a project, even of one that an enterprise owns. */
  enterpriseId: string | null;
  projectId: string | null;
  reportingUnitId: string;
  /** Locked; its chain takes the problem's events. */
  case: Case | null;
  /** Whether it takes new problems: a project that is no longer pursued does not. */
  isOpen: boolean;
}

/** @throws Refusal 404 NOT_FOUND when the case is absent or out of the actor's scope */
export async function lockCaseHome(tx: Transaction, actor: Actor, caseId: string): Promise<ProblemHome> {
  const scope = caseScope(actor, 'c', 2);
  const [found] = await tx.query(`SELECT c.* FROM cases c WHERE c.id = $1 AND ${scope.sql} FOR UPDATE OF c`, [
    caseId,
    ...scope.parameters,
  ]);
  if (found === undefined) throw notFound('case', caseId);
  return homeOfCase(camelRow<Case>(found));
}

/** @throws Refusal 404 NOT_FOUND when the enterprise is absent or out of the actor's scope */
export async function lockEnterpriseHome(tx: Transaction, actor: Actor, id: string): Promise<ProblemHome> {
  const [home] = await lockEnterpriseHomes(tx, actor, [id]);
  if (home === undefined) throw notFound('enterprise', id);
  return home;
}

/** @throws Refusal 404 NOT_FOUND when the project is absent or out of the actor's scope */
export async function lockProjectHome(tx: Transaction, actor: Actor, id: string): Promise<ProblemHome> {
  const [home] = await lockProjectHomes(tx, actor, [id]);
  if (home === undefined) throw notFound('project', id);
  return home;
}

/**
 * The homes of those of the enterprises and projects that the actor may see, by the id of either. Enterprises are
 * locked before their cases, and those before projects, so that lists issued at once never wait in a circle.
 */
export async function lockHomes(
  tx: Transaction,
  actor: Actor,
  ids: { enterprises: readonly string[]; projects: readonly string[] },
): Promise<Map<string, ProblemHome>> {
  const homes = [
    ...(await lockEnterpriseHomes(tx, actor, ids.enterprises)),
    ...(await lockProjectHomes(tx, actor, ids.projects)),
  ];
  return new Map(homes.map((home) => [home.enterpriseId ?? home.projectId ?? '', home]));
}

/** Enterprises by id before their live cases, as a report of a case does: none begins between this and the problem. */
async function lockEnterpriseHomes(
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
    return owner === undefined
      ? { ...enterprise, projectId: null, case: null, isOpen: true }
      : homeOfCase(owner);
  });
}

/** Locked, so that it neither moves nor closes between this look and the problem. */
const lockProjectHomes = (tx: Transaction, actor: Actor, ids: readonly string[]): Promise<ProblemHome[]> => {
  const scope = projectScope(actor, 'j', 2);
  return tx.query<ProblemHome>(
    `SELECT NULL AS "enterpriseId", j.id AS "projectId", j.reporting_unit_id AS "reportingUnitId", NULL AS "case",
            j.is_active AS "isOpen"
       FROM projects j
      WHERE j.id = ANY ($1::uuid[]) AND ${scope.sql} ORDER BY j.id FOR NO KEY UPDATE OF j`,
    [ids, ...scope.parameters],
  );
};

const homeOfCase = (owner: Case): ProblemHome => ({
  enterpriseId: owner.enterpriseId,
  projectId: null,
  reportingUnitId: owner.reportingUnitId,
  case: owner,
  isOpen: true,
});
