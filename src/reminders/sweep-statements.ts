import { unreachable } from '../notifications/who-is-there.js';
import { recipientLookup } from './recipient-lookup.js';

/**
 * Records a batch of due reminders and writes their deliveries, in one statement: of each clock run the highest due
 * rung is recorded, those below it are superseded, and the recipients of all of them are written to under the highest,
 * each by the channels of their own rung. Who has a deputy today is stood in for, active or not.
 *
 * `$1` now · `$2` clock runs at most · `$3` today · `$4…$6` duties: policy version, rung, role · `$7…$9` channels:
 * policy version, rung, channel · `$10` policy versions that these are all of: what was armed under a newer one, which
 * this process has not read, is left to the next sweep.
 *
 * Intermediate results are not joined with one another, only with tables by their keys: of those the planner knows no
 * sizes, and with tables not yet analysed (a ledger just imported) it would compare each row with each.
 *
 * It never waits for a reminder that a change holds (SKIP LOCKED): that change is about to cancel it, or leaves it to
 * the next sweep; nor for a lower one of which something is unsent, and for whose sake the clock run is left to the next
 * sweep as a whole. So neither can wait for the other in a circle.
 */
export const RECORD_DUE = `
WITH duties AS MATERIALIZED (
  SELECT * FROM unnest($4::int[], $5::text[], $6::text[]) AS d(policy_version, rung, role)
), ways AS MATERIALIZED (
  SELECT * FROM unnest($7::int[], $8::text[], $9::text[]) AS w(policy_version, rung, channel)
), picked AS MATERIALIZED (
  SELECT clock, clock_run_id FROM reminders
   WHERE state = 'armed' AND fires_at <= $1 AND policy_version = ANY($10::int[])
   ORDER BY fires_at LIMIT $2
     FOR UPDATE SKIP LOCKED
), due AS MATERIALIZED (
  SELECT r.id, r.clock, r.clock_run_id, r.rung, r.policy_version, r.offset_working_days, r.deadline_version,
         r.case_id, r.problem_id, r.assignment_id
    FROM (SELECT DISTINCT clock, clock_run_id FROM picked) p
    JOIN reminders r ON r.clock_run_id = p.clock_run_id AND r.clock = p.clock
   WHERE r.state = 'armed' AND r.fires_at <= $1 AND r.policy_version = ANY($10::int[])
     FOR UPDATE OF r SKIP LOCKED
), climbed AS MATERIALIZED (
  SELECT due.*, first_value(id) OVER ladder AS highest_id
    FROM due
  WINDOW ladder AS (PARTITION BY clock, clock_run_id ORDER BY offset_working_days DESC, deadline_version DESC, rung)
), unsent AS MATERIALIZED (
  SELECT lower.id, k.highest_id
    FROM climbed k
    JOIN reminders lower ON lower.clock_run_id = k.clock_run_id AND lower.clock = k.clock
                        AND lower.state = 'recorded' AND lower.offset_working_days < k.offset_working_days
   WHERE k.id = k.highest_id AND lower.is_running
     AND EXISTS (SELECT 1 FROM deliveries d WHERE d.reminder_id = lower.id AND d.status = 'pending')
), free AS MATERIALIZED (
  SELECT id FROM reminders WHERE id IN (SELECT id FROM unsent) FOR UPDATE SKIP LOCKED
), held AS MATERIALIZED (
  SELECT highest_id FROM unsent WHERE id NOT IN (SELECT id FROM free)
), ranked AS MATERIALIZED (
  SELECT * FROM climbed WHERE highest_id NOT IN (SELECT highest_id FROM held)
), ${recipientLookup('$3')}, judged AS (
  SELECT id, highest_id, coalesce(array_agg(role ORDER BY role) FILTER (WHERE role IS NOT NULL), '{}') AS empty_duties
    FROM (SELECT id, highest_id, NULL AS role FROM ranked
           UNION ALL
          SELECT id, highest_id, role FROM vacant WHERE role <> 'verifier') n
   GROUP BY id, highest_id
), recorded AS (
  UPDATE reminders r
     SET state = CASE WHEN j.id = j.highest_id THEN 'recorded' ELSE 'superseded' END,
         recorded_at = $1,
         empty_duties = j.empty_duties
    FROM judged j
   WHERE r.id = j.id
  RETURNING r.rung, r.state, r.empty_duties
), taken_over AS (
  UPDATE deliveries d
     SET status = 'suppressed', reason = 'SUPERSEDED'
    FROM unsent
   WHERE d.reminder_id = unsent.id AND d.status = 'pending'
     AND unsent.highest_id NOT IN (SELECT highest_id FROM held)
  RETURNING d.id, d.reminder_id, unsent.highest_id, d.official_id, d.channel
), outdone AS (
  UPDATE reminders r SET state = 'superseded'
   WHERE r.id IN (SELECT reminder_id FROM taken_over)
     AND NOT EXISTS (SELECT 1 FROM deliveries d
                      WHERE d.reminder_id = r.id AND d.status <> 'suppressed'
                        AND d.id NOT IN (SELECT id FROM taken_over))
), written AS (
  INSERT INTO deliveries (id, reminder_id, official_id, channel, status, reason, queued_at)
  SELECT uuidv7(), n.reminder_id, n.official_id, n.channel,
         CASE WHEN n.reason IS NULL THEN 'pending' ELSE 'suppressed' END, n.reason, $1
    FROM (
      SELECT p.reminder_id, p.official_id, p.channel,
             ${unreachable('p.channel')} AS reason
        FROM (SELECT highest_id AS reminder_id, official_id, channel FROM pairs
               UNION
              SELECT highest_id, official_id, channel FROM taken_over) p
        JOIN officials o ON o.id = p.official_id
       UNION ALL
      SELECT DISTINCT id, official_id, channel, 'SUPERSEDED' FROM pairs WHERE id <> highest_id
    ) n
      ON CONFLICT DO NOTHING
  RETURNING reminder_id
)
SELECT (SELECT count(*)::int FROM picked) AS picked,
       (SELECT count(*)::int FROM written) AS deliveries,
       (SELECT count(*)::int FROM recorded WHERE state = 'superseded') AS superseded,
       (SELECT count(*)::int FROM recorded WHERE empty_duties <> '{}') AS with_empty_duty,
       (SELECT count(DISTINCT highest_id)::int FROM ranked)
         - (SELECT count(DISTINCT highest_id)::int
              FROM (SELECT highest_id FROM pairs UNION ALL SELECT highest_id FROM taken_over) n) AS for_nobody,
       coalesce((SELECT jsonb_object_agg(rung, number)
                   FROM (SELECT rung, count(*) AS number FROM recorded WHERE state = 'recorded' GROUP BY rung) n),
                '{}') AS by_rung`;

