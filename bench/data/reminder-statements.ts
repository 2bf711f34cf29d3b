import { DEFAULT_RUNGS } from '../../src/reminders/ladder.js';
import { reportEvent } from './event-statements.js';
import { RECORDED_UNTIL } from './size.js';
import { id, sameNumber } from './sql-functions.js';

const RUNGS = DEFAULT_RUNGS.map(
  ({ code, clock, offsetWorkingDays }, index) => `(${index}, '${code}', '${clock}', ${offsetWorkingDays})`,
).join(', ');

/**
 * The rungs of every clock that runs: armed where their morning is still to come. Where it has been, they are recorded,
 * and one e-mail has been sent: to whoever answers for it, or else to the task force.
 */
export const INSERT_REMINDERS = `
WITH clocks AS (
  SELECT d.*, clock, run_id, deadline_at
    FROM bench.drafts d CROSS JOIN LATERAL (VALUES
      ('assign', ${reportEvent}, CASE WHEN status = 'reported' THEN assign_by END),
      ('sign', ${id('assignment', 's')}, CASE WHEN status = 'assigned' THEN acknowledge_by END),
      ('handle', ${id('assignment', 's')}, CASE WHEN status IN ('assigned', 'in_progress') THEN due_at END),
      ('co_handle', ${id('co_handler', 's')},
       CASE WHEN has_co_handler AND status IN ('assigned', 'in_progress') THEN co_due_at END),
      ('verify', ${id('closure_request', 's')}, CASE WHEN status = 'verifying' THEN verify_by END)
    ) AS running(clock, run_id, deadline_at)
   WHERE deadline_at IS NOT NULL
), rungs AS (
  SELECT c.*, rung_index, rung, offset_days, (w.on_day + time '01:00') AT TIME ZONE 'UTC' AS fires_at
    FROM clocks c
    JOIN (VALUES ${RUNGS}) AS r(rung_index, rung, rung_clock, offset_days) ON r.rung_clock = c.clock
    JOIN bench.days dd ON dd.on_day = (c.deadline_at AT TIME ZONE 'UTC')::date
    JOIN bench.working w ON w.place = dd.place + offset_days
), planned AS (
  INSERT INTO reminders (id, subject_id, case_id, problem_id, assignment_id, clock, clock_run_id, rung,
                         offset_working_days, deadline_version, deadline_at, fires_at, state, policy_version, recorded_at)
  SELECT ${id('reminder', 's * 16 + rung_index')},
         CASE WHEN i = 0 THEN ${id('case', 'n')} ELSE ${id('problem', 's')} END, ${id('case', 'n')},
         CASE WHEN i > 0 THEN ${id('problem', 's')} END, CASE WHEN clock <> 'assign' THEN ${id('assignment', 's')} END,
         clock, run_id, rung, offset_days, 1, deadline_at, fires_at,
         CASE WHEN fires_at > '${RECORDED_UNTIL}' THEN 'armed' ELSE 'recorded' END, 1,
         CASE WHEN fires_at <= '${RECORDED_UNTIL}' THEN fires_at END
    FROM rungs
   WHERE offset_days >= 0 OR fires_at > assigned_at
   ORDER BY s
  RETURNING id, assignment_id, recorded_at
), sent AS (
  SELECT p.id, ${sameNumber('message', 'p.id')} AS message_id, p.recorded_at,
         coalesce(a.official_id, ${id('leader', '1001')}) AS official_id
    FROM planned p LEFT JOIN assignments a ON a.id = p.assignment_id
   WHERE p.recorded_at IS NOT NULL
), messages AS (
  INSERT INTO messages (id, official_id, channel, status, attempts, next_attempt_at, queued_at, sent_at)
  SELECT message_id, official_id, 'email', 'sent', 1, recorded_at, recorded_at, recorded_at FROM sent
)
INSERT INTO deliveries (id, reminder_id, official_id, channel, message_id, status, queued_at, sent_at)
SELECT ${sameNumber('delivery', 'id')}, id, official_id, 'email', message_id, 'sent', recorded_at, recorded_at FROM sent`;
