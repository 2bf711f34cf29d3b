/**
 * Brings the reminders of the subjects `$1` in line with the clocks that run now (`$2…$4`) and the rungs planned on
 * them (`$5…$17`) at `$18`: one statement, whatever the number of subjects. It answers the newest version of the
 * ladders, so that who planned by an older one learns of it.
 *
 * It races with the sweep, which records the same rows. Whoever comes second waits for the row and then sees what the
 * first one did: a reminder recorded meanwhile keeps its state and is marked as stopped here. Deliveries written by
 * that sweep are not in this statement's snapshot; the claim, which looks at `is_running` again, leaves them out.
 *
 * A rung that is past, below one that has been recorded for the same deadline, is outdone: an edit can put it there, and
 * it would remind of less than what everybody has been told already. One that an edit moves to before now, and to before
 * the deadline, is past as well; one that stands where it stood was armed in time, and stays.
 */
export const PLAN_REMINDERS = `
WITH running AS (
  SELECT * FROM unnest($2::text[], $3::uuid[], $4::int[]) AS r(clock, clock_run_id, deadline_version)
), planned AS MATERIALIZED (
  SELECT p.*, p.fires_at <= $18 AND EXISTS (
           SELECT 1 FROM reminders higher
            WHERE higher.clock_run_id = p.clock_run_id AND higher.clock = p.clock
              AND higher.deadline_version = p.deadline_version AND higher.state = 'recorded'
              AND higher.offset_working_days > p.offset_working_days) AS is_outdone
    FROM unnest(
    $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::uuid[], $11::text[], $12::int[], $13::int[],
    $14::timestamptz[], $15::timestamptz[], $16::boolean[], $17::int[]
  ) AS p(subject_id, case_id, problem_id, assignment_id, clock, clock_run_id, rung, offset_working_days,
         deadline_version, deadline_at, fires_at, is_armable, policy_version)
), known AS (
  SELECT r.id, p.rung IS NOT NULL AND NOT p.is_outdone AND r.offset_working_days = p.offset_working_days AS is_planned,
         n.clock IS NOT NULL AS is_running
    FROM reminders r
    LEFT JOIN planned p ON p.clock_run_id = r.clock_run_id AND p.clock = r.clock AND p.rung = r.rung
                       AND p.deadline_version = r.deadline_version
    LEFT JOIN running n ON n.clock_run_id = r.clock_run_id AND n.clock = r.clock
                       AND n.deadline_version = r.deadline_version
   WHERE r.subject_id = ANY($1::uuid[])
     AND NOT coalesce(p.is_armable AND NOT p.is_outdone, false)
), left_behind AS (
  UPDATE reminders r
     SET state = CASE WHEN r.state = 'armed' AND NOT k.is_planned THEN 'cancelled' ELSE r.state END,
         is_running = k.is_running
    FROM known k
   WHERE r.id = k.id
     AND (r.is_running <> k.is_running OR (r.state = 'armed' AND NOT k.is_planned))
  RETURNING r.id, r.is_running
), unclaimed AS (
  UPDATE deliveries d
     SET status = 'suppressed', reason = 'CLOCK_STOPPED'
    FROM left_behind l
   WHERE d.reminder_id = l.id AND NOT l.is_running AND d.status = 'pending'
), armed AS (
  INSERT INTO reminders AS r
         (id, subject_id, case_id, problem_id, assignment_id, clock, clock_run_id, rung, offset_working_days,
          deadline_version, deadline_at, fires_at, state, is_running, policy_version)
  SELECT uuidv7(), subject_id, case_id, problem_id, assignment_id, clock, clock_run_id, rung, offset_working_days,
         deadline_version, deadline_at, fires_at, 'armed', true, policy_version
    FROM planned
   WHERE is_armable AND NOT is_outdone
      ON CONFLICT (clock_run_id, clock, rung, deadline_version) DO UPDATE
     SET is_running = true,
         state = CASE r.state WHEN 'cancelled' THEN 'armed' ELSE r.state END,
         deadline_at = CASE WHEN r.state IN ('armed', 'cancelled') THEN excluded.deadline_at ELSE r.deadline_at END,
         fires_at = CASE WHEN r.state IN ('armed', 'cancelled') THEN excluded.fires_at ELSE r.fires_at END,
         offset_working_days = CASE WHEN r.state IN ('armed', 'cancelled')
                                    THEN excluded.offset_working_days ELSE r.offset_working_days END,
         policy_version = CASE WHEN r.state IN ('armed', 'cancelled')
                               THEN excluded.policy_version ELSE r.policy_version END
   WHERE NOT r.is_running
      OR r.state = 'cancelled'
      OR (r.state = 'armed'
          AND (r.deadline_at <> excluded.deadline_at OR r.policy_version <> excluded.policy_version))
)
SELECT max(version) AS newest FROM reminder_policies`;
