import { stillHolds } from './notices/holds.js';
import { recipientOf } from './recipient.js';
import { CAPPED, type ClaimTerms, GIVE_SLOTS_BACK, UNCAPPED } from './cap/slot-statements.js';

/**
 * Claims messages for sending: `$1` channel · `$2` now · `$3` how many · `$4` lease until · `$5` the channel is off ·
 * `$6` this message alone, or `null` · `$7` how many deliveries in all; one message is claimed however many it carries.
 *
 * Everything is looked at again here: deliveries suppressed meanwhile are left out, as are those whose clock has
 * stopped, those of what is true no longer and those of people who have left; a message that carries nothing any more
 * is suppressed. It waits for no row: a message of which a change holds a delivery is left to the next claim, when that
 * change is decided. The number of an SMS comes as it is stored, sealed. What the gateway is asked about later is this
 * attempt, from the moment at which it was made, which may be days after it was due.
 */
const claim = ({ choice, holding }: ClaimTerms): string => `
WITH first AS MATERIALIZED (
  SELECT id, official_id, enterprise_id, next_attempt_at FROM messages
   WHERE channel = $1 AND status = 'pending' AND next_attempt_at <= $2 AND ($6::uuid IS NULL OR id = $6)
   ORDER BY next_attempt_at LIMIT $3
     FOR UPDATE SKIP LOCKED
), ready AS MATERIALIZED (
  SELECT id, official_id, enterprise_id
    FROM (SELECT first.id, first.official_id, first.enterprise_id,
                 sum(size.deliveries) OVER (ORDER BY first.next_attempt_at, first.id) AS through
            FROM first
           CROSS JOIN LATERAL (SELECT count(*) AS deliveries
                                 FROM (SELECT FROM deliveries d
                                        WHERE d.message_id = first.id AND d.status = 'pending' LIMIT $7) counted) size
         ) sized
   WHERE through <= $7
), open AS MATERIALIZED (
  SELECT d.id, d.message_id, d.reminder_id, d.notice_id FROM deliveries d JOIN ready ON ready.id = d.message_id
   WHERE d.status = 'pending'
     FOR UPDATE OF d SKIP LOCKED
), busy AS (
  SELECT d.message_id FROM deliveries d JOIN ready ON ready.id = d.message_id
   WHERE d.status = 'pending'
  EXCEPT ALL
  SELECT message_id FROM open
), free AS MATERIALIZED (
  SELECT ready.id, who.id AS recipient_id, who.name, who.is_active, who.is_contact, who.number_key,
         CASE $1 WHEN 'email' THEN who.email WHEN 'sms' THEN who.mobile_sealed END AS address
    FROM ready CROSS JOIN ${recipientOf('ready')} who
   WHERE ready.id NOT IN (SELECT message_id FROM busy)
), judged AS MATERIALIZED (
  SELECT open.id, open.message_id,
         CASE WHEN $5::boolean THEN 'CHANNEL_OFF'
              WHEN NOT free.is_active THEN 'RECIPIENT_INACTIVE'
              WHEN r.is_running IS FALSE THEN 'CLOCK_STOPPED'
              WHEN n.is_current IS FALSE THEN 'NO_LONGER_TRUE'
              WHEN n.enterprise_id IS NOT NULL AND NOT ${stillHolds('$2')} THEN 'NO_LONGER_TRUE'
              WHEN free.address IS NULL THEN 'NO_ADDRESS' END AS reason
    FROM open JOIN free ON free.id = open.message_id
    LEFT JOIN reminders r ON r.id = open.reminder_id
    LEFT JOIN notices n ON n.id = open.notice_id
), carried AS MATERIALIZED (
  SELECT message_id FROM judged WHERE reason IS NULL GROUP BY message_id
),${choice},${holding} deliveries_now AS (
  UPDATE deliveries d
     SET status = CASE WHEN j.reason IS NULL THEN 'sending' ELSE 'suppressed' END, reason = j.reason
    FROM judged j
   WHERE d.id = j.id AND (j.reason IS NOT NULL OR j.message_id IN (SELECT message_id FROM leaving))
), messages_now AS (
  UPDATE messages m
     SET status = CASE WHEN c.message_id IS NULL THEN 'suppressed' ELSE 'sending' END,
         attempts = CASE WHEN c.message_id IS NULL THEN m.attempts ELSE m.attempts + 1 END,
         fence = m.fence + 1,
         next_attempt_at = CASE WHEN c.message_id IS NULL THEN m.next_attempt_at ELSE $2 END,
         receipt_asks = 0, receipt_ask_at = NULL,
         lease_until = CASE WHEN c.message_id IS NULL THEN NULL ELSE $4::timestamptz END
    FROM free LEFT JOIN leaving c ON c.message_id = free.id
   WHERE m.id = free.id AND m.id NOT IN (SELECT message_id FROM outrun)
  RETURNING m.id, m.fence, m.attempts, free.recipient_id, free.is_contact, free.name, free.address,
            c.message_id IS NOT NULL AS is_carrying
)
SELECT id, fence, attempts, recipient_id AS "recipientId", is_contact AS "isContact", name AS "recipientName", address,
       is_carrying AS "isCarrying",
       id IN (SELECT message_id FROM held) AS "isHeld"
  FROM messages_now`;

