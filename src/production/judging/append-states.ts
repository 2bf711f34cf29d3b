import type { Transaction } from '../../platform/database/transactions.js';
import type { JudgedMonth } from '../rules/judge.js';

export interface JudgedEnterprise {
  enterpriseId: string;
  months: readonly JudgedMonth[];
  policyVersion: number;
}

const APPEND = `
INSERT INTO production_states (enterprise_id, month, revision, status, rule, facts, policy_version, recorded_at)
SELECT j.enterprise_id, j.month, coalesce(k.revision, 0) + 1, j.status, j.rule, j.facts, j.policy_version, $7
  FROM (SELECT enterprise_id, (month || '-01')::date AS month, status, rule, facts::jsonb AS facts, policy_version
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
            AS given (enterprise_id, month, status, rule, facts, policy_version)) j
  LEFT JOIN (SELECT DISTINCT ON (enterprise_id, month) enterprise_id, month, revision, status, rule, facts
               FROM production_states WHERE enterprise_id = ANY($8::uuid[])
              ORDER BY enterprise_id, month, revision DESC) k USING (enterprise_id, month)
 WHERE (k.status, k.rule, k.facts) IS DISTINCT FROM (j.status, j.rule, j.facts)
RETURNING enterprise_id AS "enterpriseId", to_char(month, 'YYYY-MM') AS month`;

/** The last month and since when it has been so. */
const PRESENT = `
INSERT INTO production_statuses AS s (enterprise_id, status, month, since_month)
SELECT id, status, (month || '-01')::date, (since || '-01')::date
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS given (id, status, month, since)
ON CONFLICT (enterprise_id) DO UPDATE
   SET status = excluded.status, month = excluded.month, since_month = excluded.since_month
 WHERE (s.status, s.month, s.since_month) IS DISTINCT FROM (excluded.status, excluded.month, excluded.since_month)`;

/** Appends a revision where what was judged differs from the newest known. @returns the months of which it did, by enterprise */
export async function appendStates(
  tx: Transaction,
  judged: readonly JudgedEnterprise[],
  now: Date,
): Promise<Map<string, string[]>> {
  const rows = judged.flatMap(({ enterpriseId, months, policyVersion }) =>
    months.map((month) => ({ enterpriseId, policyVersion, ...month })),
  );
  const appended = await tx.query<{ enterpriseId: string; month: string }>(APPEND, [
    rows.map(({ enterpriseId }) => enterpriseId),
    rows.map(({ month }) => month),
    rows.map(({ status }) => status),
    rows.map(({ rule }) => rule),
    rows.map(({ facts }) => JSON.stringify(facts)),
    rows.map(({ policyVersion }) => policyVersion),
    now,
    judged.map(({ enterpriseId }) => enterpriseId),
  ]);
  await keepPresent(tx, judged);
  const changed = new Map<string, string[]>();
  for (const { enterpriseId, month } of appended)
    changed.set(enterpriseId, [...(changed.get(enterpriseId) ?? []), month]);
  return changed;
}

async function keepPresent(tx: Transaction, judged: readonly JudgedEnterprise[]): Promise<void> {
  const present = judged.flatMap(({ enterpriseId, months }) => {
    const last = months.at(-1);
    if (last === undefined) return [];
    const before = months.findLastIndex(({ status }) => status !== last.status);
    const since = months[before + 1] ?? last;
    return [{ enterpriseId, status: last.status, month: last.month, since: since.month }];
  });
  await tx.query(PRESENT, [
    present.map(({ enterpriseId }) => enterpriseId),
    present.map(({ status }) => status),
    present.map(({ month }) => month),
    present.map(({ since }) => since),
  ]);
}
