import { IS_WANTED, SUBJECT_OF_EVENT } from './plan-statements.js';

/** Webhooks that have something to send now, `$1`; also those made inactive since, for the claim to cancel it. */
export const WITH_SOMETHING_TO_SEND = `
SELECT w.id FROM webhooks w
 WHERE EXISTS (SELECT FROM webhook_deliveries d
                WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= $1)`;

/**
 * Claims the next delivery of a webhook: `$1` webhook · `$2` now · `$3` lease until. Whether it is still wanted is asked
 * again: what is not is cancelled, and comes back without an address.
 */
export const CLAIM_DELIVERY = `
WITH ready AS MATERIALIZED (
  SELECT id FROM webhook_deliveries
   WHERE webhook_id = $1 AND status = 'pending' AND next_attempt_at <= $2
   ORDER BY next_attempt_at, id LIMIT 1
     FOR UPDATE SKIP LOCKED
), judged AS MATERIALIZED (
  SELECT d.id,
         CASE WHEN NOT w.is_active THEN 'WEBHOOK_INACTIVE'
              WHEN d.event_id IS NULL OR ${IS_WANTED} THEN NULL
              ELSE 'NOT_SUBSCRIBED' END AS reason,
         w.url, w.secret, w.previous_secret, w.previous_secret_until, d.queued_at,
         e.id AS event_id, e.type, e.subject_id, e.subject_kind, e.chain_id, e.sequence, e.effective_at,
         e.recorded_at, e.payload, coalesce(c.number, p.number) AS number, u.code AS reporting_unit_code
    FROM ready
    JOIN webhook_deliveries d ON d.id = ready.id
    JOIN webhooks w ON w.id = d.webhook_id
    LEFT JOIN case_events e ON e.id = d.event_id ${SUBJECT_OF_EVENT}
    LEFT JOIN reporting_units u ON u.id = coalesce(c.reporting_unit_id, p.reporting_unit_id)
), claimed AS (
  UPDATE webhook_deliveries d
     SET status = CASE WHEN j.reason IS NULL THEN 'sending' ELSE 'cancelled' END,
         error = j.reason,
         attempts = CASE WHEN j.reason IS NULL THEN d.attempts + 1 ELSE d.attempts END,
         fence = d.fence + 1,
         lease_until = CASE WHEN j.reason IS NULL THEN $3::timestamptz END
    FROM judged j
   WHERE d.id = j.id
  RETURNING d.id, d.fence, d.attempts
)
SELECT claimed.fence, claimed.attempts, judged.* FROM claimed JOIN judged USING (id)`;

/**
 * Writes what became of an attempt: `$1` id · `$2` fence · `$3` status · `$4` next attempt · `$5` status code · `$6` error
 * · `$7` now. Whose lease has run out may still write it, until somebody else has claimed it.
 */
export const RECORD_OUTCOME = `
UPDATE webhook_deliveries
   SET status = $3, next_attempt_at = coalesce($4, next_attempt_at), lease_until = NULL,
       status_code = $5, error = $6, attempted_at = $7,
       delivered_at = CASE WHEN $3 = 'delivered' THEN $7::timestamptz ELSE delivered_at END
 WHERE id = $1 AND fence = $2 AND status IN ('sending', 'pending')
RETURNING id`;

/** Takes a claim back, for nothing could be sent: `$1` id · `$2` fence · `$3` when it is tried again · `$4` why. */
export const POSTPONE = `
UPDATE webhook_deliveries
   SET status = 'pending', attempts = attempts - 1, next_attempt_at = $3, lease_until = NULL, error = $4
 WHERE id = $1 AND fence = $2 AND status IN ('sending', 'pending')
RETURNING id`;

/**
 * Whoever had them died, before or after the portal took them: they are sent again, under the same id, by which a portal
 * knows what it has. `$1` now.
 */
export const EXPIRE_LEASES = `
UPDATE webhook_deliveries SET status = 'pending', lease_until = NULL, error = 'LEASE_EXPIRED', next_attempt_at = $1
 WHERE status = 'sending' AND lease_until < $1
RETURNING id`;

/** What is not to be sent any more: `$1` webhook · `$2` reason. */
export const CANCEL_PENDING = `
UPDATE webhook_deliveries SET status = 'cancelled', error = $2 WHERE webhook_id = $1 AND status = 'pending'`;

/** The log is kept so long: what ended before `$1` is forgotten. */
export const FORGET_DELIVERIES = `
DELETE FROM webhook_deliveries
 WHERE queued_at < $1 AND status IN ('delivered', 'failed', 'cancelled')`;