export const CLAIM_MESSAGES = claim(UNCAPPED);
/** The same under the daily cap, `$8…$10`. */
export const CLAIM_CAPPED_MESSAGES = claim(CAPPED);

/**
 * Writes what became of messages: `$1` now · `$2…` message ids, fences, statuses, next attempts, gateway ids, codes,
 * texts. Of each delivery that was sent it answers when it had fallen due. Whoever lost the lease meanwhile (its fence is old) writes nothing; a late answer settles an `unknown`.
 */
export const RECORD_OUTCOMES = `
WITH outcome AS (
  SELECT * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])
    AS o(id, fence, status, next_attempt_at, gateway_id, gateway_code, gateway_text)
), changed AS (
  UPDATE messages m
     SET status = o.status,
         next_attempt_at = coalesce(o.next_attempt_at, m.next_attempt_at),
         lease_until = NULL,
         sent_at = CASE WHEN o.status = 'sent' THEN $1::timestamptz END,
         gateway_id = o.gateway_id, gateway_code = o.gateway_code, gateway_text = o.gateway_text
    FROM outcome o
   WHERE m.id = o.id AND m.fence = o.fence
     AND m.status IN ('sending', 'unknown')
  RETURNING m.id, m.status, m.gateway_code
),${GIVE_SLOTS_BACK}
UPDATE deliveries d
   SET status = s.status,
       reason = CASE WHEN s.status IN ('failed', 'unknown') THEN s.gateway_code END,
       sent_at = CASE WHEN s.status = 'sent' THEN $1::timestamptz END
  FROM changed s
 WHERE d.message_id = s.id AND d.status IN ('sending', 'unknown')
RETURNING d.channel, CASE WHEN s.status = 'sent' THEN
  coalesce((SELECT r.fires_at FROM reminders r WHERE r.id = d.reminder_id), d.queued_at) END AS "dueAt"`;

/** Writing them took long: the lease begins anew. Whose lease has run out meanwhile is not among the rows. */
export const RENEW_LEASES = `
UPDATE messages m SET lease_until = $3
  FROM unnest($1::uuid[], $2::int[]) AS o(id, fence)
 WHERE m.id = o.id AND m.fence = o.fence AND m.status = 'sending'
RETURNING m.id`;

/**
 * Claimed, but not handed over: back, as if it had not been claimed, to be tried again within `$4` seconds after `$3`,
 * each at a moment of its own, so that one that cannot be written does not always take the same others with it.
 */
export const RELEASE_MESSAGES = `
WITH changed AS (
  UPDATE messages m
     SET status = 'pending', lease_until = NULL, attempts = m.attempts - 1,
         next_attempt_at = $3::timestamptz + (0.5 + random() / 2) * make_interval(secs => $4)
    FROM unnest($1::uuid[], $2::int[]) AS o(id, fence)
   WHERE m.id = o.id AND m.fence = o.fence AND m.status IN ('sending', 'unknown')
  RETURNING m.id, m.status
),${GIVE_SLOTS_BACK}
UPDATE deliveries d SET status = 'pending', reason = NULL FROM changed r
 WHERE d.message_id = r.id AND d.status IN ('sending', 'unknown')
RETURNING d.id`;

/**
 * A worker died with these in hand, before or after the server took them: nobody can know, so they are not repeated.
 * When their lease ran out stays: until some time after it, whoever was thought dead may still say what he knows.
 */
export const EXPIRE_LEASES = `
WITH expired AS (
  UPDATE messages SET status = 'unknown', gateway_code = 'LEASE_EXPIRED', gateway_text = NULL
   WHERE status = 'sending' AND lease_until < $1
  RETURNING id
)
UPDATE deliveries d SET status = 'unknown', reason = 'LEASE_EXPIRED' FROM expired e
 WHERE d.message_id = e.id AND d.status = 'sending'
RETURNING d.id`;

/** What is ready outside sending time waits for the next 09:00: `$3` messages at a time. */
export const DEFER_MESSAGES = `
UPDATE messages SET next_attempt_at = $2
 WHERE id IN (SELECT id FROM messages WHERE status = 'pending' AND next_attempt_at <= $1
               LIMIT $3 FOR UPDATE SKIP LOCKED)
RETURNING id`;
