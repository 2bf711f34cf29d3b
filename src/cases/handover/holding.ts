import type { Transaction } from '../../platform/database/transactions.js';

export const HOLDING_KINDS = ['case', 'problem', 'co_handling', 'pairing', 'plan'] as const;
export type HoldingKind = (typeof HOLDING_KINDS)[number];

/** One thing that an official answers for. */
export interface Holding {
  kind: HoldingKind;
  /** Of the assignment, the co-handler, the pairing or the plan. */
  id: string;
  /** The case, also of a problem that has one. */
  caseId: string | null;
  problemId: string | null;
  /** One of the two. */
  enterpriseId: string | null;
  projectId: string | null;
  /** Number of the case or problem; name of the enterprise or project of a pairing. */
  name: string;
  /** `null` for a pairing and a plan. */
  assignmentId: string | null;
  /** Requests to close or to extend that wait for the task force; they hang on the assignment and go with it. */
  pendingApprovals: number;
  isLeaderPairing: boolean;
}

const SUBJECT = `LEFT JOIN problems p ON p.id = a.problem_id LEFT JOIN cases c ON c.id = coalesce(a.case_id, p.case_id)`;
const SUBJECT_COLUMNS = `c.id AS "caseId", p.id AS "problemId", coalesce(p.enterprise_id, c.enterprise_id) AS "enterpriseId",
  p.project_id AS "projectId", coalesce(p.number, c.number) AS name, a.id AS "assignmentId", false AS "isLeaderPairing"`;
const PENDING = `((SELECT count(*) FROM closure_requests r WHERE r.assignment_id = a.id AND r.decided_at IS NULL)
  + (SELECT count(*) FROM extensions x WHERE x.assignment_id = a.id AND x.decided_at IS NULL))::int AS "pendingApprovals"`;

const HOLDINGS = `
SELECT CASE WHEN a.case_id IS NULL THEN 'problem' ELSE 'case' END AS kind, a.id, ${SUBJECT_COLUMNS}, ${PENDING}
  FROM assignments a ${SUBJECT}
 WHERE a.official_id = $1 AND a.ended_at IS NULL
 UNION ALL
SELECT 'co_handling', h.id, ${SUBJECT_COLUMNS}, 0
  FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id ${SUBJECT}
 WHERE h.official_id = $1 AND h.opinion_at IS NULL AND a.ended_at IS NULL
 UNION ALL
SELECT 'pairing', q.id, NULL, NULL, q.enterprise_id, q.project_id, coalesce(e.name, j.name), NULL, q.duty = 'leader', 0
  FROM pairings q LEFT JOIN enterprises e ON e.id = q.enterprise_id LEFT JOIN projects j ON j.id = q.project_id
 WHERE q.official_id = $1 AND q.to_on IS NULL
 UNION ALL
SELECT 'plan', l.id, c.id, NULL, c.enterprise_id, NULL, c.number, NULL, false, 0
  FROM (SELECT DISTINCT plan_id FROM plan_measures WHERE official_id = $1 AND done_on IS NULL) m
  JOIN case_plans l ON l.id = m.plan_id
  JOIN cases c ON c.id = l.case_id
 WHERE c.status NOT IN ('resolved', 'rejected', 'terminated')
   AND NOT EXISTS (SELECT 1 FROM case_plans n WHERE n.case_id = l.case_id AND n.plan_version > l.plan_version)
 ORDER BY kind, name, id`;

/** Everything that the official answers for now. */
export const holdingsOf = (tx: Transaction, officialId: string): Promise<Holding[]> =>
  tx.query<Holding>(HOLDINGS, [officialId]);

type Counts = Record<'cases' | 'problems' | 'coHandling' | 'pairings' | 'plans' | 'pendingApprovals', number>;

/** How many of each kind. */
export function countKinds(holdings: readonly Holding[]): Counts {
  const of = (kind: HoldingKind): number => holdings.filter((holding) => holding.kind === kind).length;
  return {
    cases: of('case'),
    problems: of('problem'),
    coHandling: of('co_handling'),
    pairings: of('pairing'),
    plans: of('plan'),
    pendingApprovals: holdings.reduce((sum, { pendingApprovals }) => sum + pendingApprovals, 0),
  };
}

/** For whom an official stands in, now or later. */
export interface StandIn {
  officialId: string;
  name: string;
  fromOn: string;
  toOn: string;
}

/** Is not handed over: for whom somebody else stands in then is for those people to say. */
export const standInsOf = (tx: Transaction, deputyId: string, today: string): Promise<StandIn[]> =>
  tx.query<StandIn>(
    `SELECT s.official_id AS "officialId", o.name, s.from_on::text AS "fromOn", s.to_on::text AS "toOn"
       FROM deputies s JOIN officials o ON o.id = s.official_id
      WHERE s.deputy_id = $1 AND s.cancelled_at IS NULL AND s.to_on >= $2 ORDER BY s.from_on, s.id`,
    [deputyId, today],
  );
