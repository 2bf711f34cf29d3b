import type { Milestone } from './milestones.js';

/** What brings a case to its end or back from it. */
const TURNS = `('reported', 'resolved', 'reopened', 'rejected', 'terminated')`;

/**
 * Whether a member `m` of a campaign `c` has reached the milestone before `$2`, as known before `$1`, in SQL. What was
 * reached before the campaign began is not its doing, and what was lost again does not count.
 */
const REACHED: Readonly<Record<Milestone, string>> = {
  // By the enterprise's last case, of those that were not reported in error.
  recovered: `(
    SELECT turn.type = 'resolved' AND turn.outcome = 'recovered' AND turn.effective_at >= c.starts_at
      FROM cases k
      CROSS JOIN LATERAL (
        SELECT e.type, e.payload ->> 'outcome' AS outcome, e.effective_at FROM case_events e
         WHERE e.subject_id = k.id AND e.type IN ${TURNS} AND e.recorded_at < $1 AND e.effective_at < $2
         ORDER BY e.effective_at DESC, e.sequence DESC LIMIT 1) turn
     WHERE k.enterprise_id = m.enterprise_id AND turn.type NOT IN ('rejected', 'terminated')
     ORDER BY k.reported_at DESC, k.id DESC LIMIT 1)`,
};

/** Of campaigns `$4…$6` (id, milestone, start): members at the end of the day `$3`, which ends at `$2`, and those that have reached it. */
export const REACHED_STATEMENT = `
  SELECT c.id, count(m.id)::int AS members,
         (count(m.id) FILTER (WHERE CASE c.milestone ${Object.entries(REACHED)
           .map(([milestone, condition]) => `WHEN '${milestone}' THEN ${condition}`)
           .join(' ')} END))::int AS reached
    FROM unnest($4::uuid[], $5::text[], $6::timestamptz[]) AS c (id, milestone, starts_at)
    LEFT JOIN campaign_members m
      ON m.campaign_id = c.id AND m.added_at < $1 AND m.since <= $3::date
     AND (m.removed_at IS NULL OR m.removed_at >= least($1, $2))
   GROUP BY c.id`;