/**
 * Makes one message of all that one person is to get over one channel; two or more are a digest. What comes with files
 * is a mail of its own. One statement for officials and one for the contacts of enterprises, each by an index of its
 * own. `$1` now · `$2` how many deliveries at most: a person who may have more of them than were picked is left to the
 * next turn, unless there is nobody else. Rows that a change holds are left to the next sweep; what a daily cap holds
 * back is left until it may go.
 */
const compose = (whose: 'official_id' | 'enterprise_id'): string => `
WITH open AS MATERIALIZED (
  SELECT id, ${whose}, channel, notice_id FROM deliveries
   WHERE status = 'pending' AND message_id IS NULL AND ${whose} IS NOT NULL AND (held_until IS NULL OR held_until <= $1)
   ORDER BY ${whose}, channel LIMIT $2
     FOR UPDATE SKIP LOCKED
), last AS MATERIALIZED (
  SELECT ${whose}, channel FROM open ORDER BY ${whose} DESC, channel DESC LIMIT 1
), whole AS MATERIALIZED (
  SELECT id, open.${whose}, open.channel, open.notice_id
    FROM open CROSS JOIN last
   WHERE (open.${whose}, open.channel) <> (last.${whose}, last.channel)
      OR (SELECT count(*) FROM open) < $2
      OR (SELECT count(DISTINCT (${whose}, channel)) FROM open) = 1
), grouped AS MATERIALIZED (
  SELECT id, ${whose}, channel,
         first_value(candidate) OVER (PARTITION BY ${whose}, channel, alone ORDER BY candidate) AS message_id
    FROM (SELECT whole.id, whole.${whose}, whole.channel, n.id AS alone, uuidv7() AS candidate
            FROM whole LEFT JOIN notices n ON n.id = whole.notice_id AND n.kind = 'weekly_issue') n
), made AS (
  INSERT INTO messages (id, ${whose}, channel, status, next_attempt_at, queued_at)
  SELECT DISTINCT message_id, ${whose}, channel, 'pending', $1::timestamptz, $1::timestamptz FROM grouped
), carried AS (
  UPDATE deliveries d SET message_id = g.message_id, reason = NULL FROM grouped g WHERE d.id = g.id
)
SELECT count(DISTINCT message_id)::int AS messages, (SELECT count(*)::int FROM open) AS picked FROM grouped`;

export const COMPOSE_MESSAGES = compose('official_id');
export const COMPOSE_FOR_CONTACTS = compose('enterprise_id');

/**
 * What is found outside sending time waits for the next 09:00, and its row says so: `$3` rows at a time, and none for
 * which a change would have to be waited for.
 */
export const DEFER_DUE = `
UPDATE reminders SET fires_at = $2
 WHERE id IN (SELECT id FROM reminders WHERE state = 'armed' AND fires_at <= $1 LIMIT $3 FOR UPDATE SKIP LOCKED)
RETURNING 1`;
