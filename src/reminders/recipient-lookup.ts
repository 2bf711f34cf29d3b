/**
 * Who is reminded: the part of a statement that finds the people of due rungs. The sweep, the preview and the
 * explanation all ask by this and nothing else, so that none of them can know better than the others.
 *
 * It follows CTEs `duties` (policy_version, rung, role), `ways` (policy_version, rung, channel) and `ranked` (id,
 * highest_id, policy_version, rung, clock_run_id, case_id, problem_id, assignment_id), and gives `wanted` (what was
 * asked), `vacant` (duties that nobody holds, for whom the task force stands in) and `pairs` (id, highest_id,
 * official_id, channel). Who has a deputy today is stood in for, active or not.
 *
 * @param today the parameter that holds the calendar date
 */
export const recipientLookup = (today: `$${number}`): string => `wanted AS MATERIALIZED (
  SELECT k.id, k.highest_id, k.policy_version, k.rung, d.role, k.clock_run_id, a.department_id, a.official_id,
         coalesce(p.enterprise_id, c.enterprise_id) AS enterprise_id, p.project_id
    FROM ranked k
    JOIN duties d USING (policy_version, rung)
    LEFT JOIN assignments a ON a.id = k.assignment_id
    LEFT JOIN problems p ON p.id = k.problem_id
    LEFT JOIN cases c ON c.id = k.case_id
), present AS NOT MATERIALIZED (
  SELECT o.id AS official_id, coalesce(stand_in.id, o.id) AS id
    FROM officials o
    LEFT JOIN deputies s ON s.official_id = o.id AND s.cancelled_at IS NULL AND ${today} BETWEEN s.from_on AND s.to_on
    LEFT JOIN officials stand_in ON stand_in.id = s.deputy_id AND stand_in.is_active
   WHERE o.is_active OR stand_in.id IS NOT NULL
), task_force AS MATERIALIZED (
  SELECT DISTINCT present.id
    FROM officials o JOIN departments d ON d.id = o.department_id
    JOIN present ON present.official_id = o.id
   WHERE d.is_task_force
), called AS MATERIALIZED (
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, o.id AS official_id
    FROM wanted w JOIN officials o ON o.id = w.official_id
   WHERE w.role = 'official'
   UNION ALL
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, o.id
    FROM wanted w JOIN officials o ON o.department_id = w.department_id AND o.duty = w.role
   WHERE w.role IN ('liaison', 'head')
   UNION ALL
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, o.id
    FROM wanted w
    JOIN pairings p ON p.enterprise_id = w.enterprise_id AND p.duty = 'leader'
                   AND p.from_on <= ${today} AND (p.to_on IS NULL OR p.to_on >= ${today})
    JOIN officials o ON o.id = p.official_id
   WHERE w.role = 'paired_leader'
   UNION ALL
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, o.id
    FROM wanted w
    JOIN pairings p ON p.project_id = w.project_id AND p.duty = 'leader'
                   AND p.from_on <= ${today} AND (p.to_on IS NULL OR p.to_on >= ${today})
    JOIN officials o ON o.id = p.official_id
   WHERE w.role = 'paired_leader' AND w.project_id IS NOT NULL
   UNION ALL
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, o.id
    FROM wanted w
    JOIN co_handlers h ON h.id = w.clock_run_id
    JOIN officials o ON o.department_id = h.department_id
                    AND CASE WHEN h.official_id IS NULL THEN o.duty = 'liaison' ELSE o.id = h.official_id END
   WHERE w.role = 'co_handler'
), holders AS MATERIALIZED (
  SELECT c.id, c.highest_id, c.policy_version, c.rung, c.role, present.id AS official_id
    FROM called c JOIN present ON present.official_id = c.official_id
   UNION ALL
  SELECT w.id, w.highest_id, w.policy_version, w.rung, w.role, t.id
    FROM wanted w CROSS JOIN task_force t
   WHERE w.role = 'task_force'
), vacant AS MATERIALIZED (
  SELECT id, highest_id, policy_version, rung, role FROM wanted
  EXCEPT
  SELECT id, highest_id, policy_version, rung, role FROM holders
), people AS (
  SELECT id, highest_id, policy_version, rung, official_id FROM holders
   UNION
  SELECT v.id, v.highest_id, v.policy_version, v.rung, t.id FROM vacant v CROSS JOIN task_force t
), pairs AS MATERIALIZED (
  SELECT p.id, p.highest_id, p.official_id, w.channel
    FROM people p JOIN ways w USING (policy_version, rung)
)`;
