import { contactUnreachable } from '../recipient.js';
import { stillHolds } from './holds.js';
import { unreachable, whoIsThere } from '../who-is-there.js';

/**
 * Records notices that have fallen due and writes their deliveries: whom they go to is looked up now, by the rules of
 * the rungs, and so is the deadline of what they tell of.
 *
 * `$1` now · `$2` notices at most · `$3` today · `$4`, `$5` duties: kind, role · `$6…$8` channels: kind, channel,
 * whether the person may do without it.
 *
 * What goes to a contact goes to nobody in its place; who that is, is looked at when it is sent.
 *
 * It waits for no notice that a change holds: that change is about to withdraw it, or leaves it to the next sweep.
 */
export const RECORD_NOTICES = `
WITH duties AS MATERIALIZED (
  SELECT * FROM unnest($4::text[], $5::text[]) AS d(kind, role)
), ways AS MATERIALIZED (
  SELECT * FROM unnest($6::text[], $7::text[], $8::boolean[]) AS w(kind, channel, is_chosen)
), due AS MATERIALIZED (
  SELECT n.id, n.kind, n.assignment_id, n.co_handler_id, n.department_id, n.official_id, n.enterprise_id
    FROM notices n
   WHERE n.recorded_at IS NULL AND n.is_current AND n.fires_at <= $1
   ORDER BY n.fires_at LIMIT $2
     FOR UPDATE SKIP LOCKED
), wanted AS MATERIALIZED (
  SELECT n.id, n.kind, d.role,
         CASE WHEN d.role = 'co_handler' THEN h.department_id
              ELSE coalesce(a.department_id, n.department_id) END AS department_id,
         CASE d.role WHEN 'official' THEN coalesce(a.official_id, n.official_id) WHEN 'co_handler' THEN h.official_id
                     WHEN 'named' THEN n.official_id WHEN 'oneself' THEN n.official_id END AS official_id,
         CASE d.role WHEN 'contact' THEN n.enterprise_id END AS contact_of
    FROM due n
    JOIN duties d USING (kind)
    LEFT JOIN assignments a ON a.id = n.assignment_id
    LEFT JOIN co_handlers h ON h.id = n.co_handler_id
), called AS MATERIALIZED (
  SELECT id, kind, role, official_id FROM wanted WHERE official_id IS NOT NULL
   UNION ALL
  SELECT w.id, w.kind, w.role, o.id
    FROM wanted w
    JOIN officials o ON o.department_id = w.department_id
                    AND o.duty = CASE w.role WHEN 'co_handler' THEN 'liaison' ELSE w.role END
   WHERE w.official_id IS NULL AND w.role IN ('head', 'liaison', 'co_handler')
), ${whoIsThere('$3')}, holders AS MATERIALIZED (
  SELECT c.id, c.kind, c.role, present.id AS official_id
    FROM called c JOIN present ON present.official_id = c.official_id
   WHERE c.role <> 'oneself'
   UNION ALL
  SELECT id, kind, role, official_id FROM called WHERE role = 'oneself'
   UNION ALL
  SELECT w.id, w.kind, w.role, t.id FROM wanted w CROSS JOIN task_force t WHERE w.role = 'task_force'
), vacant AS MATERIALIZED (
  SELECT id, kind, role FROM wanted WHERE role NOT IN ('named', 'oneself', 'contact')
  EXCEPT
  SELECT id, kind, role FROM holders
), people AS MATERIALIZED (
  SELECT id, kind, official_id FROM holders
   UNION
  SELECT v.id, v.kind, t.id FROM vacant v CROSS JOIN task_force t
), recorded AS (
  UPDATE notices n
     SET recorded_at = $1,
         deadline_at = coalesce((SELECT h.due_at FROM co_handlers h WHERE h.id = n.co_handler_id),
                                (SELECT a.due_at FROM assignments a WHERE a.id = n.assignment_id), n.deadline_at),
         empty_duties = coalesce((SELECT array_agg(v.role ORDER BY v.role) FROM vacant v WHERE v.id = n.id), '{}')
    FROM due
   WHERE n.id = due.id
  RETURNING n.id, n.kind, n.empty_duties
), written AS (
  INSERT INTO deliveries (id, notice_id, official_id, enterprise_id, channel, status, reason, queued_at)
  SELECT uuidv7(), id, official_id, enterprise_id, channel, CASE WHEN reason IS NULL THEN 'pending' ELSE 'suppressed' END, reason, $1
    FROM (
      SELECT p.id, p.official_id, NULL::uuid AS enterprise_id, w.channel, ${unreachable('w.channel')} AS reason
        FROM people p
        JOIN ways w USING (kind)
        JOIN officials o ON o.id = p.official_id
       WHERE (NOT w.is_chosen OR o.notice_channels IS NULL OR w.channel = ANY (o.notice_channels))
         AND (p.kind <> 'test' OR (SELECT n.facts->'channels' ? w.channel FROM notices n WHERE n.id = p.id))
       UNION ALL
      SELECT c.id, NULL, e.id, w.channel, ${contactUnreachable('w.channel')}
        FROM wanted c
        JOIN ways w USING (kind)
        JOIN enterprises e ON e.id = c.contact_of
    ) n
      ON CONFLICT DO NOTHING
  RETURNING notice_id
)
SELECT (SELECT count(*)::int FROM due) AS picked,
       (SELECT count(*)::int FROM written) AS deliveries,
       (SELECT count(*)::int FROM recorded WHERE empty_duties <> '{}') AS with_empty_duty,
       (SELECT count(*)::int FROM recorded WHERE id NOT IN (SELECT id FROM people
                                                            UNION ALL
                                                           SELECT id FROM wanted WHERE contact_of IS NOT NULL)) AS for_nobody,
       coalesce((SELECT jsonb_object_agg(kind, number)
                   FROM (SELECT kind, count(*) AS number FROM recorded GROUP BY kind) n), '{}') AS by_kind`;

/** Withdraws what is no longer so of the production of enterprises: `$1` now. */
export const WITHDRAW_OUTDATED = `
WITH over AS (
  UPDATE notices n SET is_current = false
   WHERE n.is_current AND n.enterprise_id IS NOT NULL AND NOT ${stillHolds('$1')}
  RETURNING n.id
)
UPDATE deliveries d SET status = 'suppressed', reason = 'NO_LONGER_TRUE' FROM over
 WHERE d.notice_id = over.id AND d.status = 'pending'
RETURNING d.id`;

/** What is found outside sending time waits for the next 09:00, and its row says so: `$1` now · `$2` until · `$3` how many. */
export const DEFER_NOTICES = `
UPDATE notices SET fires_at = $2
 WHERE id IN (SELECT id FROM notices WHERE recorded_at IS NULL AND is_current AND fires_at <= $1
               LIMIT $3 FOR UPDATE SKIP LOCKED)
RETURNING 1`;
