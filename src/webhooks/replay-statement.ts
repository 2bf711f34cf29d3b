import { IS_WANTED, SUBJECT_OF_EVENT } from './plan-statements.js';

/** Events of one replay; more are asked for in several. */
export const MOST_REPLAYED = 10_000;

/**
 * Queues the events of a while for a webhook: `$1` webhook · `$2`, `$3` recorded from and before · `$4` now · `$5` how
 * many at most. What has a delivery is queued under the same id; what waits already, or is on its way, is left to that
 * and counts for nothing. Whoever was slow with it before may not say any more what became of it.
 */
export const REPLAY_EVENTS = `
INSERT INTO webhook_deliveries AS d (id, webhook_id, event_id, type, status, next_attempt_at, queued_at)
SELECT uuidv7(), w.id, e.id, e.subject_kind || '.' || e.type, 'pending', $4, $4
  FROM webhooks w
  JOIN case_events e ON e.recorded_at >= $2 AND e.recorded_at < $3 ${SUBJECT_OF_EVENT}
 WHERE w.id = $1 AND ${IS_WANTED}
   AND NOT EXISTS (SELECT FROM webhook_deliveries under_way
                    WHERE under_way.webhook_id = w.id AND under_way.event_id = e.id
                      AND under_way.status IN ('pending', 'sending'))
 ORDER BY e.recorded_at, e.id LIMIT $5
ON CONFLICT (webhook_id, event_id) DO UPDATE
   SET status = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at, queued_at = excluded.queued_at,
       fence = d.fence + 1
 WHERE d.status IN ('delivered', 'failed', 'cancelled')
RETURNING d.id`;
