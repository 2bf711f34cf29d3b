import type { Milestone } from './milestones.js';

/** What brings a case to its end or back from it. */
const TURNS = `('reported', 'resolved', 'reopened', 'rejected', 'terminated')`;

/** The first day of a campaign `c`; the office time zone is `$4`. */
const STARTS_ON = `(c.starts_at AT TIME ZONE $4)::date`;

/** By the enterprise's last case, of those that were not reported in error. */
const RECOVERED = `(
    SELECT CASE WHEN turn.type = 'resolved' AND turn.outcome = 'recovered' AND turn.effective_at >= c.starts_at
                THEN (turn.effective_at AT TIME ZONE $4)::date END
      FROM cases k
      CROSS JOIN LATERAL (
        SELECT e.type, e.payload ->> 'outcome' AS outcome, e.effective_at FROM case_events e
         WHERE e.subject_id = k.id AND e.type IN ${TURNS} AND e.recorded_at < $1 AND e.effective_at < $2
         ORDER BY e.effective_at DESC, e.sequence DESC LIMIT 1) turn
     WHERE k.enterprise_id = m.enterprise_id AND turn.type NOT IN ('rejected', 'terminated')
     ORDER BY k.reported_at DESC, k.id DESC LIMIT 1)`;

/** By the last turn of months that were over. */
const BY_FIGURES = `(
    SELECT CASE turned.turn WHEN 'reached' THEN turned.last_on END
      FROM (SELECT DISTINCT ON (t.month) t.turn, (t.month + interval '1 month - 1 day')::date AS last_on
              FROM production_milestones t
             WHERE t.enterprise_id = m.enterprise_id AND t.milestone = c.milestone
               AND t.since_month = date_trunc('month', ${STARTS_ON}::timestamp)::date AND t.recorded_at < $1
             ORDER BY t.month, t.revision DESC) turned
     WHERE turned.turn <> 'none' AND turned.last_on <= $3::date
     ORDER BY turned.last_on DESC LIMIT 1)`;

/** By the first of these stages, which stands for those after it, of entries that none had corrected. */
const atStage = (...stages: readonly string[]): string => `(
    SELECT CASE WHEN min(s.reached_on) >= ${STARTS_ON} THEN min(s.reached_on) END
      FROM project_stages s
     WHERE s.project_id = m.project_id AND s.stage IN (${stages.map((stage) => `'${stage}'`).join(', ')})
       AND s.recorded_at < $1 AND s.reached_on <= $3::date
       AND NOT EXISTS (SELECT 1 FROM project_stages later
                        WHERE later.corrects_id = s.id AND later.recorded_at < $1))`;

const REACHED_ON: Readonly<Record<Milestone, string>> = {
  recovered: RECOVERED,
  resumed: BY_FIGURES,
  capacity_restored: BY_FIGURES,
  on_target: BY_FIGURES,
  full_capacity: BY_FIGURES,
  project_completed: atStage('completed', 'in_production'),
  in_production: atStage('in_production'),
};

/**
 * When a member `m` of a campaign `c` reached the milestone, in SQL; `NULL` while it has not by the end of the day `$3`,
 * which ends at `$2`, as known before `$1`. What was reached before the campaign began is not its doing, and what was
 * lost again does not count.
 */
const REACHED = `CASE c.milestone ${Object.entries(REACHED_ON)
  .map(([milestone, day]) => `WHEN '${milestone}' THEN ${day}`)
  .join(' ')} END`;

/** Of campaigns `$5…$7` (id, milestone, start): members at the end of the day, and those that have reached it. */
export const REACHED_STATEMENT = `
  SELECT c.id, count(m.id)::int AS members, (count(m.id) FILTER (WHERE ${REACHED} IS NOT NULL))::int AS reached
    FROM unnest($5::uuid[], $6::text[], $7::timestamptz[]) AS c (id, milestone, starts_at)
    LEFT JOIN campaign_members m
      ON m.campaign_id = c.id AND m.added_at < $1 AND m.since <= $3::date
     AND (m.removed_at IS NULL OR m.removed_at >= least($1, $2))
   GROUP BY c.id`;

/** Of members `$5` of a campaign (`$6` milestone, `$7` start): when each reached it. */
export const MEMBERS_REACHED_STATEMENT = `
  SELECT m.id, (${REACHED})::text AS "reachedOn"
    FROM campaign_members m CROSS JOIN (SELECT $6::text AS milestone, $7::timestamptz AS starts_at) c
   WHERE m.id = ANY ($5::uuid[])`;
