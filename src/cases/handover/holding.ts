import type { Transaction } from '../../platform/database/transactions.js';

export const HOLDING_KINDS = ['case', 'problem', 'co_handling', 'pairing'] as const;
export type HoldingKind = (typeof HOLDING_KINDS)[number];

/** One thing that an official answers for. */
export interface Holding {
  kind: HoldingKind;
  /** Of the assignment, the co-handler or the pairing. */
  id: string;
  /** The case, also of a problem that has one. */
  caseId: string | null;
  problemId: string | null;
  /** One of the two. */
  enterpriseId: string | null;
  projectId: string | null;
  /** Number of the case or problem; name of the enterprise or project of a pairing. */
  name: string;
  /** `null` for a pairing. */
  assignmentId: string | null;
  isLeaderPairing: boolean;
}

const SUBJECT = `LEFT JOIN problems p ON p.id = a.problem_id LEFT JOIN cases c ON c.id = coalesce(a.case_id, p.case_id)`;
const SUBJECT_COLUMNS = `c.id AS "caseId", p.id AS "problemId", coalesce(p.enterprise_id, c.enterprise_id) AS "enterpriseId",
  p.project_id AS "projectId", coalesce(p.number, c.number) AS name, a.id AS "assignmentId", false AS "isLeaderPairing"`;

const HOLDINGS = `
SELECT CASE WHEN a.case_id IS NULL THEN 'problem' ELSE 'case' END AS kind, a.id, ${SUBJECT_COLUMNS}
  FROM assignments a ${SUBJECT}
 WHERE a.official_id = $1 AND a.ended_at IS NULL
 UNION ALL
SELECT 'co_handling', h.id, ${SUBJECT_COLUMNS}
  FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id ${SUBJECT}
 WHERE h.official_id = $1 AND h.opinion_at IS NULL AND a.ended_at IS NULL
 UNION ALL
SELECT 'pairing', q.id, NULL, NULL, q.enterprise_id, q.project_id, coalesce(e.name, j.name), NULL, q.duty = 'leader'
  FROM pairings q LEFT JOIN enterprises e ON e.id = q.enterprise_id LEFT JOIN projects j ON j.id = q.project_id
 WHERE q.official_id = $1 AND q.to_on IS NULL
 ORDER BY kind, name, id`;

/** Everything that the official answers for now. */
export const holdingsOf = (tx: Transaction, officialId: string): Promise<Holding[]> =>
  tx.query<Holding>(HOLDINGS, [officialId]);

/** How many of each kind. */
export function countKinds(
  holdings: readonly Holding[],
): Record<'cases' | 'problems' | 'coHandling' | 'pairings', number> {
  const of = (kind: HoldingKind): number => holdings.filter((holding) => holding.kind === kind).length;
  return {
    cases: of('case'),
    problems: of('problem'),
    coHandling: of('co_handling'),
    pairings: of('pairing'),
  };
}
