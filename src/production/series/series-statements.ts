/** Of enterprise `$1` from the month `$2` to `$3`, first days both. The newest revision of each figure and source. */
export const FIGURES = `
  SELECT DISTINCT ON (f.month, f.metric, f.source)
         to_char(f.month, 'YYYY-MM') AS month, f.covers_months::int AS "coversMonths", f.metric, f.source,
         f.value::float8 AS value, f.revision
    FROM production_figures f
   WHERE f.enterprise_id = $1 AND f.month BETWEEN $2::date AND $3::date
   ORDER BY f.month, f.metric, f.source, f.revision DESC`;

/** The newest judgement of each period; that of February also where January alone is asked for. */
export const JUDGED = `
  SELECT DISTINCT ON (s.month) to_char(s.month, 'YYYY-MM') AS month, s.status, s.rule, s.facts
    FROM production_states s
   WHERE s.enterprise_id = $1 AND s.month BETWEEN $2::date AND $3::date + interval '1 month'
   ORDER BY s.month, s.revision DESC`;

export const UNREPORTED = `
  SELECT DISTINCT ON (u.month) to_char(u.month, 'YYYY-MM') AS month, u.reason
    FROM production_unreported_months u
   WHERE u.enterprise_id = $1 AND u.month BETWEEN $2::date AND $3::date
   ORDER BY u.month, u.revision DESC`;

/** Their last month is that after all, where they ended early. */
export const STOPS = `
  SELECT s.kind, to_char(s.from_month, 'YYYY-MM') AS "fromMonth",
         to_char(coalesce(s.ended_month, s.to_month), 'YYYY-MM') AS "toMonth"
    FROM production_stops s
   WHERE s.enterprise_id = $1 AND s.withdrawn_at IS NULL
     AND s.from_month <= $3::date AND coalesce(s.ended_month, s.to_month, 'infinity') >= $2::date
   ORDER BY s.from_month, s.id`;

/** What began and ended its cases, of those in the scope; dates in the zone `$2`. */
export const turnsOfCases = (scope: string): string => `
  SELECT c.id AS "caseId", c.number, c.distress_type AS "distressType", v.type,
         to_char(v.effective_at AT TIME ZONE $2, 'YYYY-MM-DD') AS "on", v.payload ->> 'outcome' AS outcome
    FROM cases c
    JOIN case_events v ON v.subject_id = c.id
                      AND v.type IN ('reported', 'reopened', 'resolved', 'rejected', 'terminated')
   WHERE c.enterprise_id = $1 AND (${scope})
   ORDER BY c.reported_at, c.id, v.effective_at, v.sequence`;

/** Milestones of the cases that are named, whose figures are of the months `$2` to `$3`, `YYYY-MM`. */
export const MILESTONES = `
  SELECT c.id AS "caseId", c.number, v.payload ->> 'milestone' AS milestone,
         CASE v.type WHEN 'milestone_reached' THEN 'reached' ELSE 'lost' END AS turn,
         v.payload ->> 'month' AS month
    FROM case_events v
    JOIN cases c ON c.id = v.subject_id
   WHERE v.subject_id = ANY ($1::uuid[]) AND v.type IN ('milestone_reached', 'milestone_lost')
     AND v.payload ->> 'month' BETWEEN $2 AND $3
   ORDER BY v.effective_at, v.chain_id, v.sequence`;
